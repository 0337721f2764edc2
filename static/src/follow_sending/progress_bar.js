import { Component } from "@odoo/owl";
import { sent } from "./progress_words";

/** How many of the recipients are settled: green the sent, red the failed; the words beside it say the same. */
export class MailingProgressBar extends Component {
    static template = "bulk_mailing.MailingProgressBar";
    static props = { progress: Object };

    get words() {
        return sent(this.props.progress);
    }

    width(count) {
        const { total } = this.props.progress;
        return `width: ${total ? (100 * count) / total : 0}%`;
    }
}
