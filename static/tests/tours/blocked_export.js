import { registry } from "@web/core/registry";

const choose = (address) => ({
    content: `Choose ${address}`,
    trigger: `.o_data_row:contains('${address}') .o_list_record_selector input`,
    run: "click",
});
const press = { content: "Export", trigger: "button[name=action_export]", run: "click" };
const fetch = [
    { content: "The file", trigger: ".modal footer .btn-primary", run: "click" },
    { content: "It has been made", trigger: "body:not(:has(.modal))" },
];

/** Those chosen as a workbook, and as CSV. */
registry.category("web_tour.tours").add("bulk_mailing_blocked_export", {
    steps: () => [
        choose("shared@example.org"),
        choose("=1+1@example.org"),
        press,
        { content: "How many", trigger: ".modal p:contains('Addresses chosen: 2')" },
        ...fetch,
        press,
        { content: "The other kind", trigger: ".modal input[value=csv]", run: "click" },
        ...fetch,
    ],
});
