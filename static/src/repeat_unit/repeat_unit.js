import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { SelectionField, selectionField } from "@web/views/fields/selection/selection_field";

/** Days, weeks or months after a number: every 1 week, every 2 weeks. */
export class RepeatUnit extends SelectionField {
    get options() {
        const options = super.options;
        if (this.props.record.data.repeat_interval !== 1) {
            return options;
        }
        const one = { days: _t("day"), weeks: _t("week"), months: _t("month") };
        return options.map(([value, label]) => [value, one[value] ?? label]);
    }
}

registry.category("fields").add("bulk_mailing_repeat_unit", {
    ...selectionField,
    component: RepeatUnit,
});
