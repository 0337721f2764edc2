import { registry } from "@web/core/registry";
import { ACCEPT_TERMS, SOMEBODY_GETS_IT, next } from "./steps";

/** Send a mailing that has one warning: each step says what is missing, the last one asks once more. */
registry.category("web_tour.tours").add("bulk_mailing_four_steps", {
    steps: () => [
        { content: "Open the four steps", trigger: "button[name=action_open_send]", run: "click" },
        {
            content: "The terms may not be skipped",
            trigger: ".modal .o_mailing_send [name=terms_accepted]",
        },
        { content: "Try to", trigger: ".modal footer button[name=action_next]", run: "click" },
        { content: "It says what is missing", trigger: ".modal:contains('tick the box')" },
        {
            content: "Back to the terms",
            trigger: ".modal:contains('tick the box') footer button:first",
            run: "click",
        },
        ACCEPT_TERMS,
        next("To the audience"),
        SOMEBODY_GETS_IT,
        {
            content: "Tell the colleagues what it is for",
            trigger: ".o_mailing_send [name=audience] [name=description] textarea",
            run: "edit The autumn sale",
        },
        next("To the checks"),
        {
            content: "Gmail's limit is a warning, and is read",
            trigger: ".o_mailing_send [name=checks] button[name=action_acknowledge_warnings]",
            run: "click",
        },
        {
            content: "It has been read",
            trigger:
                ".o_mailing_send [name=checks]:not(:has(button[name=action_acknowledge_warnings]))",
        },
        next("To the overview"),
        { content: "Send", trigger: ".modal footer button[name=action_ask]", run: "click" },
        {
            content: "It asks once more",
            trigger: ".o_mailing_send [name=review]:contains('cannot be recalled'):contains('3')",
        },
        { content: "Yes, send", trigger: ".modal footer button[name=action_send]", run: "click" },
        {
            content: "The mailing waits for its departure",
            trigger:
                ".o_form_view:not(:has(.modal)) .o_statusbar_status .o_arrow_button_current:contains('In Queue')",
        },
    ],
});
