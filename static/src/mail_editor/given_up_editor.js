import { registry } from "@web/core/registry";
import { patch } from "@web/core/utils/patch";
import "@mass_mailing/builder/mass_mailing_builder";

const { Builder } = registry
    .category("lazy_components")
    .get("mass_mailing.MassMailingBuilder").components;

/**
 * Whatever is read or changed while the editor begins makes Owl begin another one, which closes the first. Odoo
 * starts the first nevertheless when Owl calls it "cancelled", which for up to a frame comes before "destroyed", the
 * only word it looks for (html_builder/static/src/builder.js, onWillStart), and the user reads "Oops!".
 */
patch(Builder.prototype, {
    setup() {
        super.setup();
        patch(this.editor, {
            attachTo(editable) {
                if (!this.isDestroyed) {
                    super.attachTo(editable);
                }
            },
        });
    },
});
