"""Who did what to a mailing, when, and to how many. Written by the server, kept for ever."""

from odoo import api, fields, models
from odoo.exceptions import UserError


class MailingEvent(models.Model):
    _name = "mailing.event"
    _description = "What Happened to a Mailing"
    _order = "happened_at desc, id desc"
    _rec_name = "kind"

    happened_at = fields.Datetime("When", required=True, readonly=True, default=fields.Datetime.now, index=True)
    user_id = fields.Many2one("res.users", "Who", required=True, readonly=True, ondelete="restrict", index=True)
    kind = fields.Selection(
        [
            ("prepared", "Prepared"),
            ("requested", "Requested"),
            ("withdrawn", "Request withdrawn"),
            ("approved", "Approved"),
            ("rejected", "Rejected"),
            ("sent", "Given for sending"),
            ("taken_back", "Taken back"),
            ("paused", "Paused"),
            ("resumed", "Resumed"),
            ("stopped", "Stopped"),
            ("finished", "Finished"),
            ("sent_again", "Sent again"),
            ("counted_as_sent", "Counted as sent"),
            ("series_started", "Periodic sending started"),
            ("series_changed", "Dates changed"),
            ("series_paused", "Periodic sending paused"),
            ("series_stopped", "Periodic sending stopped"),
            ("series_finished", "Last date sent"),
            ("date_held", "Date held"),
            ("date_skipped", "Date skipped"),
        ],
        "What",
        required=True,
        readonly=True,
    )
    count = fields.Integer("How many", readonly=True, help="Asked for, or mailed so far.")
    note = fields.Text("Why", readonly=True)
    # the mailing may be deleted, what happened to it may not
    mailing_id = fields.Many2one("mailing.mailing", readonly=True, ondelete="set null", index=True)
    mailing_subject = fields.Char("Subject then", readonly=True)

    def write(self, vals):
        if self:
            raise UserError(self.env._("What happened to a mailing cannot be changed."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("What happened to a mailing is kept for ever."))

    @api.model
    def _record(self, mailing, kind, count=0, note=False):
        """Keep that the current user did this; the system is OdooBot."""
        return self.sudo().create(  # sudo: nobody writes events by hand
            {
                "user_id": self.env.uid,
                "kind": kind,
                "count": count,
                "note": note,
                "mailing_id": mailing.id,
                "mailing_subject": mailing.subject,
            }
        )
