import { Component, onWillUnmount, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useRecordObserver } from "@web/model/relational_model/utils";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const TICK_MS = 250;

/** Counts down from what the server says is left; the visitor's clock may be wrong, but not its speed. */
export class CountdownField extends Component {
    static template = "bulk_mailing.CountdownField";
    static props = standardFieldProps;

    setup() {
        this.state = useState({ left: 0 });
        useRecordObserver((record) => this.begin(record.data[this.props.name]));
        onWillUnmount(() => clearInterval(this.timer));
    }

    begin(seconds) {
        clearInterval(this.timer);
        this.endsAt = performance.now() + seconds * 1000;
        this.state.left = Math.ceil(seconds);
        if (seconds > 0) {
            this.timer = setInterval(() => this.tick(), TICK_MS);
        }
    }

    async tick() {
        const left = (this.endsAt - performance.now()) / 1000;
        this.state.left = Math.max(0, Math.ceil(left));
        if (left > 0) {
            return;
        }
        clearInterval(this.timer);
        const { record } = this.props;
        if (!(await record.isDirty())) {
            await record.load();
        }
    }
}

registry.category("fields").add("bulk_mailing_countdown", {
    component: CountdownField,
    supportedTypes: ["float", "integer"],
});
