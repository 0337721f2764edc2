// A test mail to oneself, and what became of it; a test sending to a whole list.
import { goToOverview, openSteps } from "./steps.mjs";
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
export async function takeTestSending(page, mailing) {
    await call(page, "mailing.mailing", "write", [[mailing], { is_test_send: true }]);
    await openSteps(page, mailing);
    await press(page, "action_next");
    await goToOverview(page);
    await press(page, "action_ask");
    await takeDialog(page, "test-sending");
    await press(page, "action_not_yet");
}
