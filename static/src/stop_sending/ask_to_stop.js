import { _t } from "@web/core/l10n/translation";
import { ConfirmationDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { registry } from "@web/core/registry";

/** Ask once more, with the numbers that the server has just counted. */
function askToStop({ services }, { params }) {
    services.dialog.add(ConfirmationDialog, {
        title: params.title,
        body: params.body,
        confirmLabel: _t("Stop"),
        confirmClass: "btn-danger",
        confirm: async () => {
            await services.orm.call("mailing.mailing", "action_stop", [[params.mailing_id]]);
            await services.action.doAction("soft_reload");
        },
        cancelLabel: _t("Not yet"),
        cancel: () => {},
    });
}

registry.category("actions").add("bulk_mailing_ask_to_stop", askToStop);
