import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";
import { MailingProgressBar } from "./progress_bar";
import { useProgress } from "./progress_service";
import * as words from "./progress_words";

const STATES = ["state", "flight_state", "is_enqueuing"];
// The numbers on the smart buttons are the record's
const RELOAD_MS = 5_000;

/** What happens to a mailing on its way, as it happens; what one types meanwhile stays. */
export class FollowSending extends Component {
    static template = "bulk_mailing.FollowSending";
    static components = { MailingProgressBar };
    static props = standardWidgetProps;

    setup() {
        this.words = words;
        this.loadedAt = Date.now();
        this.told = useProgress(
            () => this.isOurs && this.props.record.resId,
            (progress) => this.keepUp(progress)
        );
    }

    get isOurs() {
        const { send_engine, mailing_type } = this.props.record.data;
        return send_engine === "queue" && mailing_type === "mail";
    }

    get progress() {
        const { state, undo_seconds_left } = this.props.record.data;
        const { progress } = this.told;
        return state === "sending" && !undo_seconds_left && progress?.total ? progress : null;
    }

    get isRunning() {
        return this.progress.flight_state === "running";
    }

    get speed() {
        return words.speed(this.progress.per_second);
    }

    get hasWaiting() {
        const { flight_state, waiting, deferred } = this.progress;
        return flight_state !== "stopped" && waiting + deferred > 0;
    }

    get timeLeft() {
        return words.timeLeft(this.progress);
    }

    /** Read the record again when its state has changed, and now and then; not while somebody types. */
    async keepUp(progress) {
        const { record } = this.props;
        const hasChanged = STATES.some((name) => record.data[name] !== progress[name]);
        const isOld = progress.state === "sending" && Date.now() - this.loadedAt > RELOAD_MS;
        if (!hasChanged && !isOld) {
            return;
        }
        if (record.resId === progress.id && !(await record.isDirty())) {
            this.loadedAt = Date.now();
            await record.load();
        }
    }
}

registry.category("view_widgets").add("bulk_mailing_follow_sending", {
    component: FollowSending,
    fieldDependencies: [
        { name: "state", type: "selection" },
        { name: "flight_state", type: "selection" },
        { name: "is_enqueuing", type: "boolean" },
        { name: "send_engine", type: "selection" },
        { name: "mailing_type", type: "selection" },
        { name: "undo_seconds_left", type: "float" },
    ],
});
