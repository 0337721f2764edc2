// The pictures of docs/audience.md: a mini-selection with people left out, and who gets the mailing and who not.
import { call, press, settle, show, take, takeDialog } from "./web.mjs";

const WHY = "Our customers, who asked for news on the order form";

/** A selection of contacts. */
async function makeSelection(page, name, domain, values = {}) {
    const models = await call(page, "ir.model", "search", [[["model", "=", "res.partner"]]]);
    const vals = { name, mailing_model_id: models[0], mailing_domain: domain, ...values };
    const [id] = await call(page, "mailing.filter", "create", [[vals]]);
    return id;
}

async function withSelections(page, work) {
    const dutch = await makeSelection(page, "Dutch customers", "[('country_id.code', '=', 'NL')]", {
        usable_for_mailing: true,
        usable_reason: WHY,
    });
    const mini = await makeSelection(page, "Utrecht", "[('city', '=', 'Utrecht')]", {
        parent_id: dutch,
    });
    const buyers = await makeSelection(page, "Autumn buyers", "[('name', 'ilike', 'tuin')]");
    try {
        await work({ dutch, mini, buyers });
    } finally {
        await call(page, "mailing.filter", "unlink", [[mini]]);
        await call(page, "mailing.filter", "unlink", [[dutch, buyers]]);
    }
}

/** Step 2, the selection's page and the list, with a mailing that may be changed. */
export async function takeAudience(page, path, mailing) {
    await withSelections(page, async ({ dutch, mini, buyers }) => {
        const [wizard] = await call(page, "mailing.send", "create", [[{ mailing_id: mailing }]]);
        await call(page, "mailing.send", "write", [
            [wizard],
            { mailing_filter_id: mini, left_out_filter_ids: [[6, 0, [buyers]]] },
        ]);
        await show(page, path, ".o_mailing_audience strong");
        await page.click("button[name=action_open_send]:visible");
        await page.waitForSelector(".modal .o_mailing_send");
        if (await page.locator(".modal [name=terms_accepted] input:visible").count()) {
            await page.click(".modal [name=terms_accepted] input");
            await press(page, "action_next");
        }
        await takeDialog(page, "audience-mini-selection");
        await call(page, "mailing.send", "write", [[wizard], { mailing_filter_id: dutch }]);
        await show(page, path, ".o_mailing_audience strong");
        await page.click(".o_mailing_audience");
        await page.waitForSelector(".o_list_view .o_data_row");
        await settle(page);
        await take(page, "audience-who", 560);
        await show(page, `/odoo/mailing.filter/${dutch}`, ".o_form_view");
        await take(page, "audience-selection", 520);
    });
}
