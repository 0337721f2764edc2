import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** The steps in a row, numbered; those behind can be clicked to go back. */
export class MailingSendSteps extends Component {
    static template = "bulk_mailing.MailingSendSteps";
    static props = { ...standardFieldProps };

    get steps() {
        const { record, name } = this.props;
        const selection = record.fields[name].selection;
        const current = selection.findIndex(([value]) => value === record.data[name]);
        return selection.map(([value, label], index) => ({
            value,
            label,
            number: index + 1,
            isDone: index < current,
            isCurrent: index === current,
        }));
    }

    goBack(step) {
        return this.props.record.update({ [this.props.name]: step.value }, { save: true });
    }
}

registry.category("fields").add("mailing_send_steps", {
    component: MailingSendSteps,
    supportedTypes: ["selection"],
});
