import { onPatched } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { evaluateExpr } from "@web/core/py_js/py";
import { useService } from "@web/core/utils/hooks";
import { FormController } from "@web/views/form/form_controller";
import { formView } from "@web/views/form/form_view";

/**
 * The four steps stay in one dialog: a button saves, runs and reads the record again, instead of opening a new dialog
 * for every step. What the methods return is for callers without this screen.
 */
export class MailingSendFormController extends FormController {
    setup() {
        super.setup();
        this.orm = useService("orm");
        this.action = useService("action");
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
        if (clickParams.type !== "object" || mayContinue === false) {
            return mayContinue;
        }
        const { resModel, resId, context, evalContext } = this.model.root;
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
}

registry.category("views").add("mailing_send_form", {
    ...formView,
    Controller: MailingSendFormController,
});
