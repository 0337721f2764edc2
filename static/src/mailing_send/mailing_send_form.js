import { onPatched, reactive, status } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { evaluateExpr } from "@web/core/py_js/py";
import { useService } from "@web/core/utils/hooks";
import { FormController } from "@web/views/form/form_controller";
import { formView } from "@web/views/form/form_view";

const MAILING = "mailing.mailing";
const WAYS_TO_CHECKS = { audience: ["action_next"], checks: ["action_check_again"] };
const GO_TO = "action_go_to"; // a finding's: where it leads is another place in the steps, or out of them

/**
 * The four steps stay in one dialog: a button saves, runs and reads the record again, instead of opening a new dialog
 * for every step. What the methods return is for callers without this screen.
 */
export class MailingSendFormController extends FormController {
    setup() {
        super.setup();
        this.orm = useService("orm");
        this.action = useService("action");
        this.model.work = reactive({ words: "", done: 0, total: 0 }); // told by MailingSendWork
        onPatched(() => this.unfold());
    }

    /** Open the folded part that the last button's context named, once it is on the screen. */
    unfold() {
        const part =
            this.toUnfold && this.rootRef.el?.querySelector(`details[name=${this.toUnfold}]`);
        if (part) {
            part.open = true;
            this.toUnfold = null;
        }
    }

    async beforeExecuteActionButton(clickParams) {
        const mayContinue = await super.beforeExecuteActionButton(clickParams);
        if (clickParams.type !== "object" || mayContinue === false || clickParams.name === GO_TO) {
            return mayContinue;
        }
        try {
            return await this.run(clickParams);
        } finally {
            this.tell("");
        }
    }

    /** Call the button's method, and go where it leads. */
    async run(clickParams) {
        const { resModel, resId, context, evalContext } = this.model.root;
        if (!(await this.copyPictures(clickParams))) {
            return false;
        }
        const ownContext = evaluateExpr(clickParams.context || "{}", evalContext);
        const result = await this.orm.call(resModel, clickParams.name, [[resId]], {
            context: { ...context, ...ownContext },
        });
        if (["action_send", "action_request"].includes(clickParams.name)) {
            // closing lets the mailing's form below read itself again
            await this.action.doAction({ type: "ir.actions.act_window_close" });
        } else if (result?.res_model && result.res_model !== resModel) {
            await this.action.doAction(result); // another page: the steps go on afterwards where they were
        } else {
            this.toUnfold = ownContext.unfold;
            await this.model.root.load();
        }
        return false;
    }

    /** On the way to the checks: pictures from elsewhere, some at a time; false where the dialog was left meanwhile. */
    async copyPictures({ name }) {
        const { step, mailing_id, host_external_images } = this.model.root.data;
        if (!WAYS_TO_CHECKS[step]?.includes(name)) {
            return true;
        }
        if (host_external_images) {
            this.tell(_t("Copying pictures…"));
            this.letLeave();
        }
        let before = -1;
        let progress = { done: 0, total: Number(host_external_images) };
        while (before < progress.done && progress.done < progress.total) {
            before = progress.done;
            progress = await this.orm.call(MAILING, "copy_next_pictures", [[mailing_id.id]]);
            this.tell(_t("Copying pictures: %(done)s of %(total)s", progress), progress);
            if (status(this) === "destroyed") {
                return false;
            }
        }
        this.tell(_t("Checking the mailing…"));
        return true;
    }

    /** Odoo disables all buttons of a dialog that is busy; who goes finds what has been copied when they come back. */
    letLeave() {
        const dialog = this.rootRef.el.closest(".modal");
        for (const button of dialog.querySelectorAll(".btn-close, button[special=cancel]")) {
            button.disabled = false;
        }
    }

    tell(words, { done, total } = { done: 0, total: 0 }) {
        Object.assign(this.model.work, { words, done, total });
    }
}

registry.category("views").add("mailing_send_form", {
    ...formView,
    Controller: MailingSendFormController,
});
