// The pictures of docs/validity.md, from a database with Website and our addon for it (`dev/setup/templates.py`: glue)
// whose name servers do not know nobody.example and gmial.com:
//   cd dev/pictures && npm install && node website.mjs http://localhost:8069 LIST
// LIST is the number of a mailing list whose addresses have been checked.
import { openBrowser, show, take } from "./web.mjs";

async function takeForm(page) {
    await page.setViewportSize({ width: 1200, height: 860 });
    await show(page, "/contactus", ".s_website_form_send");
    await page.waitForTimeout(3000); // its scripts come after it
    await page.fill("input[name=name]", "Ann Visser");
    await page.fill("input[name=email_from]", "ann@gmial.com");
    await page.fill("input[name=subject]", "Tulips");
    await page.fill("textarea[name=description]", "Do you have them in blue?");
    await page.click(".s_website_form_send");
    const field = page.locator(".s_website_form_field:has(input[name=email_from])");
    await field.getByText("Did you mean").waitFor();
    await field.scrollIntoViewIfNeeded();
    await take(page, "website-form");
}

const [base, list] = process.argv.slice(2);
const browser = await openBrowser(base);
try {
    const page = await browser.logIn("admin", 860);
    await show(page, `/odoo/mailing.list/${list}`, "button[name=action_check_addresses]");
    await take(page, "list-check", 420);
    await page.context().clearCookies();
    await takeForm(page);
} finally {
    await browser.close();
}
