import { registry } from "@web/core/registry";
import { ACCEPT_TERMS, next } from "./steps";

/** Start a weekly series in the four steps, see its dates, pause it. */
registry.category("web_tour.tours").add("bulk_mailing_series", {
    steps: () => [
        { content: "Open the four steps", trigger: "button[name=action_open_send]", run: "click" },
        ACCEPT_TERMS,
        next("To the audience"),
        {
            content: "Again and again",
            trigger: ".o_mailing_send [name=when] input[data-value=periodic]",
            run: "click",
        },
        {
            content: "Every 1 week",
            trigger: ".o_mailing_send [name=repeat_unit] input:value(/^week$/)",
        },
        {
            content: "Every other week",
            trigger: ".o_mailing_send [name=repeat_interval] input",
            run: "edit 2 && press Tab",
        },
        {
            content: "Every 2 weeks",
            trigger: ".o_mailing_send [name=repeat_unit] input:value(/^weeks$/)",
        },
        {
            content: "Every week after all",
            trigger: ".o_mailing_send [name=repeat_interval] input",
            run: "edit 1 && press Tab",
        },
        {
            content: "On Wednesdays",
            trigger: ".o_mailing_send .o_recurrent_weekdays td:eq(3) input",
            run: "click",
        },
        {
            content: "Ten times",
            trigger: ".o_mailing_send [name=repeat_count] input",
            run: "edit 10",
        },
        {
            content: "The next dates are shown",
            trigger: ".o_mailing_send [name=next_dates_in_words]:contains('Wed')",
        },
        next("To the checks"),
        {
            content: "All is well",
            trigger: ".o_mailing_send [name=checks]:contains('checks passed')",
        },
        next("To the overview"),
        {
            content: "Start",
            trigger:
                ".modal footer button[name=action_ask]:contains('Start the series'):not(:contains('now'))",
            run: "click",
        },
        {
            content: "It asks once more",
            trigger: ".o_mailing_send [name=review]:contains('every week on Wednesday')",
        },
        { content: "Yes", trigger: ".modal footer button[name=action_send]", run: "click" },
        {
            content: "To the series, by the button on the mailing",
            trigger: ".o_form_view:not(:has(.modal)) button[name=action_view_series]",
            run: "click",
        },
        {
            content: "The series is running",
            trigger:
                ".o_form_view:not(:has(.modal)) .o_statusbar_status .o_arrow_button_current:contains('Running')",
        },
        { content: "Pause it", trigger: "button[name=action_pause]", run: "click" },
        {
            content: "It is paused",
            trigger: ".o_statusbar_status .o_arrow_button_current:contains('Paused')",
        },
    ],
});
