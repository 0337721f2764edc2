import { registry } from "@web/core/registry";

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
        {
            content: "Accept them",
            trigger: ".modal .o_mailing_send [name=terms_accepted] input",
            run: "click",
        },
        {
            content: "To the audience",
            trigger: ".modal footer button[name=action_next]",
            run: "click",
        },
        {
            content: "Who gets it",
            trigger: ".o_mailing_send [name=audience]:contains('will get it')",
        },
        {
            content: "Tell the colleagues what it is for",
            trigger: ".o_mailing_send [name=audience] [name=description] textarea",
            run: "edit The autumn sale",
        },
        {
            content: "To the checks",
            trigger: ".modal footer button[name=action_next]",
            run: "click",
        },
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
        {
            content: "To the overview",
            trigger: ".modal footer button[name=action_next]",
            run: "click",
        },
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
