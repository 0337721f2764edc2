import { Component, onMounted, onWillStart, onWillUnmount, useRef, useState } from "@odoo/owl";
import { AutoComplete } from "@web/core/autocomplete/autocomplete";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

const SCREEN_WIDTHS = { desktop: 720, phone: 375 };

/** The message as one recipient gets it, recipient by recipient; nothing in its frame runs or leads anywhere. */
export class MailingPreview extends Component {
    static template = "bulk_mailing.MailingPreview";
    static components = { AutoComplete };
    static props = { mailingId: Number };

    setup() {
        this.orm = useService("orm");
        this.keepLast = new KeepLast();
        this.room = useRef("room");
        this.state = useState({
            recipients: [],
            hasMore: false,
            obstacle: "",
            index: 0,
            message: null,
            isReading: false,
            screen: "desktop",
            colours: "light",
            part: "html",
            room: SCREEN_WIDTHS.desktop,
        });
        onWillStart(async () => {
            const { recipients, has_more, obstacle } = await this.call("find_preview_recipients");
            Object.assign(this.state, { recipients, hasMore: has_more, obstacle });
            await this.read();
        });
        const observer = new ResizeObserver(() => this.measure());
        onMounted(() => observer.observe(this.room.el));
        onWillUnmount(() => observer.disconnect());
    }

    call(method, ...args) {
        return this.orm.call("mailing.mailing", method, [[this.props.mailingId], ...args]);
    }

    measure() {
        this.state.room = this.room.el?.clientWidth || SCREEN_WIDTHS.desktop;
    }

    // ------------------------------------------------------------
    // The recipient
    // ------------------------------------------------------------

    get recipient() {
        return this.state.recipients[this.state.index];
    }

    get place() {
        const { index, recipients, hasMore } = this.state;
        const values = { number: index + 1, count: recipients.length };
        return hasMore
            ? _t("%(number)s of the first %(count)s", values)
            : _t("%(number)s of %(count)s", values);
    }

    get sources() {
        return [
            {
                placeholder: _t("Searching…"),
                options: async (term) => {
                    const { recipients } = await this.call("find_preview_recipients", term);
                    return recipients.map((recipient) => ({
                        label: `${recipient.name} <${recipient.email}>`,
                        onSelect: () => this.choose(recipient),
                    }));
                },
            },
        ];
    }

    choose(recipient) {
        const { recipients } = this.state;
        let index = recipients.findIndex(({ id }) => id === recipient.id);
        if (index < 0) {
            index = recipients.push(recipient) - 1;
        }
        return this.go(index);
    }

    go(index) {
        this.state.index = index;
        return this.read();
    }

    async read() {
        if (!this.recipient) {
            return;
        }
        this.state.isReading = true;
        this.state.message = await this.keepLast.add(this.call("read_preview", this.recipient.id));
        this.state.isReading = false;
        if (!this.parts.some(([part]) => part === this.state.part)) {
            this.state.part = this.parts[0]?.[0] || "html";
        }
    }

    // ------------------------------------------------------------
    // How it is shown
    // ------------------------------------------------------------

    get parts() {
        const { message } = this.state;
        const parts = [
            ["html", _t("HTML"), message.light],
            ["text", _t("Text"), message.text],
            ["headers", _t("Headers"), message.headers],
        ];
        return parts.filter(([, , content]) => content);
    }

    get screens() {
        return [
            ["desktop", _t("Desktop")],
            ["phone", _t("Phone")],
        ];
    }

    get colours() {
        return [
            ["light", _t("Light")],
            ["dark", _t("Dark")],
        ];
    }

    get page() {
        return this.state.message[this.state.colours];
    }

    /** A desktop is wider than the room beside the overview: it is shown smaller. */
    get frameStyle() {
        const width = SCREEN_WIDTHS[this.state.screen];
        const scale = Math.min(1, this.state.room / width);
        return `width: ${width}px; height: ${100 / scale}%; transform: scale(${scale})`;
    }
}

/** In a dialog of its own. */
export class MailingPreviewAction extends Component {
    static template = "bulk_mailing.MailingPreviewAction";
    static components = { MailingPreview };
    static props = { ...standardActionServiceProps };
}

/** Beside the overview of the four steps. */
export class MailingPreviewWidget extends Component {
    static template = "bulk_mailing.MailingPreviewWidget";
    static components = { MailingPreview };
    static props = { ...standardWidgetProps };
}

registry.category("actions").add("bulk_mailing.preview", MailingPreviewAction);
registry.category("view_widgets").add("bulk_mailing_preview", { component: MailingPreviewWidget });
