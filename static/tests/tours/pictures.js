import { registry } from "@web/core/registry";

const LIST = ".o_notebook [name=picture_ids]";

/** Copying is switched on in step 2; the mailing lists what was copied and what failed, and tries again. */
registry.category("web_tour.tours").add("bulk_mailing_pictures", {
    steps: () => [
        { content: "Send", trigger: "button[name=action_open_send]", run: "click" },
        {
            content: "The terms",
            trigger: ".modal [name=terms_accepted] input",
            run: "check",
        },
        {
            content: "Who and when",
            trigger: ".modal footer button[name=action_next]",
            run: "click",
        },
        {
            content: "Options",
            trigger: ".modal details[name=options] summary",
            run: "click",
        },
        {
            content: "Send pictures along",
            trigger: ".modal [name=embed_images] input",
            run: "check",
        },
        {
            content: "What that means",
            trigger: ".modal :contains('every mail is many times as large')",
        },
        {
            content: "Copy pictures from elsewhere",
            trigger: ".modal [name=host_external_images] input",
            run: "check",
        },
        {
            content: "In a few words",
            trigger:
                ".modal summary:contains('pictures sent along'):contains('from elsewhere copied')",
        },
        { content: "Checks", trigger: ".modal footer button[name=action_next]", run: "click" },
        {
            content: "One could not be copied, and why",
            trigger:
                ".modal .alert-warning:contains('Not all pictures are on our server'):contains('nothing (404)')",
        },
        { content: "Look at it", trigger: ".modal .btn-close", run: "click" },
        {
            content: "The page Pictures",
            trigger: ".o_notebook .nav-link[name=bulk_pictures]",
            run: "click",
        },
        {
            content: "One is here",
            trigger: `${LIST} tr:contains('there.png'):contains('Copied'):contains('PNG, 60 × 40')`,
        },
        {
            content: "The other is not; try again",
            trigger: `${LIST} tr:contains('gone.png'):contains('nothing (404)') button[name=action_try_again]`,
            run: "click",
        },
        {
            content: "It was there again, and all are ours",
            trigger:
                ".o_notebook .tab-pane.active:contains('All pictures of this mailing are on our server')",
        },
        { content: "Both", trigger: `${LIST} tr:contains('gone.png'):contains('Copied')` },
    ],
});

const told = [];

/** Note what the steps are busy with: it is gone again before another step of a tour could look. */
function listen() {
    const note = () => told.push(document.querySelector(".o_mailing_send_work")?.textContent ?? "");
    new MutationObserver(note).observe(document.body, {
        childList: true,
        subtree: true,
        characterData: true,
    });
}

/** Nine pictures, some at a time. */
registry.category("web_tour.tours").add("bulk_mailing_pictures_progress", {
    steps: () => [
        { content: "Send", trigger: "button[name=action_open_send]", run: "click" },
        { content: "The terms", trigger: ".modal [name=terms_accepted] input", run: "check" },
        {
            content: "Who and when",
            trigger: ".modal footer button[name=action_next]",
            run: "click",
        },
        { content: "Who", trigger: ".modal [name=audience]:visible", run: listen },
        { content: "Checks", trigger: ".modal footer button[name=action_next]", run: "click" },
        {
            content: "All are copied, and it was told how far that was",
            trigger: ".modal [name=checks]:contains('checks passed')",
            run: () => {
                if (!told.some((words) => words.includes("Copying pictures: 4 of 9"))) {
                    throw new Error(`Nobody was told how far it is: ${told}`);
                }
            },
        },
        {
            content: "And it is over",
            trigger: ".modal .o_form_view:not(:has(.o_mailing_send_work))",
        },
    ],
});
