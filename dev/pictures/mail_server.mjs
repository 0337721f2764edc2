// A mail server (RFC 5321, no extensions) that is as difficult as its recipients' addresses say.
import { createServer } from "node:net";

// The first pattern that fits an address answers RCPT; the rest is welcome
const ANSWERS = [
    [/^ann\..*@gmail\.com$/, "421 4.7.28 Our system has detected an unusual rate of mail"],
    [/^busy\..*@/, "450 4.2.1 The mailbox receives mail too quickly, try again later"],
    [/^left\..*@/, "550 5.1.1 No such mailbox here"],
    [/@gone\.example$/, "550 5.1.2 Domain gone.example does not exist"],
    [/@gmial\.com$/, "550 5.1.2 Host unknown: gmial.com"],
    [/^moved\..*@/, "551 5.1.6 User has moved"],
    [/@strict\.example$/, "550 5.7.1 Our policy refuses mail from this sender"],
];
// ... and whoever is called so takes the mail, and hangs up without a word
const HANGS_UP = /^silent\..*@/;

/** Listen on a free port. */
export async function startMailServer() {
    const server = createServer((socket) => serve(socket));
    await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
    return { port: server.address().port, stop: () => server.close() };
}

function serve(socket) {
    let inMessage = false;
    let buffer = "";
    let recipient = "";
    const reply = (line) => socket.write(`${line}\r\n`);
    const commands = {
        EHLO: () => reply("250 mail.example"),
        MAIL: () => reply("250 2.1.0 Ok"),
        RCPT: (line) => {
            recipient = line.match(/<(.*?)>/)?.[1] ?? "";
            const answer = ANSWERS.find(([pattern]) => pattern.test(recipient))?.[1];
            reply(answer ?? "250 2.1.5 Ok");
            if (answer?.startsWith("421")) {
                socket.end();
            }
        },
        DATA: () => {
            inMessage = true;
            reply("354 Go on");
        },
        RSET: () => reply("250 2.0.0 Ok"),
        QUIT: () => socket.end("221 2.0.0 Bye\r\n"),
    };
    const endMessage = () => {
        inMessage = false;
        if (HANGS_UP.test(recipient)) {
            socket.destroy();
        } else {
            reply("250 2.0.0 Taken");
        }
    };
    socket.on("error", () => {});
    socket.on("data", (data) => {
        const lines = (buffer + data.toString("latin1")).split("\r\n");
        buffer = lines.pop();
        for (const line of lines) {
            if (!inMessage) {
                const command = commands[line.slice(0, 4).toUpperCase()];
                command ? command(line) : reply("500 5.5.1 What?");
            } else if (line === ".") {
                endMessage();
            }
        }
    });
    reply("220 mail.example ESMTP");
}
