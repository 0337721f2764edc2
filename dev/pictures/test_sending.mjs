// A test mail to oneself, and what became of it; a test sending to a whole list.
import { call, press, settle, show, takeDialog } from "./web.mjs";

export async function takeTestMail(page, path) {
    await show(page, path, "button[name=action_test]");
    await page.click("button[name=action_test]");
    await page.fill(".modal [name=email_to] textarea", "sally@hazel.example\nray@hazel.example");
    await page.click(".modal button[name=send_mail_test]");
    await page.waitForSelector(".modal [name=results]");
    await takeDialog(page, "test-mail");
    await page.click(".modal .btn-close");
    await settle(page);
}

/** The last question of a test sending. */
export async function takeTestSending(page, path, mailing) {
    await call(page, "mailing.mailing", "write", [[mailing], { is_test_send: true }]);
    await show(page, path, "button[name=action_open_send]");
    await page.click("button[name=action_open_send]");
    await page.waitForSelector(".modal .o_mailing_send");
    await page.click(".modal [name=terms_accepted] input");
    await press(page, "action_next");
    await press(page, "action_next");
    if (await page.locator(".modal button[name=action_acknowledge_warnings]:visible").count()) {
        await press(page, "action_acknowledge_warnings");
    }
    await press(page, "action_next");
    await press(page, "action_ask");
    await takeDialog(page, "test-sending");
    await press(page, "action_not_yet");
}
