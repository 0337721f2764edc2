import { rpc } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";

/** The time to undo is over, on the server and on this page. */
async function letTimePass() {
    const id = Number(location.pathname.split("/").pop());
    const args = [[id], { undo_until: "2020-01-01 00:00:00" }];
    const params = { model: "mailing.mailing", method: "write", args, kwargs: {} };
    await rpc("/web/dataset/call_kw/mailing.mailing/write", params);
    const now = performance.now.bind(performance);
    performance.now = () => now() + 600_000;
}

/** What a colleague does elsewhere, to the mailing on this page or to the one in the list. */
function callElsewhere(method) {
    const id = Number(location.pathname.split("/").pop()) || window.bulkMailingId;
    const params = { model: "mailing.mailing", method, args: [[id]], kwargs: {} };
    return rpc(`/web/dataset/call_kw/mailing.mailing/${method}`, params);
}

/** Think again in the seconds after "Send". */
registry.category("web_tour.tours").add("bulk_mailing_undo", {
    steps: () => [
        {
            content: "It counts down",
            trigger: "[name=bulk_undo] .o_bulk_mailing_countdown:contains(/Sending in [0-9]+ s/)",
        },
        { content: "Undo", trigger: "button[name=action_undo]", run: "click" },
        {
            content: "A draft again",
            trigger: ".o_statusbar_status .o_arrow_button_current:contains('Draft')",
        },
        {
            content: "Nothing counts down",
            trigger: ".o_form_view:not(:has(button[name=action_undo]))",
        },
    ],
});

/** Let the seconds pass. */
registry.category("web_tour.tours").add("bulk_mailing_undo_is_over", {
    steps: () => [
        {
            content: "It counts down",
            trigger: "[name=bulk_undo] .o_bulk_mailing_countdown",
            run: letTimePass,
        },
        {
            content: "The time is over, and the page follows by itself",
            trigger:
                ".o_form_view:not(:has([name=bulk_undo])) [name=bulk_progress]:contains('0 of 2')",
        },
    ],
});

/** The numbers move while somebody types, and what is typed stays. */
registry.category("web_tour.tours").add("bulk_mailing_live", {
    steps: () => [
        { content: "Before", trigger: "[name=bulk_progress]:contains('0 of 3')" },
        {
            content: "Open the settings",
            trigger: ".o_notebook .nav-link:contains('Settings')",
            run: "click",
        },
        {
            content: "Type something, and do not save it",
            trigger: "[name=description] textarea",
            run: "edit Half a sen",
        },
        {
            content: "A colleague counts who is in doubt as sent",
            trigger: ".o_form_button_save:visible",
            run: () => callElsewhere("action_count_in_doubt_as_sent"),
        },
        { content: "The number moves", trigger: "[name=bulk_progress]:contains('1 of 3')" },
        {
            content: "What was typed is still there",
            trigger: "[name=description] textarea:value(Half a sen)",
        },
        {
            content: "A colleague pauses it",
            trigger: "[name=bulk_progress]:not(:contains('Paused'))",
            run: () => callElsewhere("action_pause"),
        },
        {
            content: "It says so",
            trigger: "[name=bulk_progress]:contains('Paused'):contains('2 wait')",
        },
        { content: "Save", trigger: ".o_form_button_save", run: "click" },
        {
            content: "Saved",
            trigger: ".o_form_saved, .o_form_view:not(:has(.o_form_button_save:visible))",
        },
    ],
});

/** The list follows too. */
registry.category("web_tour.tours").add("bulk_mailing_live_list", {
    steps: () => [
        { content: "My mailings and others", trigger: ".o_facet_remove", run: "click" },
        {
            content: "On its way",
            trigger:
                ".o_data_row:contains('Live news') .o_bulk_mailing_progress:contains('0 of 3')",
        },
        {
            content: "A colleague counts who is in doubt as sent",
            trigger: ".o_data_row:contains('Live news')",
            run: async () => {
                const params = { model: "mailing.mailing", method: "search", kwargs: {} };
                params.args = [[["subject", "=", "Live news"]]];
                const [id] = await rpc("/web/dataset/call_kw/mailing.mailing/search", params);
                window.bulkMailingId = id;
                await callElsewhere("action_count_in_doubt_as_sent");
            },
        },
        {
            content: "The number moves",
            trigger:
                ".o_data_row:contains('Live news') .o_bulk_mailing_progress:contains('1 of 3')",
        },
        {
            content: "A colleague pauses it",
            trigger: ".o_data_row:contains('Live news')",
            run: () => callElsewhere("action_pause"),
        },
        {
            content: "The list says so",
            trigger:
                ".o_data_row:contains('Live news') [name=flight_state] .badge:contains('Paused')",
        },
        { content: "Cards", trigger: ".o_switch_view.o_kanban", run: "click" },
        {
            content: "So does its card",
            trigger: ".o_kanban_record:contains('Live news'):contains('Paused'):contains('1 of 3')",
        },
    ],
});

/** Who is in doubt is counted as sent once that has been asked. */
registry.category("web_tour.tours").add("bulk_mailing_count_as_sent", {
    steps: () => [
        {
            content: "Count as sent",
            trigger: "[name=bulk_in_doubt] button[name=action_count_in_doubt_as_sent]",
            run: "click",
        },
        {
            content: "It asks; not yet",
            trigger: ".modal:contains('cannot be undone') footer button.btn-secondary",
            run: "click",
        },
        {
            content: "Still in doubt",
            trigger:
                "body:not(:has(.modal)) [name=bulk_in_doubt] button[name=action_count_in_doubt_as_sent]",
            run: "click",
        },
        {
            content: "Yes",
            trigger: ".modal:contains('cannot be undone') footer button.btn-primary",
            run: "click",
        },
        {
            content: "Nobody is in doubt any more",
            trigger: ".o_form_view:not(:has([name=bulk_in_doubt]))",
        },
    ],
});
