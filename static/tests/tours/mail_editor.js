import { loadBundle } from "@web/core/assets";
import { registry } from "@web/core/registry";
import { Deferred } from "@web/core/utils/concurrency";
import { patch } from "@web/core/utils/patch";
import { stepUtils } from "@web_tour/tour_utils";

/** Hold the first editor that begins until a second has begun in its place. */
async function holdTheFirstEditor() {
    await loadBundle("mass_mailing.assets_builder");
    const second = new Deferred();
    const { Builder } = registry
        .category("lazy_components")
        .get("mass_mailing.MassMailingBuilder").components;
    patch(Builder.prototype, {
        setup() {
            super.setup();
            if (document.body.dataset.editor) {
                second.resolve();
            } else {
                this.snippetModel = { load: () => second };
            }
            document.body.dataset.editor = "begun";
        },
    });
}

/** Who is quicker than the editor gets the editor, not an error. */
registry.category("web_tour.tours").add("bulk_mailing_quicker_than_editor", {
    steps: () => [
        { content: "All mailings", trigger: ".o_list_view", run: holdTheFirstEditor },
        {
            content: "Open one",
            trigger: ".o_data_row .o_data_cell:contains('Autumn sale')",
            run: "click",
        },
        {
            content: "Other recipients, while the editor begins",
            trigger: "body[data-editor] .o_form_view [name=mailing_model_id] input",
            run: "edit Contact",
        },
        {
            content: "Contacts",
            trigger: ".o-autocomplete--dropdown-item a:contains(/^Contact$/)",
            run: "click",
        },
        { content: "The editor is there", trigger: ".o_builder_sidebar_open .o-snippets-menu" },
        {
            content: "And has the text",
            trigger: "[name=body_arch] :iframe .odoo-editor-editable:contains('News')",
        },
        ...stepUtils.saveForm(),
    ],
});
