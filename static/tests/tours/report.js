import { registry } from "@web/core/registry";
import { ACCEPT_TERMS, SOMEBODY_GETS_IT, next } from "./steps";

const CHECKS = ".modal .o_mailing_send [name=checks]";
const finding = (words) => `.o_kanban_record:contains('${words}')`;
const goTo = (place, words) => ({
    content: `To where “${words}” is mended`,
    trigger: `${place} ${finding(words)} button[name=action_go_to]`,
    run: "click",
});

/** What the checks found is mended: an option in its step, the sender on the form; the form's report tells it all. */
registry.category("web_tour.tours").add("bulk_mailing_go_to_it", {
    steps: () => [
        {
            content: "The report",
            trigger: ".o_notebook .nav-link[name=bulk_report]",
            run: "click",
        },
        {
            content: "There is none yet",
            trigger: ".o_notebook .tab-pane:contains('Not checked yet')",
        },
        { content: "Open the four steps", trigger: "button[name=action_open_send]", run: "click" },
        ACCEPT_TERMS,
        next("To the audience"),
        SOMEBODY_GETS_IT,
        next("To the checks"),
        {
            content: "Why",
            trigger: `${CHECKS} ${finding("Personalise is off")} details[open]:contains('Everybody gets the same words')`,
        },
        goTo(CHECKS, "Personalise is off"),
        {
            content: "The option is unfolded, and the cursor is in it",
            trigger: ".modal details[name=options][open] [name=personalize] input:focus",
            run: "click",
        },
        next("To the checks"),
        {
            content: "One less",
            trigger: `${CHECKS}:not(:contains('Personalise is off'))`,
        },
        goTo(CHECKS, "address is not valid"),
        {
            content: "The dialog is gone, and the cursor is in the sender",
            trigger: "body:not(:has(.modal)) .o_notebook [name=email_from] input:focus",
            run: "edit nobody at all",
        },
        {
            content: "What was found is on the form",
            trigger: "[name=bulk_findings] button[name=action_view_report]",
            run: "click",
        },
        {
            content: "Who looked when",
            trigger: ".o_notebook .tab-pane:contains('Checked on'):contains('checks passed')",
        },
        goTo(".o_notebook", "address is not valid"),
        {
            content: "The cursor is in the sender",
            trigger: ".o_notebook [name=email_from] input:focus",
            run: "edit news@example.org",
        },
        {
            content: "The report",
            trigger: ".o_notebook .nav-link[name=bulk_report]",
            run: "click",
        },
        {
            content: "Check again",
            trigger: ".o_notebook .tab-pane button[name=action_run_checks]",
            run: "click",
        },
        {
            content: "All is mended",
            trigger: ".o_notebook .tab-pane:contains('nothing to mend')",
        },
    ],
});
