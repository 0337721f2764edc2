// Take the pictures of docs/ from the demo that `make demo` leaves up:
//   cd dev/pictures && npm install && node take.mjs http://localhost:8069
// CHROMIUM names the browser if it is not /usr/bin/chromium. The demo's finished mailing is copied for the four
// steps, and the copy is deleted afterwards: nothing is sent.
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const base = process.argv[2] ?? "http://localhost:8069";
const folder = fileURLToPath(new URL("../../docs/img/", import.meta.url));
const sandbox = process.getuid() === 0 ? ["--no-sandbox"] : [];
const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [...sandbox, "--disable-dev-shm-usage", "--disable-gpu"],
});

/** A person in a window of their own. */
async function logIn(login, height = 900) {
    const page = await (await browser.newContext({ viewport: { width: 1600, height } })).newPage();
    await page.goto(`${base}/web/login`);
    await page.fill("input[name=login]", login);
    await page.fill("input[name=password]", login); // as in the demo
    await page.click("button[type=submit]");
    await page.waitForSelector(".o_main_navbar", { timeout: 120_000 });
    return page;
}

/** Call a method of a model as the person who is logged in. */
function call(page, model, method, args, kwargs = {}) {
    return page.evaluate(
        async (params) => {
            const body = JSON.stringify({ jsonrpc: "2.0", method: "call", params });
            const headers = { "Content-Type": "application/json" };
            const url = `/web/dataset/call_kw/${params.model}/${params.method}`;
            const answer = await (await fetch(url, { method: "POST", headers, body })).json();
            if (answer.error) {
                throw new Error(answer.error.data.message);
            }
            return answer.result;
        },
        { model, method, args, kwargs }
    );
}

async function show(page, path, selector) {
    await page.goto(`${base}${path}`);
    await page.waitForSelector(selector, { timeout: 60_000 });
    await settle(page);
}

/** Let pictures and animations come to rest. */
async function settle(page) {
    // the web client keeps a line to the server open, so the network is never idle
    await page.waitForFunction(
        () => !document.querySelector(".o_blockUI, .o_view_nocontent_loading")
    );
    await page.waitForTimeout(1500);
}

async function take(page, name) {
    await settle(page);
    await page.screenshot({ path: `${folder}${name}.png` });
    console.log(`docs/img/${name}.png`);
}

async function press(page, button) {
    await page.click(
        `.modal footer button[name=${button}]:visible, .modal button[name=${button}]:visible`
    );
    await settle(page);
}

async function takeFourSteps(page, mailing) {
    const [{ email_from: right_from }] = await call(page, "mailing.mailing", "read", [
        [mailing],
        ["email_from"],
    ]);
    await show(page, `/odoo/email-marketing/${mailing}`, "button[name=action_open_send]");
    await take(page, "draft");
    await page.click("button[name=action_open_send]");
    await page.waitForSelector(".modal .o_mailing_send");
    await page.click(".modal [name=terms_accepted] input");
    await take(page, "step-1-terms");
    await press(page, "action_next");
    await take(page, "step-2-who-and-when");
    await call(page, "mailing.mailing", "write", [
        [mailing],
        { email_from: "news@elsewhere.example" },
    ]);
    await press(page, "action_next");
    await take(page, "step-3-checks");
    await call(page, "mailing.mailing", "write", [[mailing], { email_from: right_from }]);
    await press(page, "action_check_again");
    if (await page.locator(".modal button[name=action_acknowledge_warnings]:visible").count()) {
        await press(page, "action_acknowledge_warnings");
    }
    await press(page, "action_next");
    await take(page, "step-4-overview");
    await press(page, "action_ask");
    await take(page, "step-4-question");
    await press(page, "action_not_yet");
}

async function takeFinished(page, mailing) {
    await show(page, `/odoo/email-marketing/${mailing}`, "[name=bulk_done]");
    await take(page, "finished-mailing");
    await page.click("button[name=action_view_excluded]");
    await page.waitForSelector(".o_list_view .o_group_header");
    await take(page, "excluded");
}

async function takeSettings(page) {
    await show(page, "/odoo/bulk-mailing-settings", "[name=connection_example]");
    await take(page, "settings");
    await show(page, "/odoo/email-marketing", ".o_list_view");
    await page.locator(".o_facet_remove").first().click(); // "my mailings"
    await take(page, "mailings");
}

const sender = await logIn("sender");
const [finished] = await call(sender, "mailing.mailing", "search", [[["state", "=", "done"]]], {
    limit: 1,
});
await takeFinished(sender, finished);
const [copy] = await call(sender, "mailing.mailing", "copy", [[finished]]);
await takeFourSteps(sender, copy);
await takeSettings(await logIn("admin", 1000));
await call(sender, "mailing.mailing", "unlink", [[copy]]);
await browser.close();
