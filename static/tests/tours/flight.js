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
