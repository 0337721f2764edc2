// The four steps in the browser, as the person at `page` walks them.
import { press, show } from "./web.mjs";

export const form = (mailing) => `/odoo/email-marketing/${mailing}`;

/** Open the steps of a mailing and accept the terms; the dialog stands at step 1 then. */
export async function openSteps(page, mailing) {
    await show(page, form(mailing), "button[name=action_open_send]:visible");
    await page.click("button[name=action_open_send]:visible");
    await page.waitForSelector(".modal .o_mailing_send");
    await page.click(".modal [name=terms_accepted] input");
}

/** From step 2 to the overview. */
export async function goToOverview(page) {
    await press(page, "action_next");
    await leaveChecks(page);
}

/** From step 3 to the overview; warnings are read on the way. */
export async function leaveChecks(page) {
    if (await page.locator(".modal button[name=action_acknowledge_warnings]:visible").count()) {
        await press(page, "action_acknowledge_warnings");
    }
    await press(page, "action_next");
    await page.waitForSelector(".modal [name=review] .o_mailing_preview"); // it takes a while to be made
}
