import { registry } from "@web/core/registry";

/** A text of one's own on the mailing, then the options: one line in words, unfolded, and changed from the overview. */
registry.category("web_tour.tours").add("bulk_mailing_options", {
    steps: () => [
        {
            content: "The text version",
            trigger: ".nav-link[name=text_version]",
            run: "click",
        },
        {
            content: "Begin with the generated one",
            trigger: "button[name=action_start_text_version]:contains('Start from')",
            run: "click",
        },
        {
            content: "It is there",
            trigger: "button[name=action_start_text_version]:contains('Start again')",
        },
        {
            content: "Change it",
            trigger: "[name=body_text] textarea:value(/^Hello {{ object.name/)",
            run: "edit Hello {{ object.name }}, leave: /unsubscribe_from_list",
        },
        { content: "Open the four steps", trigger: "button[name=action_open_send]", run: "click" },
        {
            content: "Accept the terms",
            trigger: ".modal .o_mailing_send [name=terms_accepted] input",
            run: "click",
        },
        { content: "On", trigger: ".modal footer button[name=action_next]", run: "click" },
        {
            content: "The options are one line",
            trigger:
                ".o_mailing_send details[name=options]:not([open]) [name=options_in_words]:contains('Parts HTML and an own text · personalised · links counted · opens not counted · no speed limit')",
        },
        {
            content: "Unfold them",
            trigger: ".o_mailing_send details[name=options] summary",
            run: "click",
        },
        {
            content: "Only the text",
            trigger:
                ".o_mailing_send details[open] [name=body_format] .o_radio_item:contains('Text only') input",
            run: "click",
        },
        {
            content: "Nothing counts opens in a text",
            trigger: ".o_mailing_send details[open]:not(:has([name=track_opens]))",
        },
        {
            content: "A limit to the speed",
            trigger: ".o_mailing_send details[open] [name=rate_per_minute] input",
            run: "edit 1 && press Tab",
        },
        {
            content: "And how long that takes",
            trigger:
                ".o_mailing_send details[open] [name=pace_in_words]:contains('1 mail a minute: about 3 min for 3 people')",
        },
        {
            content: "The line follows",
            trigger:
                ".o_mailing_send [name=options_in_words]:contains('Parts Text only · personalised'):contains('1 mail a minute')",
        },
        {
            content: "To the checks",
            trigger: ".modal footer button[name=action_next]",
            run: "click",
        },
        {
            content: "To the overview",
            trigger:
                ".modal:has(.o_mailing_send [name=checks]:visible) footer button[name=action_next]",
            run: "click",
        },
        {
            content: "It has a row for the parts, to be changed",
            trigger:
                ".o_mailing_send_review tr:contains('Parts'):contains('Text only') button:contains('Change')",
            run: "click",
        },
        {
            content: "That leads back to the options, unfolded",
            trigger: ".o_mailing_send [name=audience]:visible details[name=options][open]",
        },
        {
            content: "Away",
            trigger: ".modal footer button[special=cancel]",
            run: "click",
        },
        {
            content: "The mailing has it",
            trigger: ".o_form_view:not(:has(.modal)) .nav-link[name=text_version].active",
        },
    ],
});

/** A mail administrator sets what new mailings begin with. */
registry.category("web_tour.tours").add("bulk_mailing_option_defaults", {
    steps: () => [
        {
            content: "HTML only",
            trigger: "[name=body_format] .o_radio_item:contains('HTML only') input",
            run: "click",
        },
        { content: "Count opens", trigger: "[name=track_opens] input", run: "click" },
        {
            content: "Not faster than",
            trigger: "[name=rate_per_minute] input",
            run: "edit 300 && press Tab",
        },
        { content: "Save", trigger: "button[name=action_save]", run: "click" },
        { content: "Saved", trigger: ".o_notification:contains('Saved')" },
    ],
});
