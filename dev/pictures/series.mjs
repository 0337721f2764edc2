// A weekly series: step 2, and its page with a date that was sent and one that is held.
import { goToOverview, openSteps } from "./steps.mjs";
import { ZONE, call, press, show, take, takeDialog } from "./web.mjs";

const WRONG_FROM = "news@elsewhere.example";

/** `list` has few people: this one really leaves. */
export async function takeSeries(page, finished, list) {
    const [id] = await call(page, "mailing.mailing", "copy", [[finished]]);
    await call(page, "mailing.mailing", "write", [
        [id],
        { subject: "Tip of the week", contact_list_ids: [[6, 0, [list]]] },
    ]);
    await openSteps(page, id);
    await press(page, "action_next");
    await page.click(".modal [name=when] input[data-value=periodic]");
    await page.click(`.modal .o_recurrent_weekdays td:nth-child(${inZone(0).weekday + 1}) input`);
    await page.fill(".modal [name=repeat_count] input", "10");
    await page.click(".modal-title"); // out of the field: the dates are reckoned anew
    await takeDialog(page, "step-2-again-and-again");
    await goToOverview(page);
    await press(page, "action_ask");
    await press(page, "action_send");
    const [{ series_id }] = await call(page, "mailing.mailing", "read", [[id], ["series_id"]]);
    const [series] = series_id;
    await runToday(page, series, "sent");
    const [{ email_from }] = await call(page, "mailing.mailing", "read", [[id], ["email_from"]]);
    await call(page, "mailing.mailing", "write", [[id], { email_from: WRONG_FROM }]);
    await runToday(page, series, "held");
    await page.setViewportSize({ width: 1600, height: 1250 });
    await show(page, `/odoo/periodic-mailings/${series}`, "button[name=action_skip]");
    await take(page, "series");
    await call(page, "mailing.mailing", "write", [[id], { email_from }]);
    await call(page, "mailing.series", "action_stop", [[series]]);
}

/** Move the series to the next minute of today, and wait until that date has come. */
async function runToday(page, series, state) {
    const { day, hours } = inZone(2);
    await call(page, "mailing.series", "write", [[series], { send_on: day, send_time: hours }]);
    const domain = [
        ["series_id", "=", series],
        ["state", "=", state],
    ];
    for (let seconds = 0; seconds < 300; seconds += 5) {
        if (await call(page, "mailing.series.run", "search_count", [domain])) {
            return;
        }
        await page.waitForTimeout(5000);
    }
    throw new Error(`The series has no date that is ${state}`);
}

/** The day, the weekday (0 is Sunday) and the time in hours, some minutes from now, in the zone of the demo's people. */
function inZone(minutes) {
    const moment = new Date(Date.now() + minutes * 60_000);
    const [day, clock] = moment.toLocaleString("sv-SE", { timeZone: ZONE }).split(" ");
    const [hour, minute] = clock.split(":").map(Number);
    return { day, weekday: new Date(day).getUTCDay(), hours: hour + minute / 60 };
}
