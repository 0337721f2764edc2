/** Steps that more than one tour takes through the four steps. */

export const ACCEPT_TERMS = {
    content: "Accept the terms",
    trigger: ".modal .o_mailing_send [name=terms_accepted] input",
    run: "click",
};

export const SOMEBODY_GETS_IT = {
    content: "Who gets it",
    trigger: ".o_mailing_send [name=audience]:contains('will get it')",
};

/** Press "Next". */
export function next(content) {
    return { content, trigger: ".modal footer button[name=action_next]", run: "click" };
}
