import { registry } from "@web/core/registry";

/** Two addresses become the tasks of a new project. */
registry.category("web_tour.tours").add("bulk_mailing_project_add", {
    steps: () => [
        ...["ann@example.org", "bob@example.org"].map((address) => ({
            content: `Choose ${address}`,
            trigger: `.o_data_row:contains('${address}') .o_list_record_selector input`,
            run: "click",
        })),
        { content: "To a project", trigger: "button[name=action_add_to_project]", run: "click" },
        {
            content: "A new one",
            trigger: ".modal [name=name] input",
            run: "edit Addresses to repair",
        },
        { content: "Add", trigger: ".modal button[name=action_add]", run: "click" },
        {
            content: "It says so",
            trigger: ".o_notification:contains('Tasks in “Addresses to repair”: 2.')",
        },
    ],
});
