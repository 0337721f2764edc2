import { registry } from "@web/core/registry";
import { stepUtils } from "@web_tour/tour_utils";

const DESIGN = "[name=body_arch] :iframe .o_editable";

/** Choose a file from one's own computer in the designer's dialog of pictures. */
async function upload() {
    const canvas = document.createElement("canvas");
    const blob = await new Promise((resolve) => canvas.toBlob(resolve));
    const chosen = new DataTransfer();
    chosen.items.add(new File([blob], "dot.png", { type: "image/png" }));
    this.anchor.files = chosen.files;
    this.anchor.dispatchEvent(new Event("change", { bubbles: true }));
}

/** Make a mailing in the designer, duplicate it, and save a selection, as who may not send. */
registry.category("web_tour.tours").add("bulk_mailing_requester", {
    steps: () => [
        { content: "A mailing", trigger: "button.o_list_button_add", run: "click" },
        { content: "Its subject", trigger: "#subject_0", run: "edit Prepared" },
        { content: "Look for a list", trigger: "#contact_list_ids_0", run: "edit Readers" },
        {
            content: "Choose it",
            trigger: ".o_input_dropdown a:contains(Readers)",
            run: "click",
        },
        {
            content: "Choose a design",
            trigger: ".o_mailing_template_preview_wrapper [data-name=newsletter]",
            run: "click",
        },
        { content: "The designer is there", trigger: ".o-snippets-menu" },
        { content: "Own words", trigger: `${DESIGN} h1`, run: "editor Written by Rita" },
        { content: "A picture", trigger: `${DESIGN} img`, run: "dblclick" },
        { content: "One's own", trigger: ".modal input[type=file]:not(:visible)", run: upload },
        { content: "In the design", trigger: `${DESIGN} img:first:not([src*='/static/'])` },
        ...stepUtils.saveForm(),
        {
            content: "More",
            trigger: ".o_control_panel .o_cp_action_menus button:has(.fa-cog)",
            run: "click",
        },
        {
            content: "Duplicate",
            trigger: ".o-dropdown--menu .o_menu_item:contains(Duplicate)",
            run: "click",
        },
        {
            content: "The duplicate, which can be requested",
            trigger:
                ".o_form_view:has(.o_pager_value:contains('2')) .o_statusbar_buttons button:contains('Request sending')",
        },
        {
            content: "Configuration",
            trigger: "button[data-menu-xmlid='mass_mailing.mass_mailing_configuration']",
            run: "click",
        },
        {
            content: "Selections",
            trigger: "a[data-menu-xmlid='mass_mailing.mailing_filter_menu_action']",
            run: "click",
        },
        { content: "One's own", trigger: "button.o_list_button_add", run: "click" },
        { content: "Its name", trigger: "[name=name] input", run: "edit Mine" },
        { content: "Out of", trigger: "[name=mailing_model_id] input", run: "edit Contact" },
        {
            content: "Contacts",
            trigger: ".o-autocomplete--dropdown-item a:text(Contact)",
            run: "click",
        },
        {
            content: "A condition",
            trigger: "[name=mailing_domain] a:contains('New Rule')",
            run: "click",
        },
        ...stepUtils.saveForm(),
    ],
});
