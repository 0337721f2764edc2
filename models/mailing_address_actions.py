"""What can be done with addresses that were chosen in a list; each asks for the right itself."""

from odoo import models
from odoo.exceptions import UserError


class MailingAddress(models.Model):
    _inherit = "mailing.address"

    def action_add_to_list(self):
        """Ask to which mailing list."""
        return self._ask("mailing.address.to.list", self.env._("Add to a mailing list"))

    def action_delete(self):
        """Show what would go and what would stay, and ask."""
        return self._ask("mailing.address.deletion", self.env._("Delete addresses from the database"))

    def action_correct(self):
        """Ask for the right address."""
        self.ensure_one()
        self._check_may_act()
        self._check_is_carried()
        return self._ask("mailing.address.correction", self.env._("Correct the address"))

    def action_set_former_employee(self):
        """The people who have these addresses work there no more: they are kept, and mailed no more."""
        self._check_may_act()
        people = self._carriers_among_people()
        people._filtered_access("write").is_former_employee = True
        done = people.filtered("is_former_employee")
        unknown = self.filtered(lambda address: not set(done.mapped("email_normalized")) & set(address._spelled()))
        told = self.env._("Former employees now: %(count)d.", count=len(done))
        if unknown:
            told += " " + self.env._(
                "No person among the contacts, whom you may change, has: %(addresses)s.",
                addresses=", ".join(unknown.mapped("display_name")),
            )
        return self._tell(told, is_sticky=bool(unknown))

    def action_view_chart(self):
        """Why mails came back, as a chart: of these addresses, else of the mailing whose list it is, else of all."""
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("bulk_mailing.mailing_bounce_action")
        mailing_id = self.env.context.get("bounced_mailing_id")
        domain = [("address_id", "in", self.ids)] if self else []
        if mailing_id:
            domain.append(("mailing_id", "=", mailing_id))
        return action | {"domain": domain}

    def _carriers_among_people(self):
        """Contacts who are people; a company works nowhere."""
        domain = [("email_normalized", "in", list(self._spelled())), ("is_company", "=", False)]
        return self.env["res.partner"].with_context(active_test=False).search(domain)

    def _check_may_act(self):
        self.env["mailing.mailing"]._check_may_send()
        self.check_access("read")

    def _check_is_carried(self):
        """The list of recipients shows addresses as they were mailed, also those that stand nowhere now."""
        if self._carriers():
            return
        old, new = self.display_name, self.corrected_to
        if new:
            raise UserError(self.env._("%(old)s was corrected to %(new)s already.", old=old, new=new))
        raise UserError(self.env._("No record has %(old)s any more.", old=old))

    def _ask(self, wizard, title):
        self._check_may_act()
        if not self:
            raise UserError(self.env._("Choose at least one address."))
        record = self.env[wizard].create({"address_ids": [(6, 0, self.ids)]})
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": wizard,
            "res_id": record.id,
            "views": [[False, "form"]],
            "target": "new",
            "context": {"on_its_page": self.env.context.get("on_its_page", False)},
        }

    def _tell(self, message, is_sticky=False):
        """Say what was done, and close the dialog if there is one."""
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "message": message,
                "type": "warning" if is_sticky else "success",
                "sticky": is_sticky,
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
