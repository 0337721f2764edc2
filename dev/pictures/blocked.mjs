// The pictures of docs/blocked.md: the list of blocked addresses, each action, the sign beside an address, the charts.
import { hearFromProvider, hearOfThePast, sendToThem } from "./bounced_people.mjs";
import { withNameServer } from "./name_server.mjs";
import { makeProvider } from "./provider.mjs";
import { call, settle, show, take, takeDialog } from "./web.mjs";

const CHART = { width: 1600, height: 720 }; // it is as high as its window

function choose(page, text) {
    return page.click(`.o_data_row:has-text("${text}") .o_list_record_selector input`);
}

async function takeActions(page) {
    await show(page, "/odoo/blocked-addresses", ".o_data_row");
    await take(page, "blocked-list", 460);
    await page.click('.o_data_row:has-text("eva.mulder") button[name=action_correct]');
    await page.waitForSelector(".modal .o_mailing_address_correction");
    await takeDialog(page, "blocked-correct");
    await page.click(".modal .btn-secondary");
    for (const [button, name] of [
        ["action_export", "blocked-export"],
        ["action_add_to_list", "blocked-add-to-list"],
        ["action_delete", "blocked-delete"],
        ["action_clear_bounces", "blocked-clear"],
        ["action_set_former_employee", "blocked-former"],
    ]) {
        await show(page, "/odoo/blocked-addresses", ".o_data_row"); // a dialog ends the choice
        await choose(page, "left.visser");
        await choose(page, "cor.smit");
        if (button === "action_export") {
            await take(page, "blocked-chosen", 460);
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

async function takeFormerEmployee({ admin, sender: page }, partner) {
    await call(admin, "res.partner", "write", [[partner], { is_former_employee: true }]);
    await show(page, `/odoo/res.partner/${partner}`, ".ribbon");
    await take(page, "blocked-former-employee", 420);
}

/** What is known of addresses, in the CRM's lists. */
async function takeLeads({ admin, sender: page }) {
    const leads = [
        ["Greenhouse for a school", "left.visser@gmail.com", "Ann Visser"],
        ["Roof garden", "cor.smit@gone.example", "Cor Smit"],
        ["Tulips, 4,000", "fay.p1@shop.example", "Fay Postma"],
    ];
    const values = leads.map(([name, email_from, contact_name]) => ({ type: "lead", name, email_from, contact_name }));
    const ids = await call(page, "crm.lead", "create", [values]);
    await settle(page);
    await show(page, "/odoo/action-crm.crm_lead_all_leads", ".o_data_row");
    await page.click(".o_optional_columns_dropdown button");
    for (const column of ["email_problem", "email_bounce_count"]) {
        await page.click(`.o-dropdown--menu input[name=${column}]`);
    }
    await page.click(".o_control_panel_breadcrumbs");
    for (let times = 0; times < 2; times++) {
        await page.click("th[data-name=email_bounce_count]"); // who bounced comes first
        await settle(page);
    }
    await page.mouse.move(0, 0);
    await take(page, "blocked-leads", 420);
    await call(admin, "crm.lead", "unlink", [ids]);
}

async function takeOfMailing(page, mailing) {
    await show(page, `/odoo/mailing.mailing/${mailing}`, "button[name=action_view_bounced_addresses]");
    await take(page, "blocked-mailing", 340);
    await page.click(".o_button_more");
    await page.click("button[name=action_view_recipients]");
    await page.waitForSelector(".o_list_view .o_data_row");
    await page.click(".o_searchview_dropdown_toggler");
    await page.click('.o_filter_menu .o-dropdown-item:text-is("Bounced")');
    await page.keyboard.press("Escape");
    await take(page, "blocked-recipients", 400);
    await page.goBack();
    await page.click("button[name=action_view_bounced_addresses]");
    await page.waitForSelector(".o_blocked_addresses .o_data_row");
    await take(page, "blocked-of-mailing", 560);
    await page.setViewportSize(CHART);
    await page.click("button[name=action_view_chart]");
    await page.waitForSelector(".o_graph_view canvas");
    await take(page, "blocked-chart-of-mailing");
}

/** The bounces of all mailings, as a favourite shows them. */
async function takeChart(page, favourite, name) {
    await page.setViewportSize(CHART);
    await show(page, "/odoo/bounces", ".o_graph_view canvas");
    if (favourite) {
        await page.click(".o_searchview_dropdown_toggler");
        await page.click(`.o_favorite_menu .o-dropdown-item:has-text("${favourite}")`);
        await page.keyboard.press("Escape");
    }
    await take(page, name);
}

export async function takeBlocked({ admin, sender }, finished) {
    const { mailing, ids } = await withNameServer(admin, async () => {
        const sent = await sendToThem(admin, sender, finished);
        await sender.waitForTimeout(20_000); // the job that checks addresses
        return sent;
    });
    const provider = await makeProvider(admin);
    await hearFromProvider(sender, provider, mailing, finished);
    await takeActions(sender);
    await takeSign(sender, ids[0]);
    await takeLeads({ admin, sender });
    await takeOfMailing(sender, mailing);
    await takeChart(sender, "Reasons by mailing", "blocked-chart-by-mailing");
    await hearOfThePast(provider);
    await takeChart(sender, "", "blocked-chart");
    await takeChart(sender, "Reasons over time", "blocked-chart-over-time");
    await takeFormerEmployee({ admin, sender }, ids[1]);
    await takeWebhook(admin, provider);
}

/** With the address that a real company would have. */
async function takeWebhook(page, provider) {
    const key = ["web.base.url"];
    const before = await call(page, "ir.config_parameter", "get_param", key);
    await call(page, "ir.config_parameter", "set_param", ["web.base.url", "https://crm.hazel.example"]);
    await show(page, `/odoo/mail-providers/${provider.id}`, "[name=url]");
    await take(page, "webhook", 520);
    await call(page, "ir.config_parameter", "set_param", ["web.base.url", before]);
}
