// A real browser at work in Odoo, and the pictures that it takes.
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const folder = fileURLToPath(new URL("../../docs/img/", import.meta.url));
/** Where the demo's people live; the computer that takes the pictures may stand elsewhere. */
export const ZONE = "Europe/Amsterdam";
const sandbox = process.getuid() === 0 ? ["--no-sandbox"] : [];

/** The browser, and people who look at `base` with it. */
export async function openBrowser(base) {
    const browser = await chromium.launch({
        executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
        args: [...sandbox, "--disable-dev-shm-usage", "--disable-gpu"],
    });
    return {
        logIn: (login, height) => logIn(browser, base, login, height),
        visit: () => visit(browser, base),
        close: () => browser.close(),
    };
}

/** Somebody in a window of their own. */
async function visit(browser, base, height = 900) {
    const context = await browser.newContext({
        viewport: { width: 1600, height },
        baseURL: base,
        timezoneId: ZONE,
    });
    return await context.newPage();
}

async function logIn(browser, base, login, height) {
    const page = await visit(browser, base, height);
    await page.goto("/web/login");
    await page.fill("input[name=login]", login);
    await page.fill("input[name=password]", login); // as in the demo
    await page.click(".oe_login_form button[type=submit]"); // a website has other buttons
    await page.waitForSelector(".o_main_navbar", { timeout: 120_000 });
    return page;
}

/** Call a method of a model as the person who is logged in. */
export function call(page, model, method, args, kwargs = {}) {
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

export async function show(page, path, selector) {
    await page.goto(path);
    await page.waitForSelector(selector, { timeout: 60_000 });
    await settle(page);
}

/** Let pictures and animations come to rest. */
export async function settle(page) {
    // the web client keeps a line to the server open, so the network is never idle
    await page.waitForFunction(
        () =>
            !document.querySelector(".o_blockUI, .o_view_nocontent_loading") &&
            !document.querySelector(".modal footer button:disabled") // at work
    );
    await page.waitForTimeout(1500);
}

/** A dialog by itself: the photographs behind it make a large file. */
export async function takeDialog(page, name) {
    await settle(page);
    await page.locator(".modal-content").screenshot({ path: `${folder}${name}.png` });
    console.log(`docs/img/${name}.png`);
}

/** What is on the screen, or its upper part. */
export async function take(page, name, height = page.viewportSize().height) {
    await settle(page);
    const clip = { x: 0, y: 0, width: page.viewportSize().width, height };
    await page.screenshot({ path: `${folder}${name}.png`, clip });
    console.log(`docs/img/${name}.png`);
}

export async function press(page, button) {
    await page.click(
        `.modal footer button[name=${button}]:visible, .modal button[name=${button}]:visible`
    );
    await settle(page);
}
