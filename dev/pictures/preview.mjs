// The preview of a draft, on a desktop and on a phone at night.
import { settle, show, takeDialog } from "./web.mjs";

export async function takePreview(page, path) {
    await show(page, path, "button[name=action_preview]");
    await page.click("button[name=action_preview]");
    await page.waitForSelector(".modal .o_mailing_preview_frame");
    await page.click(".modal-title"); // out of the recipient's name
    await takeDialog(page, "preview");
    await page.click(".modal [data-choice=phone]");
    await page.click(".modal [data-choice=dark]");
    await takeDialog(page, "preview-phone-dark");
    await page.click(".modal .btn-close");
    await settle(page);
}
