import { Component, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

/** What the steps are busy with, and how far that is. */
export class MailingSendWork extends Component {
    static template = "bulk_mailing.MailingSendWork";
    static props = { ...standardWidgetProps };

    setup() {
        this.work = useState(this.props.record.model.work);
    }

    get width() {
        return `width: ${(100 * this.work.done) / this.work.total}%`;
    }
}

registry.category("view_widgets").add("bulk_mailing_send_work", { component: MailingSendWork });
