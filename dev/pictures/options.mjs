// The pictures of the options: the text version of a mailing, and the line in step 2, unfolded.
import { call, press, settle, show, take, takeDialog } from "./web.mjs";

/** On a copy of a mailing, which is thrown away. */
export async function takeOptions(page, mailing) {
    const [copy] = await call(page, "mailing.mailing", "copy", [[mailing]]);
    await show(page, `/odoo/email-marketing/${copy}`, "button[name=action_open_send]");
    await page.click(".nav-link[name=text_version]");
    await settle(page);
    await page.click("button[name=action_start_text_version]:visible");
    await settle(page);
    await take(page, "text-version", 700);
    await page.click("button[name=action_open_send]");
    await page.waitForSelector(".modal .o_mailing_send");
    await page.click(".modal [name=terms_accepted] input");
    await press(page, "action_next");
    await page.click(".modal details[name=options] summary");
    await page.fill(".modal [name=rate_per_minute] input", "600");
    await page.keyboard.press("Tab");
    await takeDialog(page, "options");
    await call(page, "mailing.mailing", "unlink", [[copy]]);
}
