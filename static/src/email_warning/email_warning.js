import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** A sign beside an address that does not work; what is wrong is its tooltip, and is read to whoever sees no sign. */
export class EmailWarning extends Component {
    static template = "bulk_mailing.EmailWarning";
    static props = { ...standardFieldProps };

    get problem() {
        return this.props.record.data[this.props.name];
    }
}

registry.category("fields").add("bulk_mailing_email_warning", {
    component: EmailWarning,
    displayName: _t("Warning beside an address"),
    supportedTypes: ["char"],
    isEmpty: () => false,
});
