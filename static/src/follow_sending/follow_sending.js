import { Component, onMounted, onWillUnmount } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

const PAUSE_MS = 3000;

/** Keeps the numbers of a mailing on its way up to date, as long as somebody looks and changes nothing. */
export class FollowSending extends Component {
    static template = "bulk_mailing.FollowSending";
    static props = standardWidgetProps;

    setup() {
        onMounted(() => {
            this.timer = setInterval(() => this.refresh(), PAUSE_MS);
        });
        onWillUnmount(() => clearInterval(this.timer));
    }

    get isMoving() {
        const { state, flight_state, schedule_type, next_departure_is_past } =
            this.props.record.data;
        const isDeparting =
            state === "in_queue" && (schedule_type === "now" || next_departure_is_past);
        // also when paused or stopped: what is on the wire still finishes
        return state === "sending" || (isDeparting && flight_state !== "paused");
    }

    async refresh() {
        const { record } = this.props;
        if (this.isMoving && record.resId && !document.hidden && !(await record.isDirty())) {
            await record.load();
        }
    }
}

registry.category("view_widgets").add("bulk_mailing_follow_sending", {
    component: FollowSending,
    fieldDependencies: [
        { name: "state", type: "selection" },
        { name: "flight_state", type: "selection" },
        { name: "schedule_type", type: "selection" },
        { name: "next_departure_is_past", type: "boolean" },
    ],
});
