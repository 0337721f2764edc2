import { rpc } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";

/** What a colleague does elsewhere, to the mailing on this page. */
function callElsewhere(method) {
    const id = Number(location.pathname.split("/").pop());
    const params = { model: "mailing.mailing", method, args: [[id]], kwargs: {} };
    return rpc(`/web/dataset/call_kw/mailing.mailing/${method}`, params);
}

/** A finished mailing tells what happened, and does not say 0 % of what nobody counted. */
registry.category("web_tour.tours").add("bulk_mailing_finished", {
    steps: () => [
        {
            content: "It is sent",
            trigger: ".o_statusbar_status .o_arrow_button_current:contains('Sent')",
        },
        { content: "How many", trigger: "[name=bulk_done]:contains('Sent to 3 people')" },
        { content: "Who was left out", trigger: "[name=bulk_done]:contains('1 left out')" },
        { content: "Opens", trigger: ".o-form-buttonbox:contains('Not measured')" },
        {
            content: "Why was somebody left out?",
            trigger: "button[name=action_view_excluded]",
            run: "click",
        },
        { content: "By reason", trigger: ".o_list_view .o_group_name:contains('Opted Out')" },
    ],
});

/** Pause, go on, and stop for good. */
registry.category("web_tour.tours").add("bulk_mailing_pause_and_stop", {
    steps: () => [
        { content: "On its way", trigger: "[name=bulk_progress]:contains('0 of 3')" },
        {
            content: "A colleague pauses it",
            trigger: "button[name=action_pause]",
            run: () => callElsewhere("action_pause"),
        },
        {
            content: "The page follows by itself, and goes on",
            trigger: ".o_statusbar_buttons button[name=action_resume]",
            run: "click",
        },
        { content: "Pause", trigger: "button[name=action_pause]", run: "click" },
        {
            content: "Go on",
            trigger: ".o_statusbar_buttons button[name=action_resume]",
            run: "click",
        },
        {
            content: "Stop",
            trigger:
                ".o_statusbar_buttons:has(button[name=action_pause]) button[name=action_ask_to_stop]",
            run: "click",
        },
        {
            content: "For good",
            trigger: ".modal:contains('3 people have not been mailed') footer button.btn-danger",
            run: "click",
        },
        {
            content: "It has stopped, and says what has gone and what has not",
            trigger: "[name=bulk_done]:contains('Stopped'):contains('0 sent, 3 did not get it')",
        },
    ],
});
