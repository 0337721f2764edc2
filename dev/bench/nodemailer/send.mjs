// Sends a mailing through nodemailer's pool, composing and signing each mail; the one argument is JSON, so is the answer.
import {createTransport} from "nodemailer";

const {port, mails, connections, html, text, key} = JSON.parse(process.argv[2]);
const pool = createTransport({
    host: "127.0.0.1",
    port,
    ignoreTLS: true,
    pool: true,
    maxConnections: connections,
    maxMessages: Infinity,
    dkim: key && {domainName: "example.com", keySelector: "bench", privateKey: key},
});

function filled(template, number) {
    return template.replaceAll("{name}", `Name${number}`).replaceAll("{token}", `token${number}`);
}

async function send(number) {
    await pool.sendMail({
        from: "News <news@example.com>",
        to: `reader${number}@example.org`,
        subject: `Hello Name${number}, our news`,
        messageId: `<${number}.bench@example.com>`,
        headers: {
            "List-Unsubscribe": `<https://m.example.com/o/token${number}>`,
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
        html: filled(html, number),
        text: filled(text, number),
    });
}

let next = 0;
async function worker() {
    while (next < mails) await send(++next);
}

const began = performance.now();
// two mails for each connection: one is on the wire while the other is composed
await Promise.all(Array.from({length: 2 * connections}, worker));
const seconds = (performance.now() - began) / 1000;
pool.close();
const {user, system} = process.cpuUsage();
const peak = process.resourceUsage().maxRSS / 1024;
console.log(JSON.stringify({seconds, cpu: (user + system) / 1e6, peak}));
