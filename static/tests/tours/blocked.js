import { registry } from "@web/core/registry";

const row = (address) => `.o_data_row:contains('${address}')`;

/** Select the row of an address. */
function choose(address) {
    return {
        content: `Choose ${address}`,
        trigger: `${row(address)} .o_list_record_selector input`,
        run: "click",
    };
}

// the list is loaded anew when an action is through, and whoever was chosen before that is not any more
const NOBODY_IS_CHOSEN = {
    content: "Nobody is chosen any more",
    trigger: "body:not(:has(.modal)) .o_list_view:not(:has(.o_data_row_selected))",
};

/** What is blocked and why, who it is, and a second chance. */
registry.category("web_tour.tours").add("bulk_mailing_blocked", {
    steps: () => [
        {
            content: "Why, in plain words, and who",
            trigger: `${row("gone@example.org")}:contains('The address does not exist'):contains('Gus Gone')`,
        },
        {
            content: "Open the person",
            trigger: `${row("gone@example.org")} button[name=action_open_people]`,
            run: "click",
        },
        { content: "That is them", trigger: ".o_form_view:contains('Gus Gone')" },
        { content: "Back", trigger: ".breadcrumb a:contains('Blocked addresses')", run: "click" },
        {
            content: "Open the address",
            trigger: `${row("gone@example.org")} [name=why]`,
            run: "click",
        },
        {
            content: "Its history has the server's words",
            trigger:
                ".o_form_view [name=bounce_ids] .o_data_row:contains('550 5.1.1 no such user')",
        },
        {
            content: "Back again",
            trigger: ".breadcrumb a:contains('Blocked addresses')",
            run: "click",
        },
        choose("gone@example.org"),
        { content: "Clear", trigger: "button[name=action_clear_bounces]", run: "click" },
        {
            content: "It says what that does not do",
            trigger: ".modal:contains('still gets nothing') .btn-primary:contains('Clear bounces')",
            run: "click",
        },
        {
            content: "It is not blocked any more",
            trigger: `.o_list_view:not(:has(${row("gone@example.org")})):has(${row("shared@example.org")})`,
        },
    ],
});

/** Put one right, collect one in a new list, set one as a former employee, delete one. */
registry.category("web_tour.tours").add("bulk_mailing_blocked_actions", {
    steps: () => [
        {
            content: "Correct",
            trigger: `${row("shared@example.org")} button[name=action_correct]`,
            run: "click",
        },
        {
            content: "Type the right address",
            trigger: ".modal .o_mailing_address_correction [name=new_email] input",
            run: "edit sam@example.com",
        },
        {
            content: "It stands everywhere",
            trigger: ".modal button[name=action_correct]",
            run: "click",
        },
        {
            content: "It is off the list",
            trigger: `.o_list_view:not(:has(${row("shared@example.org")})):has(${row("full@example.net")})`,
        },
        choose("full@example.net"),
        { content: "Into a list", trigger: "button[name=action_add_to_list]", run: "click" },
        {
            content: "A new one",
            trigger: ".modal .o_mailing_address_to_list [name=name] input",
            run: "edit To be put right",
        },
        { content: "Add", trigger: ".modal button[name=action_add]", run: "click" },
        {
            content: "It says so",
            trigger: ".o_notification:contains('Added to “To be put right”: 1.')",
        },
        NOBODY_IS_CHOSEN,
        choose("gone@example.org"),
        {
            content: "Works there no more",
            trigger: "button[name=action_set_former_employee]",
            run: "click",
        },
        {
            content: "Yes",
            trigger: ".modal:contains('former employees') .btn-primary:contains('Former employee')",
            run: "click",
        },
        {
            content: "It says so, too",
            trigger: ".o_notification:contains('Former employees now: 1.')",
        },
        NOBODY_IS_CHOSEN,
        choose("gone@example.org"),
        { content: "Delete", trigger: "button[name=action_delete]", run: "click" },
        {
            content: "It says where it is",
            trigger: ".modal .o_mailing_address_deletion:contains('Contact: 1')",
        },
        { content: "Yes, delete", trigger: ".modal .btn-danger[name=action_delete]", run: "click" },
        {
            content: "Only the other is left",
            trigger: `.o_list_view:not(:has(${row("gone@example.org")})):has(${row("full@example.net")})`,
        },
    ],
});

/** On an address's own page, which is there no more when the address is gone. */
registry.category("web_tour.tours").add("bulk_mailing_blocked_deletion", {
    steps: () => [
        {
            content: "Delete",
            trigger: ".o_form_view:contains('gone@example.org') button[name=action_delete]",
            run: "click",
        },
        { content: "Yes, delete", trigger: ".modal .btn-danger[name=action_delete]", run: "click" },
        {
            content: "It says so",
            trigger: ".o_notification:contains('Deleted from Contact: 1.')",
        },
        {
            content: "The others, without a dialog and without an error",
            trigger:
                "body:not(:has(.modal, .o_notification:contains('cannot be found')))" +
                ` .o_list_view:not(:has(${row("gone@example.org")})):has(${row("full@example.net")})`,
        },
    ],
});

/** The sign beside an address, what it says, and that it goes with the address. */
registry.category("web_tour.tours").add("bulk_mailing_email_warning", {
    steps: () => [
        {
            content: "The cause is the tooltip",
            trigger: ".o_form_view .o_email_warning[data-tooltip*='the address does not exist']",
        },
        {
            content: "And is read out",
            trigger: ".o_email_warning .visually-hidden:contains('Not mailed since')",
        },
        {
            content: "Another address",
            trigger: "[name=email] input",
            run: "edit gus@example.com && click body",
        },
        {
            content: "Has no sign, before it is saved",
            trigger: ".o_form_view:not(:has(.o_email_warning))",
        },
        { content: "Save", trigger: ".o_form_button_save", run: "click" },
        { content: "Saved", trigger: ".o_form_saved" },
    ],
});

/** On a lead the sign has room of its own: the address begins after it. */
registry.category("web_tour.tours").add("bulk_mailing_email_warning_on_lead", {
    steps: () => [
        {
            content: "The sign, and the address beside it",
            trigger: ".o_form_view .o_email_warning[data-tooltip*='the domain does not exist']",
            run({ anchor }) {
                const field = anchor.closest(".o_field_widget");
                const end = anchor.getBoundingClientRect().right;
                if (field.nextElementSibling.getBoundingClientRect().left <= end) {
                    throw new Error("The address is under the sign");
                }
            },
        },
    ],
});

/** Cards have it, too: of the person whose address does not work, and of nobody else. */
registry.category("web_tour.tours").add("bulk_mailing_email_warning_on_cards", {
    steps: () => [
        { content: "As cards", trigger: ".o_switch_view.o_kanban", run: "click" },
        {
            content: "The sign",
            trigger:
                ".o_kanban_record:contains('shared@') .o_email_warning[data-tooltip*='the domain does not exist']",
        },
        {
            content: "No sign",
            trigger: ".o_kanban_record:contains('works@'):not(:has(.o_email_warning))",
        },
    ],
});
