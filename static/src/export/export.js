import { Component, useState } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { download } from "@web/core/network/download";
import { registry } from "@web/core/registry";

/** Asks which kind of file; Odoo's own export makes it. */
export class ExportDialog extends Component {
    static template = "bulk_mailing.ExportDialog";
    static components = { Dialog };
    static props = { params: Object, close: Function };

    setup() {
        this.state = useState({ format: "xlsx", isBusy: false });
    }

    async export() {
        this.state.isBusy = true;
        try {
            const asked = { ...this.props.params, domain: [], groupby: [], import_compat: false };
            await download({
                url: `/web/export/${this.state.format}`,
                data: { data: JSON.stringify(asked) },
            });
            this.props.close();
        } finally {
            this.state.isBusy = false;
        }
    }
}

registry.category("actions").add("bulk_mailing_export", ({ services }, { params }) => {
    services.dialog.add(ExportDialog, { params });
});
