// Take the pictures of docs/ from the demo that `make demo` leaves up:
//   cd dev/pictures && npm install && node take.mjs http://localhost:8069 [PART ...]
// CHROMIUM names the browser if it is not /usr/bin/chromium. The demo's finished mailing is copied; what is sent goes
// to a mail server of our own on this machine, and the mailings that were on their way stay in the demo, stopped.
import { takeAudience } from "./audience.mjs";
import { takeBlocked } from "./blocked.mjs";
import { takeOptions } from "./options.mjs";
import { takePreview } from "./preview.mjs";
import { takeReport } from "./report.mjs";
import { takeRequests } from "./requests.mjs";
import { takeSchedule } from "./schedule.mjs";
import { makeList, manyPeople, send, withMailServer } from "./sending.mjs";
import { takeSeries } from "./series.mjs";
import { form, leaveChecks } from "./steps.mjs";
import { takeTestMail, takeTestSending } from "./test_sending.mjs";
import { takeValidity } from "./validity.mjs";
import { call, openBrowser, press, settle, show, take, takeDialog } from "./web.mjs";

async function takeFourSteps(page, mailing) {
    const [{ email_from: right_from }] = await call(page, "mailing.mailing", "read", [
        [mailing],
        ["email_from"],
    ]);
    await show(page, form(mailing), "button[name=action_open_send]");
    await page.frameLocator("iframe").first().locator("img").first().waitFor();
    await take(page, "draft", 700);
    await page.click("button[name=action_open_send]");
    await page.waitForSelector(".modal .o_mailing_send");
    await page.click(".modal [name=terms_accepted] input");
    await takeDialog(page, "step-1-terms");
    await press(page, "action_next");
    await takeDialog(page, "step-2-who-and-when");
    await call(page, "mailing.mailing", "write", [
        [mailing],
        { email_from: "news@elsewhere.example" },
    ]);
    await press(page, "action_next");
    await takeDialog(page, "step-3-checks");
    await call(page, "mailing.mailing", "write", [[mailing], { email_from: right_from }]);
    await press(page, "action_check_again");
    await leaveChecks(page);
    await takeDialog(page, "step-4-overview");
    await press(page, "action_ask");
    await takeDialog(page, "step-4-question");
    await press(page, "action_not_yet");
}

async function takeFinished(page, mailing) {
    await show(page, form(mailing), "[name=bulk_done]");
    await take(page, "finished-mailing", 480);
    await page.click("button[name=action_view_excluded]");
    await page.waitForSelector(".o_list_view .o_group_header");
    await take(page, "excluded", 320);
}

async function takeSettings(page) {
    await show(page, "/odoo/bulk-mailing-settings", "[name=connection_example]");
    await page.fill("[name=spamd_host] input", "localhost"); // what belongs to it is shown
    await page.keyboard.press("Tab");
    await settle(page);
    const { width, height } = page.viewportSize();
    const page_height = await page.locator(".o_form_sheet").evaluate((sheet) => sheet.scrollHeight);
    await page.setViewportSize({ width, height: page_height + 160 });
    await take(page, "settings");
    await page.setViewportSize({ width, height });
    await page.click(".o_form_button_cancel"); // leaving would save it
}

