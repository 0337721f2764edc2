import { patch } from "@web/core/utils/patch";
import { Form } from "@website/snippets/s_website_form/form";

patch(Form.prototype, {
    /** An address that is not taken is marked, and the sentence that says why stands beneath it. */
    checkErrorFields(errorFields) {
        const isValid = super.checkErrorFields(...arguments);
        for (const [name, sentence] of Object.entries(errorFields)) {
            const inputEl = this.el.querySelector(`[name="${CSS.escape(name)}"]`);
            if (inputEl && typeof sentence === "string") {
                inputEl.classList.add("is-invalid");
                this.updateStatusInline(sentence, inputEl);
            }
        }
        return isValid;
    },
});
