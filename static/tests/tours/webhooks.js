import { registry } from "@web/core/registry";

/** A mail administrator sets up a provider: its key is wrong, then right, and is not shown again. */
registry.category("web_tour.tours").add("bulk_mailing_webhook", {
    steps: () => [
        { content: "New", trigger: ".o_list_button_add", run: "click" },
        { content: "A name", trigger: "[name=name] input", run: "edit Newsletter account" },
        { content: "The provider", trigger: "[name=provider] input", run: "click" },
        {
            content: "Mailgun",
            trigger: ".o_select_menu_item:contains('Mailgun')",
            run: "click",
        },
        {
            content: "What to do there",
            trigger: ".o_form_sheet li:visible:contains('signing key')",
        },
        {
            content: "No key",
            trigger: "[name=pasted_key] input[type=password]",
            run: "edit short && press Tab",
        },
        { content: "Save", trigger: ".o_form_button_save", run: "click" },
        {
            content: "That is none",
            trigger:
                ".modal:contains('too short') .btn-primary, .o_notification:contains('too short') .o_notification_close",
            run: "click",
        },
        {
            content: "The key",
            trigger: "[name=pasted_key] input[type=password]",
            run: "edit key-0123456789abcdef0123 && press Tab",
        },
        { content: "Save", trigger: ".o_form_button_save", run: "click" },
        {
            content: "The address to set there",
            trigger: ".o_form_saved [name=url]:contains('/mailing/webhook/')",
        },
        {
            content: "The key is kept, and not shown",
            trigger: "[name=pasted_key] input[placeholder^='Set;']",
            run() {
                if (this.anchor.value) {
                    throw new Error("The key is shown");
                }
            },
        },
    ],
});
