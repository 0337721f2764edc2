import { onMounted, onWillUnmount } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { CharField, charField } from "@web/views/fields/char/char_field";

const AGAIN_MS = 3000;

/** How far the checking of a list's addresses is; looks again while it runs. */
export class AddressCheck extends CharField {
    setup() {
        super.setup();
        onMounted(() => {
            this.timer = setInterval(() => this.look(), AGAIN_MS);
        });
        onWillUnmount(() => clearInterval(this.timer));
    }

    async look() {
        const { record } = this.props;
        // what somebody is changing is not thrown away
        if (record.data.address_check === "running" && !(await record.isDirty())) {
            await record.load();
        }
    }
}

registry
    .category("fields")
    .add("bulk_mailing_address_check", { ...charField, component: AddressCheck });
