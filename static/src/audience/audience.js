import { Component, onWillUnmount, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { useRecordObserver } from "@web/model/relational_model/utils";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

/** How many get a mailing and how many do not; counted after the form is there, for of a million it takes seconds. */
export class Audience extends Component {
    static template = "bulk_mailing.Audience";
    static props = { ...standardWidgetProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({ count: null });
        useRecordObserver((record) => this.count(record.resId, record.data.write_date));
        onWillUnmount(() => {
            this.asked = null;
        });
    }

    /** Count as the mailing is saved; an answer that comes late is not shown. */
    async count(id, written) {
        const asked = `${id} ${written}`;
        if (!id || asked === this.asked) {
            return;
        }
        this.asked = asked;
        const count = await this.orm.silent.call("mailing.mailing", "count_audience", [id]);
        if (asked === this.asked) {
            this.state.count = count;
        }
    }

    async show() {
        const { record } = this.props;
        if (await record.save()) {
            const action = await this.orm.call("mailing.mailing", "action_view_audience", [
                record.resId,
            ]);
            this.action.doAction(action);
        }
    }
}

registry.category("view_widgets").add("bulk_mailing_audience", {
    component: Audience,
    fieldDependencies: [{ name: "write_date", type: "datetime" }],
    label: _t("Who gets it"),
});
