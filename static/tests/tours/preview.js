import { registry } from "@web/core/registry";
import { next } from "./steps";

const HOSTILE = "<body onload='parent.hostile = 1'><script>parent.hostile = 1</script></body>";

/** Put a page into a frame, and tell whether a script of it reached the window around. */
async function runsIn(frame, page) {
    delete window.hostile;
    const loaded = new Promise((resolve) => {
        frame.addEventListener("load", resolve, { once: true });
    });
    frame.srcdoc = page;
    await loaded;
    return Boolean(window.hostile);
}

async function checkSandbox({ anchor }) {
    if (await runsIn(anchor, HOSTILE)) {
        throw new Error("A script of the mail has run");
    }
    if (anchor.contentDocument) {
        throw new Error("The mail is a page of ours");
    }
    const open = document.createElement("iframe");
    document.body.append(open);
    const isHostile = await runsIn(open, HOSTILE);
    open.remove();
    if (!isHostile) {
        throw new Error("The hostile page is none: it shows nothing");
    }
}

const part = (name) => `.o_mailing_preview button[data-choice=${name}]`;

/** Look at what the recipients get: one after the other, by name, on every screen, as text, and the headers. */
registry.category("web_tour.tours").add("bulk_mailing_preview", {
    steps: () => [
        { content: "Preview", trigger: "button[name=action_preview]", run: "click" },
        {
            content: "The first recipient's mail",
            trigger: ".modal .o_mailing_preview_subject:contains('News for Reader 1')",
        },
        {
            content: "It is as wide as on a desktop",
            trigger: ".o_mailing_preview_frame[style*='720px']",
            run: checkSandbox,
        },
        { content: "The next one", trigger: ".o_mailing_preview_next", run: "click" },
        {
            content: "Is the second",
            trigger: ".o_mailing_preview_subject:contains('News for Reader 2')",
        },
        { content: "On a phone", trigger: part("phone"), run: "click" },
        { content: "It is narrow", trigger: ".o_mailing_preview_frame[style*='375px']" },
        { content: "At night", trigger: part("dark"), run: "click" },
        {
            content: "That is an approximation",
            trigger: ".o_mailing_preview:contains('An approximation')",
        },
        { content: "As text", trigger: part("text"), run: "click" },
        {
            content: "The text",
            trigger: ".o_mailing_preview_text:contains('Hello Reader 2')",
        },
        { content: "The headers", trigger: part("headers"), run: "click" },
        {
            content: "With the way out",
            trigger: ".o_mailing_preview_headers:contains('List-Unsubscribe-Post')",
        },
        {
            content: "Somebody by name",
            trigger: ".o_mailing_preview .o-autocomplete input",
            run: "edit Reader 3",
        },
        {
            content: "There they are",
            trigger: ".o-autocomplete--dropdown-item:contains('cyd@example.org') a",
            run: "click",
        },
        { content: "Their mail", trigger: ".o_mailing_preview_to:contains('cyd@example.org')" },
    ],
});

/** The overview of the four steps has the message beside it. */
registry.category("web_tour.tours").add("bulk_mailing_preview_in_steps", {
    steps: () => [
        { content: "Go on", trigger: "button[name=action_open_send]", run: "click" },
        {
            content: "The message beside the overview",
            trigger:
                ".o_mailing_send [name=review] .o_mailing_preview_subject:contains('News for Reader 1')",
        },
    ],
});

/** Mail a test to oneself, and read what became of it. */
registry.category("web_tour.tours").add("bulk_mailing_test_mail", {
    steps: () => [
        { content: "Test", trigger: "button[name=action_test]", run: "click" },
        {
            content: "As it is for the first recipient",
            trigger: ".modal [name=recipient_id] input:value('Reader 1')",
        },
        { content: "Send it", trigger: ".modal footer button[name=send_mail_test]", run: "click" },
        {
            content: "What became of it",
            trigger: ".modal [name=results]:contains('rita@example.org: accepted by')",
        },
        { content: "Close", trigger: ".modal footer button[special=cancel]", run: "click" },
        {
            content: "The mailing's log has it too",
            trigger: ".o-mail-Message:contains('accepted by')",
        },
    ],
});

/** A test sending to a whole list, through the four steps. */
registry.category("web_tour.tours").add("bulk_mailing_test_sending", {
    steps: () => [
        { content: "Send", trigger: "button[name=action_open_send]", run: "click" },
        {
            content: "The options",
            trigger: ".o_mailing_send [name=audience] details[name=options] summary",
            run: "click",
        },
        {
            content: "It is a test",
            trigger: ".o_mailing_send [name=audience] [name=is_test_send] input",
            run: "click",
        },
        {
            content: "Which is explained",
            trigger: ".o_mailing_send [name=audience]:contains('not kept with the recipients')",
        },
        next("On"),
        {
            content: "What the checks warn of",
            trigger: ".o_mailing_send [name=checks]:contains('checks passed')",
        },
        next("On"),
        {
            content: "The overview says it",
            trigger: ".o_mailing_send [name=review]:contains('This is a test sending')",
        },
        { content: "Send", trigger: ".modal footer button[name=action_ask]", run: "click" },
        {
            content: "So does the question",
            trigger: ".o_mailing_send [name=review]:contains('Send this TEST to 3 people?')",
        },
        { content: "Yes", trigger: ".modal footer button[name=action_send]", run: "click" },
        {
            content: "And the mailing",
            trigger: ".o_form_view:not(:has(.modal)) [name=bulk_test]:contains('test sending')",
        },
    ],
});
