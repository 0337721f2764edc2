import { registry } from "@web/core/registry";

/** A mail administrator sets speed and sender; a wrong sender is told before anything is saved. */
registry.category("web_tour.tours").add("bulk_mailing_settings", {
    steps: () => [
        {
            content: "From the list of mailings",
            trigger: ".o_control_panel button:contains('Bulk mailing settings')",
            run: "click",
        },
        {
            content: "What the numbers mean",
            trigger:
                "[name=connection_example]:contains('5 connections at a time, each carries 20')",
        },
        {
            content: "More",
            trigger: "[name=max_per_connection] input",
            run: "edit 200 && press Tab",
        },
        { content: "It follows", trigger: "[name=connection_example]:contains('each carries 40')" },
        {
            content: "A stranger",
            trigger: "[name=default_from] input",
            run: "edit a@elsewhere.example && press Tab",
        },
        {
            content: "It says so",
            trigger: "[name=default_from_problem]:contains('not known here')",
        },
        {
            content: "One of us",
            trigger: "[name=default_from] input",
            run: "edit news@example.com && press Tab",
        },
        {
            content: "That is right",
            trigger: ".o_form_view:not(:has([name=default_from_problem]:visible))",
        },
        { content: "Save", trigger: "button[name=action_save]", run: "click" },
        { content: "Saved", trigger: ".o_notification:contains('Saved')" },
    ],
});
