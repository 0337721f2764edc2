import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { MailingProgressBar } from "./progress_bar";
import { useProgress } from "./progress_service";
import { deferred, failed, slowed, speed, timeLeft, waiting } from "./progress_words";

// The other columns are the record's
const RELOAD_MS = 15_000;

/** In lists and on cards: how far a mailing on its way is, as it happens. */
export class MailingProgressField extends Component {
    static template = "bulk_mailing.MailingProgressField";
    static components = { MailingProgressBar };
    static props = standardFieldProps;

    setup() {
        this.loadedAt = Date.now();
        this.told = useProgress(
            () => this.isMoving && this.props.record.resId,
            (progress) => this.keepUp(progress)
        );
    }

    get isMoving() {
        const { data, model } = this.props.record;
        // a list without records shows made-up ones
        return Boolean(data.flight_state) && data.state === "sending" && !model.useSampleModel;
    }

    get progress() {
        return this.isMoving && this.told.progress?.total ? this.told.progress : null;
    }

    get isPaused() {
        return this.props.record.data.flight_state === "paused";
    }

    get isStopped() {
        return this.props.record.data.flight_state === "stopped";
    }

    get speed() {
        return speed(this.progress.per_second);
    }

    get timeLeft() {
        return timeLeft(this.progress);
    }

    /** What the form says in a line each. */
    get details() {
        const { progress } = this;
        const lines = progress.waiting + progress.deferred ? [waiting(progress)] : [];
        if (progress.failed) {
            lines.push(failed(progress));
        }
        if (progress.deferred) {
            lines.push(deferred(progress));
        }
        return [...lines, ...progress.slowed.map(slowed)].join("\n");
    }

    keepUp(progress) {
        const { record } = this.props;
        const hasChanged =
            record.data.state !== progress.state ||
            record.data.flight_state !== progress.flight_state;
        if (hasChanged || Date.now() - this.loadedAt > RELOAD_MS) {
            this.loadedAt = Date.now();
            return record.load();
        }
    }
}

registry.category("fields").add("bulk_mailing_progress", {
    component: MailingProgressField,
    displayName: _t("Progress of a mailing"),
    supportedTypes: ["selection"],
    fieldDependencies: [
        { name: "state", type: "selection" },
        { name: "flight_state", type: "selection" },
    ],
});
