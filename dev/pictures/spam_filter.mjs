// A SpamAssassin of our own (spamd, offline), set in the demo's company for as long as it takes.
import { spawn } from "node:child_process";
import { connect, createServer } from "node:net";
import { call } from "./web.mjs";

const PROGRAM = process.env.SPAMD ?? "/usr/sbin/spamd";
const USUAL_PORT = 783;

/** Do the work while mailings are shown to it. */
export async function withSpamFilter(admin, work) {
    const port = await freePort();
    const as = process.getuid() === 0 ? ["-u", "nobody"] : []; // it would look at no mail as root
    const process_ = spawn(PROGRAM, ["-L", "-x", "-m", "1", "-i", "127.0.0.1", "-p", String(port), ...as]);
    const [company] = await call(admin, "res.company", "search", [[]], { limit: 1 });
    const set = (bulk_spamd_host, bulk_spamd_port) =>
        call(admin, "res.company", "write", [[company], { bulk_spamd_host, bulk_spamd_port }]);
    try {
        await answers(port);
        await set("127.0.0.1", port);
        return await work();
    } finally {
        await set(false, USUAL_PORT);
        process_.kill();
    }
}

function freePort() {
    return new Promise((resolve) => {
        const server = createServer().listen(0, "127.0.0.1", () => {
            const { port } = server.address();
            server.close(() => resolve(port));
        });
    });
}

/** Its rules take some seconds to load. */
async function answers(port) {
    for (let tries = 0; tries < 120; tries++) {
        const isThere = await new Promise((resolve) => {
            const socket = connect(port, "127.0.0.1", () => resolve(true)).on("error", () => resolve(false));
            socket.on("connect", () => socket.destroy());
        });
        if (isThere) {
            return;
        }
        await new Promise((resolve) => setTimeout(resolve, 500));
    }
    throw new Error("spamd does not start");
}