/** Two mailings on their way: one that goes on beside a provider that rests, and one that too many refuse. */
async function takeSending(admin, sender, finished) {
    await withMailServer(admin, async (server) => {
        const start = async (subject, addresses, rate_per_minute) => {
            const list = await makeList(admin, subject, addresses);
            const [id] = await call(sender, "mailing.mailing", "copy", [[finished]]);
            const values = {
                subject,
                rate_per_minute,
                contact_list_ids: [[6, 0, [list]]],
                mail_server_id: server,
            };
            await call(sender, "mailing.mailing", "write", [[id], values]);
            await send(sender, id);
            return id;
        };
        const autumn = await start(
            "Autumn news",
            [
                ...manyPeople(40, "ann", "gmail.com"),
                ...manyPeople(20, "busy", "garden.example"),
                ...manyPeople(2, "silent", "quiet.example"),
                ...manyPeople(6, "left", "shop.example"),
                ...manyPeople(1400, "bob", "shop.example"),
            ],
            600
        );
        await show(sender, form(autumn), "[name=bulk_undo]");
        await take(sender, "undo", 340);
        const spring = await start(
            "Spring sale",
            [
                ...manyPeople(60, "eve", "strict.example"),
                ...manyPeople(100, "fay", "shop.example"),
            ],
            1200
        );
        await takeOnItsWay(sender, autumn);
        await show(sender, form(spring), "[name=bulk_flight_reason]");
        await take(sender, "paused", 400);
        await show(admin, "/odoo/receiving-providers", ".o_list_view");
        await take(admin, "providers", 900);
        await show(sender, "/odoo/email-marketing", ".o_list_view .o_bulk_mailing_progress");
        await take(sender, "mailings", 420);
        await call(sender, "mailing.mailing", "action_stop", [[autumn, spring]]);
    });
    const providers = await call(admin, "mailing.provider.limit", "search", [[]]);
    await call(admin, "mailing.provider.limit", "action_forget_slowdown", [providers]);
}

async function takeOnItsWay(page, mailing) {
    await show(page, form(mailing), "[name=bulk_in_doubt] button");
    await page.waitForTimeout(20_000); // a speed takes a while to be one
    await take(page, "sending", 460);
    await page.click("button[name=action_view_deferred]");
    await page.waitForSelector(".o_list_view");
    await take(page, "deferred", 420);
    await show(page, form(mailing), "button[name=action_ask_to_stop]");
    await page.click("button[name=action_ask_to_stop]");
    await page.waitForSelector(".modal .btn-danger");
    await takeDialog(page, "stop");
    await page.click(".modal .btn-secondary");
    await settle(page);
}

/** Parts of the work, each by itself: `node take.mjs ADDRESS series` takes the pictures of the series alone. */
const PARTS = {
    finished: ({ sender }, finished) => takeFinished(sender, finished),
    steps: ({ sender }, finished) =>
        withCopy(sender, finished, async (copy) => {
            await takePreview(sender, form(copy));
            await takeTestMail(sender, form(copy));
            await takeFourSteps(sender, copy);
        }),
    trial: ({ sender }, finished) =>
        withCopy(sender, finished, (copy) => takeTestSending(sender, copy)),
    audience: ({ sender }, finished) =>
        withCopy(sender, finished, (copy) => takeAudience(sender, form(copy), copy)),
    options: ({ sender }, finished) => takeOptions(sender, finished),
    report: (people, finished) =>
        withCopy(people.sender, finished, (copy) => takeReport(people, copy)),
    settings: ({ admin }) => takeSettings(admin),
    schedule: ({ sender }, finished) => takeSchedule(sender, finished),
    requests: takeRequests,
    series: async ({ admin, sender }, finished) => {
        const list = await makeList(admin, "Friends of the garden", manyPeople(25, "ann", "garden.example"));
        await takeSeries(sender, finished, list);
    },
    blocked: takeBlocked,
    validity: takeValidity,
    sending: ({ admin, sender }, finished) => takeSending(admin, sender, finished),
};

/** A copy that is thrown away. */
async function withCopy(page, mailing, work) {
    const [copy] = await call(page, "mailing.mailing", "copy", [[mailing]]);
    await work(copy);
    await call(page, "mailing.mailing", "unlink", [[copy]]);
}

const [address = "http://localhost:8069", ...chosen] = process.argv.slice(2);
const browser = await openBrowser(address);
const people = {
    sender: await browser.logIn("sender"),
    requester: await browser.logIn("requester"),
    admin: await browser.logIn("admin", 1720),
};
const [finished] = await call(people.sender, "mailing.mailing", "search", [[["state", "=", "done"]]], {
    limit: 1,
    order: "id",
});
for (const [name, work] of Object.entries(PARTS)) {
    if (!chosen.length || chosen.includes(name)) {
        await work(people, finished);
    }
}
await browser.close();
