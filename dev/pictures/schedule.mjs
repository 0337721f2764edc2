// A mailing for later: step 2, and the mailing that waits for its moment.
import { form, goToOverview, openSteps } from "./steps.mjs";
import { call, press, show, take, takeDialog } from "./web.mjs";

export async function takeSchedule(page, finished) {
    const [id] = await call(page, "mailing.mailing", "copy", [[finished]]);
    await call(page, "mailing.mailing", "write", [[id], { subject: "Winter offers" }]);
    await openSteps(page, id);
    await press(page, "action_next");
    await page.click(".modal [name=when] input[data-value=later]");
    await page.fill(".modal [name=send_on] input", nextMonday());
    await page.click(".modal-title"); // the calendar closes
    await takeDialog(page, "step-2-later");
    await goToOverview(page);
    await press(page, "action_ask");
    await press(page, "action_send");
    await show(page, form(id), "button[name=action_change]");
    await take(page, "scheduled", 480);
    await call(page, "mailing.mailing", "action_cancel", [[id]]);
    await call(page, "mailing.mailing", "unlink", [[id]]);
}

/** As Odoo's date field takes it in English: "11/30/2026". */
export function nextMonday() {
    const day = new Date();
    day.setDate(day.getDate() + 8 - day.getDay());
    return day.toLocaleDateString("en-US", { year: "numeric", month: "2-digit", day: "2-digit" });
}
