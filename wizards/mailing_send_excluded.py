"""Who will not get it, and why: a look before sending."""

from odoo import fields, models

MAX_SHOWN = 1000


class MailingSendExcluded(models.TransientModel):
    _name = "mailing.send.excluded"
    _description = "Recipient That Will Be Left Out"
    _order = "reason, id"

    send_id = fields.Many2one("mailing.send", required=True, ondelete="cascade")
    name = fields.Char("Who")
    email = fields.Char("Address")
    reason = fields.Char("Why not")


class MailingSend(models.TransientModel):
    _inherit = "mailing.send"

    excluded_ids = fields.One2many("mailing.send.excluded", "send_id", readonly=True)

    def action_show_excluded(self):
        """List the first of those who will not get it, with the reason."""
        self.excluded_ids.sudo().unlink()
        rows = self.mailing_id._list_excluded(limit=MAX_SHOWN)
        self.env["mailing.send.excluded"].sudo().create([{**row, "send_id": self.id} for row in rows])
        return self._reopen()

    def _reopen(self):
        action = super()._reopen()
        if self.step == "audience" and self._is_excluded_cut():
            action["name"] = self._title_of_cut(action["name"])
        return action

    def _is_excluded_cut(self):
        return MAX_SHOWN <= len(self.excluded_ids) < self.excluded_count

    def _title_of_cut(self, title):
        return self.env._(
            "%(title)s: the first %(shown)s of %(count)s who will not get it",
            title=title,
            shown=self.mailing_id._formatted(len(self.excluded_ids)),
            count=self.mailing_id._formatted(self.excluded_count),
        )

    def action_hide_excluded(self):
        """Put the list away."""
        self.excluded_ids.sudo().unlink()
        return self._reopen()
