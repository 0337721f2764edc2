// Mailings under way, as the pictures need them: lists of people, a mail server that is difficult, the four steps.
import { startMailServer } from "./mail_server.mjs";
import { call } from "./web.mjs";

/** A mail server that only the mailings of the pictures use. */
export async function withMailServer(admin, work) {
    const server = await startMailServer();
    const values = {
        name: "Mail server of the pictures",
        smtp_host: "127.0.0.1",
        smtp_port: server.port,
        smtp_encryption: "none",
        from_filter: "hazel.example",
        sequence: 100, // after the demo's own
    };
    const [id] = await call(admin, "ir.mail_server", "create", [[values]]);
    try {
        return await work(id);
    } finally {
        const domain = [["mail_server_id", "=", id]];
        const users = await call(admin, "mailing.mailing", "search", [domain]);
        await call(admin, "mailing.mailing", "write", [users, { mail_server_id: false }]);
        await call(admin, "ir.mail_server", "unlink", [[id]]);
        server.stop();
    }
}

/** A list with these addresses; `names` are of those who are not called as their address says. */
export async function makeList(admin, name, addresses, names = {}) {
    const [id] = await call(admin, "mailing.list", "create", [
        [{ name, usable_for_mailing: true, usable_reason: "They asked for our news on the website." }],
    ]);
    const contacts = addresses.map((email) => ({
        name: names[email] ?? nameOf(email),
        email,
        list_ids: [[6, 0, [id]]],
    }));
    await call(admin, "mailing.contact", "create", [contacts]);
    return id;
}

/** So many addresses at a host: "ann.p1@shop.example" and on. */
export function manyPeople(count, name, host) {
    return Array.from({ length: count }, (_unused, index) => `${name}.p${index + 1}@${host}`);
}

/** "ann.visser@..." is "Ann Visser". */
function nameOf(email) {
    const words = email.split("@")[0].split(".");
    return words.map((word) => word[0].toUpperCase() + word.slice(1)).join(" ");
}

/** Take a mailing through the four steps. */
export async function send(page, mailing) {
    const { res_id } = await call(page, "mailing.mailing", "action_open_send", [[mailing]]);
    const wizard = [res_id];
    await call(page, "mailing.send", "write", [wizard, { terms_accepted: true }]);
    await call(page, "mailing.send", "write", [wizard, { step: "audience", when: "now" }]);
    await call(page, "mailing.send", "action_next", [wizard]);
    await call(page, "mailing.mailing", "action_acknowledge_warnings", [[mailing]]);
    await call(page, "mailing.send", "action_next", [wizard]);
    await call(page, "mailing.send", "action_send", [wizard]);
}
