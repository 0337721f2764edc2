import { registry } from "@web/core/registry";

const favourite = (name) => [
    {
        content: name,
        trigger: `.o_favorite_menu .o-dropdown-item:contains('${name}')`,
        run: "click",
    },
    { content: "It is chosen", trigger: `.o_searchview_facet:contains('${name}')` },
];

/** Everybody who was to get a mailing, those whom it came back from, and what can be done with them. */
registry.category("web_tour.tours").add("bulk_mailing_recipients", {
    steps: () => [
        {
            content: "Everybody",
            trigger: ".o-form-buttonbox .o_button_more",
            run: "click",
        },
        {
            content: "How many they are",
            trigger: "button[name=action_view_recipients]:contains('4')",
            run: "click",
        },
        {
            content: "Who got it, and who did not",
            trigger:
                ".o_list_view:has(.o_data_row:contains('opened@')):has(.o_data_row:contains('excluded@'))",
        },
        {
            content: "What can be searched",
            trigger: ".o_searchview_dropdown_toggler",
            run: "click",
        },
        {
            content: "Whom it came back from",
            trigger: ".o_filter_menu .o-dropdown-item:contains('Bounced')",
            run: "click",
        },
        {
            content: "That is one, and why",
            trigger:
                ".o_list_view:not(:has(.o_data_row:contains('opened@'))) .o_data_row:contains('does not exist')",
        },
        {
            content: "Choose",
            trigger: ".o_data_row:contains('bounced@') .o_list_record_selector input",
            run: "click",
        },
        { content: "Export", trigger: "button[name=action_export]", run: "click" },
        {
            content: "One",
            trigger: ".modal:contains('Addresses chosen: 1') .btn-secondary",
            run: "click",
        },
        { content: "Not now", trigger: "body:not(:has(.modal))" },
        { content: "Correct", trigger: "button[name=action_correct_address]" },
        { content: "Clear", trigger: "button[name=action_clear_bounces]", run: "click" },
        {
            content: "Yes",
            trigger: ".modal .btn-primary:contains('Clear bounces')",
            run: "click",
        },
        { content: "It says so", trigger: ".o_notification:contains('Cleared:')" },
    ],
});

/** From a mailing to the chart of its reasons; and the chart over all mailings, by mailing and over time. */
registry.category("web_tour.tours").add("bulk_mailing_bounce_charts", {
    steps: () => [
        {
            content: "Whom it came back from",
            trigger: "button[name=action_view_bounced_addresses]",
            run: "click",
        },
        {
            content: "Why, in this mailing",
            trigger:
                ".o_data_row:contains('gone@example.org'):contains('This address does not exist')",
        },
        { content: "As a chart", trigger: "button[name=action_view_chart]", run: "click" },
        { content: "Here it is", trigger: ".o_graph_view .o_graph_canvas_container canvas" },
        {
            content: "What can be searched",
            trigger: ".o_searchview_dropdown_toggler",
            run: "click",
        },
        ...favourite("Reasons by mailing"),
        ...favourite("Reasons over time"),
        { content: "It is one", trigger: ".o_graph_view .o_graph_canvas_container canvas" },
    ],
});
