// People from whose addresses mail comes back: while it is sent, and as a mail provider tells us afterwards.
import { makeList, manyPeople, send, withMailServer } from "./sending.mjs";
import { call } from "./web.mjs";

// The mail server refuses them, each for its own reason
const REFUSED = {
    "left.visser@gmail.com": "Ann Visser",
    "left.bakker@outlook.com": "Bob Bakker",
    "cor.smit@gone.example": "Cor Smit",
    "moved.dekker@kpnmail.nl": "Dirk Dekker",
    "eva.mulder@gmial.com": "Eva Mulder",
};
// ... and these the provider tells of
const TOLD = { "fay.jansen@yahoo.com": "Fay Jansen", "gijs.vos@ziggo.nl": "Gijs Vos" };
const SOFT_BOUNCES_THAT_BLOCK = 6;
const WEEKS = 10;

/** Contacts whose address does not work, and a mailing that finds that out. */
export async function sendToThem(admin, sender, finished) {
    const people = { ...REFUSED, ...TOLD };
    const partners = Object.entries(people).map(([email, name]) => ({ name, email }));
    const ids = await call(admin, "res.partner", "create", [partners]);
    const [mailing] = await call(sender, "mailing.mailing", "copy", [[finished]]);
    await withMailServer(admin, async (server) => {
        const addresses = [
            ...Object.keys(people),
            ...manyPeople(40, "gus", "gmail.com"),
            ...manyPeople(30, "bob", "outlook.com"),
            ...manyPeople(20, "eve", "yahoo.com"),
            ...manyPeople(60, "fay", "shop.example"),
        ];
        const list = await makeList(admin, "Friends of the garden", addresses, people);
        const values = {
            subject: "Autumn news",
            contact_list_ids: [[6, 0, [list]]],
            mail_server_id: server,
        };
        await call(sender, "mailing.mailing", "write", [[mailing], values]);
        await send(sender, mailing);
        await waitUntilSent(sender, mailing);
    });
    return { mailing, ids };
}

async function waitUntilSent(page, mailing) {
    for (let second = 0; second < 180; second++) {
        const [{ state }] = await call(page, "mailing.mailing", "read", [[mailing], ["state"]]);
        if (state === "done") {
            return;
        }
        await page.waitForTimeout(1000);
    }
    throw new Error("The mailing is not done");
}

/** What the provider tells of mails that it had taken: of these mailings, and of two people for itself. */
export async function hearFromProvider(page, provider, ours, others) {
    const [fay, gijs] = Object.keys(TOLD);
    await provider.tell({ email: fay, what: "complaint" });
    for (let days = SOFT_BOUNCES_THAT_BLOCK; days; days--) {
        await provider.tell({ email: gijs, what: "full", days });
    }
    const told = [
        ["gmail.com", ["full", "full", "full", "full", "refused"]],
        ["outlook.com", ["refused", "refused", "refused", "full", "silent"]],
        ["yahoo.com", ["full", "silent", "silent"]],
    ];
    for (const [domain, reasons] of told) {
        await tellOf(page, provider, ours, domain, reasons);
    }
    await tellOf(page, provider, others, "", ["full", "full", "silent", "silent", "refused"]);
}

/** One event for each reason, about mails of a mailing that went to this domain. */
async function tellOf(page, provider, mailing, domain, reasons) {
    const which = [
        ["mass_mailing_id", "=", mailing],
        ["delivery_state", "=", "sent"],
        ["email", "like", `%${domain}`],
    ];
    const fields = ["email", "message_id"];
    const traces = await call(page, "mailing.trace", "search_read", [which, fields], {
        limit: reasons.length,
        order: "id desc", // whoever is called by name stands first
    });
    for (const [index, what] of reasons.entries()) {
        await provider.tell({ ...traces[index], what });
    }
}

/** What came back in the weeks before, from mails that the company has sent by other ways. */
export async function hearOfThePast(provider) {
    const usual = ["full", "silent", "refused", "full", "silent", "full"];
    for (let week = 1; week <= WEEKS; week++) {
        for (let number = 0; number < 9 + ((week * 5) % 8); number++) {
            const what = usual[(week + number) % usual.length];
            const domain = ["gmail.com", "outlook.com", "yahoo.com", "kpnmail.nl"][(week + number) % 4];
            await provider.tell({ email: `past.p${week}.${number}@${domain}`, what, days: week * 7 });
        }
    }
}
