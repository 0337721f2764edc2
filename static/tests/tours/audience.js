import { registry } from "@web/core/registry";

/** In step 2: a mini-selection that has to be switched on, people who are left out, and the list of who is in and out. */
registry.category("web_tour.tours").add("bulk_mailing_audience", {
    steps: () => [
        {
            content: "The mailing says how many get it",
            trigger: ".o_mailing_audience:contains('2 recipients')",
        },
        { content: "Open the four steps", trigger: "button[name=action_open_send]", run: "click" },
        {
            content: "Accept the terms",
            trigger: ".modal .o_mailing_send [name=terms_accepted] input",
            run: "click",
        },
        {
            content: "To the audience",
            trigger: ".modal footer button[name=action_next]",
            run: "click",
        },
        {
            content: "To a selection",
            trigger:
                ".o_mailing_send [name=audience_kind] .o_radio_item:contains('Selection') input",
            run: "click",
        },
        {
            content: "Look for a mini-selection",
            trigger: ".o_mailing_send [name=mailing_filter_id] input",
            run: "edit Amsterdam",
        },
        {
            content: "Choose it by its whole name",
            trigger: ".o-autocomplete--dropdown-item:contains('Dutch customers / Amsterdam')",
            run: "click",
        },
        {
            content: "Two are in it",
            trigger: ".o_mailing_send [name=to_send_in_words]:contains('2')",
        },
        {
            content: "It asks why they may be mailed",
            trigger: ".o_mailing_send [name=unusable] [name=usable_reason] input",
            run: "edit They are our customers",
        },
        {
            content: "Switch it on",
            trigger: ".o_mailing_send [name=unusable] button[name=action_switch_on]",
            run: "click",
        },
        {
            content: "It is not asked again",
            trigger: ".o_mailing_send [name=audience]:not(:has([name=unusable]))",
        },
        {
            content: "But not to",
            trigger: ".o_mailing_send [name=left_out_filter_ids] input",
            run: "edit Autumn",
        },
        {
            content: "Those who bought in autumn",
            trigger: ".o-autocomplete--dropdown-item:contains('Autumn buyers')",
            run: "click",
        },
        {
            content: "One is left, and one is left out",
            trigger:
                ".o_mailing_send [name=excluded_in_words]:contains('1 in a selection or list that is left out')",
        },
        {
            content: "Who, and why not",
            trigger: ".o_mailing_send button[name=action_view_audience]",
            run: "click",
        },
        {
            content: "By name and with the reason",
            trigger:
                ".o_data_row:contains('Ada'):contains('in a selection or list that is left out')",
        },
        {
            content: "Only those who get it",
            trigger: ".o_search_panel_category_value:contains('Gets it') header",
            run: "click",
        },
        {
            content: "Nobody else is listed",
            trigger:
                ".o_list_view:not(:has(.o_data_row:contains('Ada'))) .o_data_row:contains('Bea')",
        },
        {
            content: "Back to the mailing",
            trigger: ".breadcrumb a:contains('Audience news')",
            run: "click",
        },
        {
            content: "It goes to the one who is left",
            trigger: ".o_mailing_audience:contains('1 recipient'):contains('1 excluded')",
        },
    ],
});
