// The pictures of the small addons (glue/): a website form that refuses an address, addresses as tasks of a project.
// From a database with Website, Project and our addons for them (`dev/setup/templates.py`: glue), user admin:
//   cd dev/pictures && npm install && node glue.mjs http://localhost:8069
import { withNameServer } from "./name_server.mjs";
import { makeProvider } from "./provider.mjs";
import { call, openBrowser, show, take, takeDialog } from "./web.mjs";

const COMPANY = { name: "Hazel Gardens", email: "office@hazel.example", phone: "", street: "Hazel Lane 7" };
const GONE = { "ann.visser@gone.example": "Ann Visser", "bob.bakker@shop.example": "Bob Bakker" };

async function takeForm(page) {
    await page.setViewportSize({ width: 1200, height: 900 });
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

async function takeProject(page) {
    const people = Object.entries(GONE).map(([email, name]) => ({ name, email }));
    await call(page, "res.partner", "create", [people]);
    const provider = await makeProvider(page);
    for (const email of Object.keys(GONE)) {
        await provider.tell({ email, what: "unknown" });
    }
    await show(page, "/odoo/blocked-addresses", ".o_data_row");
    await page.click("thead .o_list_record_selector input");
    await page.click("button[name=action_add_to_project]");
    await page.waitForSelector(".modal [name=name] input");
    await page.fill(".modal [name=name] input", "Addresses to repair");
    await takeDialog(page, "blocked-add-to-project");
    await page.click(".modal button[name=action_add]");
    await page.waitForSelector(".modal", { state: "detached" });
    const [task] = await call(page, "project.task", "search", [[["mailing_address_id", "!=", false]]]);
    await show(page, `/odoo/project.task/${task}`, ".o_form_view");
    await take(page, "blocked-task", 480);
}

const [base] = process.argv.slice(2);
const browser = await openBrowser(base);
try {
    const page = await browser.logIn("admin", 860);
    await call(page, "res.company", "write", [[1], COMPANY]);
    await takeProject(page);
    await withNameServer(page, async () => {
        const visitor = await browser.visit();
        await takeForm(visitor);
    });
} finally {
    await browser.close();
}
