// A request: what its requester sees, how it is approved and rejected; and the list of who did what.
import { form, goToOverview, openSteps } from "./steps.mjs";
import { call, press, settle, show, take, takeDialog } from "./web.mjs";

const REQUEST = "button[name=action_open_send]:visible";

export async function takeRequests({ requester, sender, admin }, finished) {
    const [id] = await call(requester, "mailing.mailing", "copy", [[finished]]);
    await call(requester, "mailing.mailing", "write", [[id], { subject: "Winter offers" }]);
    await openSteps(requester, id);
    await press(requester, "action_next");
    await goToOverview(requester);
    await takeDialog(requester, "request");
    await press(requester, "action_request");
    await requester.waitForSelector("[name=bulk_requested]:visible");
    await show(requester, form(id), "[name=bulk_requested]");
    await take(requester, "requested", 480);
    await decide(sender, id);
    await takeDialog(sender, "approve");
    await reject(sender);
    await show(requester, form(id), "[name=bulk_rejected]");
    await take(requester, "rejected", 480);
    await call(requester, "mailing.mailing", "write", [[id], { send_when: "later", send_at: inAWeek() }]);
    await show(requester, form(id), REQUEST);
    await requester.click(REQUEST); // the steps go on where they were: at the overview
    await press(requester, "action_request");
    await decide(sender, id);
    await press(sender, "action_approve");
    await call(sender, "mailing.mailing", "action_cancel", [[id]]);
    await show(admin, "/odoo/mailing-events", ".o_list_view");
    await take(admin, "who-did-what", 420);
}

async function decide(page, mailing) {
    await show(page, form(mailing), "button[name=action_decide]");
    await page.click("button[name=action_decide]");
    await page.waitForSelector(".modal .o_mailing_decision table");
    await settle(page);
}

async function reject(page) {
    await page.fill(
        ".modal [name=reason] textarea",
        "The price of the tulips is last year's. Please mend it and ask again."
    );
    await takeDialog(page, "reject");
    await press(page, "action_reject");
}

/** In UTC, as Odoo writes it. */
function inAWeek() {
    const moment = new Date(Date.now() + 7 * 24 * 3600_000);
    return moment.toISOString().slice(0, 19).replace("T", " ");
}
