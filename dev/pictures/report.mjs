// What the checks found: on the mailing's form, the way to where it is mended, and what a spam filter says.
import { withSpamFilter } from "./spam_filter.mjs";
import { form, openSteps } from "./steps.mjs";
import { call, press, settle, show, take, takeDialog } from "./web.mjs";

const SHOUTING = "WINTER SALE: TULIPS FOR NOTHING!!!";
const WORDS = "Dear friend, ACT NOW! A thousand tulips, FREE, with our money back guarantee!!!";

/** On a copy of a mailing, which is thrown away. */
export async function takeReport({ admin, sender }, mailing) {
    const wrong = await faults(sender);
    const [right] = await call(sender, "mailing.mailing", "read", [[mailing], ["email_from", "contact_list_ids"]]);
    await call(sender, "mailing.mailing", "write", [[mailing], wrong]);
    await call(sender, "mailing.mailing", "action_run_checks", [[mailing]]);
    await call(sender, "mailing.mailing", "action_acknowledge_warnings", [[mailing]]);
    await show(sender, form(mailing), ".nav-link[name=bulk_report]");
    await sender.click(".nav-link[name=bulk_report]");
    await take(sender, "report", 850);
    await takeGoToIt(sender, mailing);
    await withSpamFilter(admin, () => takeSpam(sender, mailing, right));
}

/** A sender that no server sends for, placeholders that nobody fills in, and everybody as audience. */
async function faults(page) {
    const models = await call(page, "ir.model", "search", [[["model", "=", "res.partner"]]]);
    return {
        email_from: "news@elsewhere.example",
        personalize: false,
        mailing_model_id: models[0],
        mailing_domain: "[]",
    };
}

async function takeGoToIt(page, mailing) {
    await openSteps(page, mailing);
    await press(page, "action_next");
    await press(page, "action_next");
    await page.click(
        ".modal .o_kanban_record:has-text('Personalise is off') button[name=action_go_to]"
    );
    await page.waitForSelector(".modal details[open] [name=personalize]");
    await takeDialog(page, "go-to-it");
    await page.click(".modal .btn-close");
    await settle(page);
}

async function takeSpam(page, mailing, { email_from, contact_list_ids }) {
    const lists = await call(page, "ir.model", "search", [[["model", "=", "mailing.list"]]]);
    const body = `<div><p>${WORDS}</p><p><a href="/unsubscribe_from_list">Leave</a></p></div>`;
    const values = {
        subject: SHOUTING,
        email_from,
        personalize: true,
        mailing_model_id: lists[0],
        contact_list_ids: [[6, 0, contact_list_ids]],
        body_html: body,
        body_arch: body,
    };
    await call(page, "mailing.mailing", "write", [[mailing], values]);
    await show(page, form(mailing), "button[name=action_open_send]");
    await page.click("button[name=action_open_send]");
    await page.waitForSelector(".modal .o_mailing_send");
    await press(page, "action_next");
    await takeDialog(page, "spam");
    await page.click(".modal .btn-close");
    await settle(page);
}
