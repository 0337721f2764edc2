// Mailgun, as it calls about mails that came back: signed with a key of our own.
import { createHmac, randomBytes } from "node:crypto";
import { call } from "./web.mjs";

const KEY = "key-of-the-pictures-0123456789";
const DAY_SECONDS = 86_400;
const WORDS = {
    unknown: { code: 550, "enhanced-code": "5.1.1", message: "No such user here" },
    full: { code: 552, "enhanced-code": "4.2.2", message: "The mailbox is full" },
    refused: { code: 550, "enhanced-code": "5.7.1", message: "Our policy refuses mail from this sender" },
    silent: { code: 451, "enhanced-code": "4.4.1", message: "The mail server does not answer" },
};
// what Mailgun calls it
const REASONS = { unknown: "bounce", full: "generic", refused: "espblock", silent: "old" };

/** An account that calls; `tell` is what it tells of. */
export async function makeProvider(admin) {
    const values = { name: "Newsletter account", provider: "mailgun", pasted_key: KEY };
    const [id] = await call(admin, "mailing.webhook", "create", [[values]]);
    const [{ url }] = await call(admin, "mailing.webhook", "read", [[id], ["url"]]);
    return { id, tell: (event) => tell(url, event) };
}

/** `what` is one of WORDS, or "complaint"; `message_id` names a mail of ours. */
async function tell(url, { email, what, days = 0, message_id = "" }) {
    const now = Math.floor(Date.now() / 1000);
    const [timestamp, token] = [String(now), randomBytes(16).toString("hex")];
    const signature = createHmac("sha256", KEY).update(timestamp + token).digest("hex");
    const event = {
        id: token,
        timestamp: now - days * DAY_SECONDS,
        recipient: email,
        message: { headers: { "message-id": message_id.replace(/[<>]/g, "") } },
        ...(what === "complaint"
            ? { event: "complained" }
            : { event: "failed", severity: "permanent", reason: REASONS[what], "delivery-status": WORDS[what] }),
    };
    const body = JSON.stringify({ signature: { timestamp, token, signature }, "event-data": event });
    const headers = { "Content-Type": "application/json" };
    const answer = await fetch(url, { method: "POST", headers, body });
    if (!answer.ok) {
        throw new Error(`${url}: ${answer.status}`);
    }
}
