// A name server for the pictures: a few domains do not exist, and to all others mail can be sent.
import { createSocket } from "node:dgram";
import { call } from "./web.mjs";

const GONE = ["gmial.com", "gone.example", "nobody.example"];
const MX = 15;
const ROOM_SECONDS = 300;

/** Addresses are checked while `work` runs, and this one is asked. */
export async function withNameServer(admin, work) {
    const socket = createSocket("udp4");
    socket.on("message", (query, from) => socket.send(answerTo(query), from.port, from.address));
    await new Promise((resolve) => socket.bind(0, "127.0.0.1", resolve));
    const settings = {
        "bulk_mailing.check_addresses_days": "90",
        "bulk_mailing.nameservers": `127.0.0.1:${socket.address().port}`,
    };
    const before = {};
    for (const [key, value] of Object.entries(settings)) {
        before[key] = await call(admin, "ir.config_parameter", "get_param", [key]);
        await call(admin, "ir.config_parameter", "set_param", [key, value]);
    }
    try {
        return await work();
    } finally {
        for (const [key, value] of Object.entries(before)) {
            await call(admin, "ir.config_parameter", "set_param", [key, value]);
        }
        socket.close();
    }
}

/** RFC 1035: the question again, and for an MX one record, "10 mail". */
function answerTo(query) {
    const { name, end } = readName(query, 12);
    const question = query.subarray(12, end + 4);
    const isGone = GONE.some((domain) => name === domain || name.endsWith(`.${domain}`));
    const isMx = query.readUInt16BE(end) === MX && !isGone;
    const head = Buffer.from(query.subarray(0, 12));
    head.writeUInt16BE(isGone ? 0x8183 : 0x8180, 2);
    head.writeUInt16BE(1, 4);
    head.writeUInt16BE(isMx ? 1 : 0, 6);
    head.writeUInt32BE(0, 8);
    return Buffer.concat([head, question, isMx ? mailServer() : Buffer.alloc(0)]);
}

function mailServer() {
    const host = Buffer.concat([Buffer.from([4]), Buffer.from("mail"), Buffer.from([0xc0, 12])]);
    const record = Buffer.alloc(14);
    [0xc00c, MX, 1].forEach((value, index) => record.writeUInt16BE(value, index * 2));
    record.writeUInt32BE(ROOM_SECONDS, 6);
    record.writeUInt16BE(host.length + 2, 10);
    record.writeUInt16BE(10, 12);
    return Buffer.concat([record, host]);
}

function readName(query, start) {
    const labels = [];
    let at = start;
    for (; query[at]; at += query[at] + 1) {
        labels.push(query.toString("latin1", at + 1, at + 1 + query[at]));
    }
    return { name: labels.join(".").toLowerCase(), end: at + 1 };
}
