"""The dialog before addresses are deleted from the database: what goes, and what stays."""

from odoo import api, fields, models


class MailingAddressDeletion(models.TransientModel):
    _name = "mailing.address.deletion"
    _description = "Delete Addresses"

    address_ids = fields.Many2many("mailing.address", readonly=True)
    address_count = fields.Integer("Addresses", compute="_compute_counts")
    on_records = fields.Char("They are on", compute="_compute_counts")
    kept_count = fields.Integer("Records that you may not change", compute="_compute_counts")
    is_all_kept = fields.Boolean("All of them are kept", compute="_compute_counts")
    excluded_count = fields.Integer("On the exclusion list", compute="_compute_counts")

    @api.depends("address_ids")
    def _compute_counts(self):
        for deletion in self:
            addresses = deletion.address_ids
            carriers = addresses._carriers()
            deletion.address_count = len(addresses)
            deletion.on_records = deletion._words(carriers)
            deletion.kept_count = carriers.total() - sum(map(len, addresses._writable_carriers()))
            is_none_cleared = 0 < deletion.kept_count == carriers.total()
            # what nobody uses goes all the same
            deletion.is_all_kept = is_none_cleared and not addresses - addresses._in_use()
            deletion.excluded_count = self.env["mail.blacklist"].search_count(
                [("email", "in", list(addresses._spelled()))]
            )

    def action_delete(self):
        """Delete them, and tell what was kept."""
        self.ensure_one()
        addresses = self.address_ids
        addresses._check_may_act()
        excluded = self.excluded_count
        changed, kept, in_use = addresses._delete_everywhere()
        told = [self.env._("Deleted from %(records)s.", records=self._words(changed) or self.env._("no record"))]
        if kept:
            told.append(self.env._("Kept, because you may not change it: %(records)s.", records=self._words(kept)))
        if in_use:
            told.append(self.env._("Still known here, because they are in use: %(count)d.", count=in_use))
        if excluded:
            told.append(self.env._("Still on the exclusion list, which keeps their wish: %(count)d.", count=excluded))
        action = addresses._tell(" ".join(told), is_sticky=bool(kept or in_use or excluded))
        if self.env.context.get("on_its_page") and not addresses.exists():
            action["params"]["next"] = self._to_the_list()
        return action

    def _to_the_list(self):
        """The page of an address that is gone cannot be loaded anew."""
        action = self.env["ir.actions.act_window"]._for_xml_id("bulk_mailing.mailing_address_action")
        return action | {"target": "main"}

    def _words(self, counts):
        return self.env["mailing.address"]._in_words(counts)
