import { registry } from "@web/core/registry";
import { ACCEPT_TERMS, SOMEBODY_GETS_IT, next } from "./steps";

const WAITS = ".o_form_view:not(:has(.modal)) [name=bulk_in_queue]";

/** Give a mailing for later, and change the hour while it waits. */
registry.category("web_tour.tours").add("bulk_mailing_schedule", {
    steps: () => [
        { content: "Open the four steps", trigger: "button[name=action_open_send]", run: "click" },
        ACCEPT_TERMS,
        next("To the audience"),
        SOMEBODY_GETS_IT,
        {
            content: "Later",
            trigger: ".o_mailing_send [name=when] input[data-value=later]",
            run: "click",
        },
        {
            content: "The day",
            trigger: ".o_mailing_send [name=send_on] input",
            run: "edit 07/04/2036 && press Enter",
        },
        {
            content: "At nine, in a zone that is named",
            trigger:
                ".o_mailing_send [name=when_in_words]:contains('4 July 2036, 09:00'):contains('Europe/Amsterdam')",
        },
        next("To the checks"),
        {
            content: "All is well",
            trigger: ".o_mailing_send [name=checks]:contains('checks passed')",
        },
        next("To the overview"),
        {
            content: "Not now",
            trigger: ".modal footer button[name=action_ask]:contains('Send later')",
            run: "click",
        },
        {
            content: "It asks once more, with the moment",
            trigger:
                ".o_mailing_send [name=review]:contains('4 July 2036'):contains('Until then you can cancel it')",
        },
        { content: "Yes", trigger: ".modal footer button[name=action_send]", run: "click" },
        { content: "It waits", trigger: `${WAITS}:contains('Until then it can be changed')` },
        {
            content: "Another hour",
            trigger: ".o_statusbar_buttons button[name=action_change]",
            run: "click",
        },
        {
            content: "In the second step",
            trigger: ".o_mailing_send [name=audience]:visible [name=send_time] input",
            run: "edit 16:15 && press Tab",
        },
        {
            content: "A quarter past four",
            trigger: ".o_mailing_send [name=when_in_words]:contains('4 July 2036, 16:15')",
        },
        next("To the checks"),
        {
            content: "All is well",
            trigger: ".o_mailing_send [name=checks]:contains('checks passed')",
        },
        next("To the overview"),
        {
            content: "Once more",
            trigger: ".modal footer button[name=action_ask]:contains('Send later')",
            run: "click",
        },
        { content: "Yes", trigger: ".modal footer button[name=action_send]", run: "click" },
        { content: "It waits again", trigger: WAITS },
    ],
});

/** Take it back while it waits. */
registry.category("web_tour.tours").add("bulk_mailing_cancel_scheduled", {
    steps: () => [
        { content: "It waits", trigger: WAITS },
        {
            content: "Cancel",
            trigger: ".o_statusbar_buttons button[name=action_cancel]",
            run: "click",
        },
        {
            content: "A draft again",
            trigger: ".o_statusbar_status .o_arrow_button_current:contains('Draft')",
        },
    ],
});
