"""The addresses from which a mailing came back."""

from odoo import fields, models

from .groups import SENDER_GROUP


class MailingMailing(models.Model):
    _inherit = "mailing.mailing"

    bounced_address_count = fields.Integer(
        "Bounced addresses", compute="_compute_bounced_address_count", groups=SENDER_GROUP
    )

    def _compute_bounced_address_count(self):
        groups = self.env["mailing.bounce"]._read_group(
            [("mailing_id", "in", self.ids)], ["mailing_id"], ["address_id:count_distinct"]
        )
        counts = {mailing.id: count for mailing, count in groups}
        for mailing in self:
            mailing.bounced_address_count = counts.get(mailing._origin.id, 0)

    def action_view_bounced_addresses(self):
        """The list of blocked addresses, with those of this mailing alone, blocked or not."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("bulk_mailing.mailing_address_action")
        name = self.env._("Bounced: %(mailing)s", mailing=self.display_name)
        return action | {
            "name": name,
            "display_name": name,
            "domain": [("bounce_ids.mailing_id", "=", self.id)],
            "context": {"create": False, "bounced_mailing_id": self.id},
        }
