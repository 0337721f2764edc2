import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import {
    ProgressBarField,
    progressBarField,
} from "@web/views/fields/progress_bar/progress_bar_field";

/** A progress bar for a ratio that may not be measured: 0 % would say that nobody opened the mail. */
export class MeasuredRatioField extends Component {
    static template = "bulk_mailing.MeasuredRatioField";
    static components = { ProgressBarField };
    static props = ProgressBarField.props;

    get isMeasured() {
        return this.props.record.data.is_opens_measured;
    }
}

registry.category("fields").add("bulk_mailing_measured_ratio", {
    ...progressBarField,
    component: MeasuredRatioField,
    displayName: _t("Ratio, where it is measured"),
    fieldDependencies: [{ name: "is_opens_measured", type: "boolean" }],
});
