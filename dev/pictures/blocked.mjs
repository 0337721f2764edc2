// The pictures of docs/blocked.md: the list of blocked addresses, each action, the sign beside an address, the chart.
import { makeList, manyPeople, send, withMailServer } from "./sending.mjs";
import { call, show, take, takeDialog } from "./web.mjs";

// The mail server refuses them, each for its own reason
const REFUSED = {
    "left.visser@shop.example": "Ann Visser",
    "left.bakker@shop.example": "Bob Bakker",
    "cor.smit@gone.example": "Cor Smit",
    "moved.dekker@garden.example": "Dirk Dekker",
};
const TYPO = { "eva.mulder@gmial.com": "Eva Mulder" };

/** Contacts whose address does not work, and a mailing that finds that out. */
async function sendToThem(admin, sender, finished) {
    const people = { ...REFUSED, ...TYPO };
    const partners = Object.entries(people).map(([email, name]) => ({ name, email }));
    const ids = await call(admin, "res.partner", "create", [partners]);
    const [mailing] = await call(sender, "mailing.mailing", "copy", [[finished]]);
    await withMailServer(admin, async (server) => {
        const list = await makeList(admin, "Autumn customers", [
            ...Object.keys(people),
            ...manyPeople(80, "bob", "shop.example"),
        ]);
        await call(sender, "mailing.mailing", "write", [
            [mailing],
            {
                subject: "Autumn news",
                contact_list_ids: [[6, 0, [list]]],
                mail_server_id: server,
            },
        ]);
        await send(sender, mailing);
        await waitUntilSent(sender, mailing);
    });
    return { mailing, ids };
}

async function waitUntilSent(page, mailing) {
    for (let second = 0; second < 180; second++) {
        const [{ state }] = await call(page, "mailing.mailing", "read", [[mailing], ["state"]]);
        if (state === "done") {
            return;
        }
        await page.waitForTimeout(1000);
    }
    throw new Error("The mailing is not done");
}

function choose(page, text) {
    return page.click(`.o_data_row:has-text("${text}") .o_list_record_selector input`);
}

async function takeActions(page) {
    await show(page, "/odoo/blocked-addresses", ".o_data_row");
    await take(page, "blocked-list", 420);
    await page.click('.o_data_row:has-text("eva.mulder") button[name=action_correct]');
    await page.waitForSelector(".modal .o_mailing_address_correction");
    await takeDialog(page, "blocked-correct");
    await page.click(".modal .btn-secondary");
    for (const [button, name] of [
        ["action_add_to_list", "blocked-add-to-list"],
        ["action_delete", "blocked-delete"],
        ["action_clear_bounces", "blocked-clear"],
        ["action_set_former_employee", "blocked-former"],
    ]) {
        await show(page, "/odoo/blocked-addresses", ".o_data_row"); // a dialog ends the choice
        await choose(page, "left.visser");
        await choose(page, "cor.smit");
        if (button === "action_add_to_list") {
            await take(page, "blocked-chosen", 420);
        }
        await page.click(`.o_control_panel button[name=${button}]`);
        await page.waitForSelector(".modal-content");
        if (button === "action_add_to_list") {
            await page.fill(".modal [name=name] input", "To be put right");
        }
        await takeDialog(page, name);
    }
}

/** The sign with its tooltip, and an address with its history. */
async function takeSign(page, partner) {
    await show(page, `/odoo/res.partner/${partner}`, ".o_email_warning");
    await page.hover(".o_email_warning");
    await page.waitForSelector(".o-tooltip");
    await take(page, "blocked-sign", 420);
    await show(page, "/odoo/blocked-addresses", ".o_data_row");
    await page.click('.o_data_row:has-text("left.visser") [name=why]');
    await page.waitForSelector(".o_form_view [name=bounce_ids] .o_data_row");
    await take(page, "blocked-history", 560);
}

async function takeFormerEmployee(page, partner) {
    await call(page, "res.partner", "write", [[partner], { is_former_employee: true }]);
    await show(page, `/odoo/res.partner/${partner}`, ".ribbon");
    await take(page, "blocked-former-employee", 420);
}

export async function takeBlocked({ admin, sender }, finished) {
    const { mailing, ids } = await sendToThem(admin, sender, finished);
    await takeActions(sender);
    await takeSign(sender, ids[0]);
    await takeFormerEmployee(admin, ids[1]);
    await show(sender, `/odoo/mailing.mailing/${mailing}`, "button[name=action_view_bounced_addresses]");
    await take(sender, "blocked-mailing", 340);
    await show(sender, "/odoo/bounces", ".o_graph_view canvas");
    await take(sender, "blocked-chart");
}
