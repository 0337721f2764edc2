// The pictures of docs/validity.md that need no website: a list that has been checked, an impossible phone number.
import { withNameServer } from "./name_server.mjs";
import { makeList, manyPeople } from "./sending.mjs";
import { call, show, take } from "./web.mjs";

const DOUBTFUL = ["info@garden.example", "sales@shop.example", "ann@gmial.com", "bob@gone.example", "eve@nobody.example"];

async function takeListCheck({ admin, sender: page }) {
    const addresses = [...manyPeople(235, "fay", "garden.example"), ...DOUBTFUL];
    const list = await makeList(admin, "Visitors of the show", addresses);
    await call(page, "mailing.list", "action_check_addresses", [[list]]);
    for (let second = 0; second < 120; second++) {
        const [{ address_check }] = await call(page, "mailing.list", "read", [[list], ["address_check"]]);
        if (address_check === "done") {
            break;
        }
        await page.waitForTimeout(1000);
    }
    await show(page, "/odoo/email-marketing", ".o_main_navbar");
    await show(page, `/odoo/mailing.list/${list}`, "button[name=action_check_addresses]");
    await take(page, "list-check", 420);
}

async function takePhone({ admin, sender: page }) {
    const [netherlands] = await call(admin, "res.country", "search", [[["code", "=", "NL"]]]);
    const values = { name: "Ann Visser", email: "ann@shop.example", phone: "06 1234", country_id: netherlands };
    const [partner] = await call(admin, "res.partner", "create", [[values]]);
    await show(page, `/odoo/res.partner/${partner}`, "[name=phone_problem]");
    await take(page, "phone-problem", 420);
    await call(admin, "res.partner", "unlink", [[partner]]);
}

export async function takeValidity(people) {
    await withNameServer(people.admin, () => takeListCheck(people));
    await takePhone(people);
}
