import { registry } from "@web/core/registry";
import { ACCEPT_TERMS, SOMEBODY_GETS_IT, next } from "./steps";

/** Walk the four steps as somebody who may not send, and ask for it. */
registry.category("web_tour.tours").add("bulk_mailing_request", {
    steps: () => [
        {
            content: "No Send, but a request",
            trigger: ".o_statusbar_buttons button:contains('Request sending')",
            run: "click",
        },
        ACCEPT_TERMS,
        next("To the audience"),
        SOMEBODY_GETS_IT,
        next("To the checks"),
        { content: "The checks", trigger: ".o_mailing_send [name=checks]:contains('passed')" },
        next("To the overview"),
        {
            content: "It says who decides",
            trigger: ".o_mailing_send [name=review]:contains('Sally Sender')",
        },
        {
            content: "There is nothing to send with",
            trigger: ".modal footer:not(:has(button[name=action_ask], button[name=action_send]))",
        },
        {
            content: "Request sending",
            trigger: ".modal footer button[name=action_request]",
            run: "click",
        },
        {
            content: "It waits",
            trigger:
                ".o_form_view:not(:has(.modal)) [name=bulk_requested]:contains('Rita Requester')",
        },
        {
            content: "It can be taken back",
            trigger: ".o_statusbar_buttons button[name=action_withdraw_request]",
        },
    ],
});

/** A sender looks at what was asked for, and lets it go. */
registry.category("web_tour.tours").add("bulk_mailing_approve", {
    steps: () => [
        { content: "It waits", trigger: "[name=bulk_requested]:contains('Rita Requester')" },
        {
            content: "Look at it",
            trigger: ".o_statusbar_buttons button[name=action_decide]",
            run: "click",
        },
        {
            content: "What was asked for",
            trigger: ".modal .o_mailing_decision:contains('Readers'):contains('Will get it')",
        },
        {
            content: "What the recipients would get",
            trigger: ".modal .o_mailing_decision .o_mailing_preview_to:contains('ann@example.org')",
        },
        {
            content: "Approve",
            trigger: ".modal footer button[name=action_approve]:contains('Approve and send')",
            run: "click",
        },
        {
            content: "It is in the queue",
            trigger:
                ".o_form_view:not(:has(.modal)) .o_statusbar_status .o_arrow_button_current:contains('In Queue')",
        },
    ],
});

/** A sender gives it back, and has to say why. */
registry.category("web_tour.tours").add("bulk_mailing_reject", {
    steps: () => [
        {
            content: "Look at it",
            trigger: ".o_statusbar_buttons button[name=action_decide]",
            run: "click",
        },
        {
            content: "Reject",
            trigger: ".modal footer button[name=action_reject]",
            run: "click",
        },
        {
            content: "Not without a reason",
            trigger: ".modal:contains('Say why') footer button:first",
            run: "click",
        },
        {
            content: "The reason",
            trigger: ".modal .o_mailing_decision [name=reason] textarea",
            run: "edit The price is wrong",
        },
        {
            content: "Reject",
            trigger: ".modal footer button[name=action_reject]",
            run: "click",
        },
        {
            content: "It is a draft with the reason on it",
            trigger:
                ".o_form_view:not(:has(.modal)) [name=bulk_rejected]:contains('The price is wrong')",
        },
    ],
});

/** The requester reads why. */
registry.category("web_tour.tours").add("bulk_mailing_rejected", {
    steps: () => [
        { content: "Why", trigger: "[name=bulk_rejected]:contains('The price is wrong')" },
        {
            content: "And asks again",
            trigger: ".o_statusbar_buttons button:contains('Request sending')",
        },
    ],
});
