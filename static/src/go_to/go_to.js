import { registry } from "@web/core/registry";

const MODEL = "mailing.mailing";
const STEPS = ".modal .o_mailing_send";
const FORM = ".o_action_manager .o_form_view";
const LONGEST_WAIT = 20_000; // milliseconds; a designer takes its time
const TO_FOCUS = "input, textarea, select, [contenteditable=true], iframe, button, [tabindex]";

/** What `find` finds, as soon as it is on the page; null where it does not come. */
function waitFor(find) {
    return new Promise((resolve) => {
        const end = (found) => {
            observer.disconnect();
            clearTimeout(timer);
            resolve(found);
        };
        const look = () => {
            const found = find();
            if (found) {
                end(found);
            }
        };
        const observer = new MutationObserver(look);
        const timer = setTimeout(() => end(null), LONGEST_WAIT);
        observer.observe(document.body, { childList: true, subtree: true });
        look();
    });
}

/** Bring the first of the fields that is there into view, unfolded, and the cursor into it. */
async function showField(place, names) {
    const look = (name) => document.querySelector(`${place} .o_field_widget[name="${name}"]`);
    const field = await waitFor(() => names.map(look).find(Boolean));
    if (!field) {
        return;
    }
    const folded = field.closest("details");
    if (folded) {
        folded.open = true;
    }
    field.scrollIntoView({ block: "center" });
    field.querySelector(TO_FOCUS)?.focus({ preventScroll: true });
    field.classList.add("o_mailing_go_to");
    field.addEventListener("animationend", () => field.classList.remove("o_mailing_go_to"));
}

async function showForm({ services }, { mailing_id, form }) {
    const { action } = services;
    if (document.querySelector(STEPS)) {
        await action.doAction({ type: "ir.actions.act_window_close" });
    }
    const { props, currentState } = action.currentController ?? {};
    const isThere = props?.resModel === MODEL && props.type === "form";
    if (!isThere || currentState?.resId !== mailing_id) {
        await action.doAction({
            type: "ir.actions.act_window",
            res_model: MODEL,
            res_id: mailing_id,
            views: [[form, "form"]],
        });
    }
}

/** Lead to where something is changed: in the four steps that are open, or on a page of the mailing's form. */
async function goTo(env, { params }, { onClose }) {
    if (params.in_steps) {
        await onClose?.(); // the steps read themselves again, and stand at another one
        return showField(STEPS, params.fields);
    }
    await showForm(env, params);
    if (params.page) {
        const tab = await waitFor(() =>
            document.querySelector(`${FORM} .nav-link[name="${params.page}"]`)
        );
        tab?.click();
    }
    return showField(FORM, params.fields);
}

registry.category("actions").add("bulk_mailing.go_to", goTo);
