import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("bulk_mailing_website_form", {
    steps: () => [
        { trigger: "input[name='name']", run: "edit Ann" },
        { trigger: "input[name='email_from']", run: "edit ann@dead.example" },
        { trigger: "input[name='subject']", run: "edit Tulips" },
        { trigger: "textarea[name='description']", run: "edit Do you have them in blue?" },
        { trigger: ".s_website_form_send", run: "click" },
        {
            content: "The sentence stands beneath the address",
            trigger:
                ".s_website_form_field:has(input[name='email_from'].is-invalid):contains('“dead.example” does not exist')",
        },
        { trigger: "input[name='email_from']", run: "edit ann@alive.example" },
        { trigger: ".s_website_form_send", run: "click", expectUnloadPage: true },
        { trigger: "#wrap:contains('Thank You')" },
    ],
});
