"""What a person chooses for a mailing, kept on the mailing."""

from odoo import api, fields, models

from odoo.addons.base.models.res_partner import _tz_get


class MailingMailing(models.Model):
    _inherit = "mailing.mailing"

    send_engine = fields.Selection(
        [("queue", "Bulk queue"), ("classic", "Odoo's own queue")],
        default=lambda self: self._default_send_engine(),
        required=True,
        help="The bulk queue is fast and knows what happened to every recipient. "
        "Odoo's own queue is for mailings that write into each record's conversation.",
    )
    description = fields.Text(help="For your colleagues: what this mailing is for. Recipients do not see it.")
    exclude_duplicates = fields.Boolean(
        "Once per address",
        default=True,
        help="When several records carry the same address, only the oldest of them gets the mail.",
    )
    track_links = fields.Boolean(
        "Count clicks",
        default=True,
        help="Links go through a short address that counts the click. Off: recipients get the links as you wrote them.",
    )
    track_opens = fields.Boolean(
        "Count opens",
        help="Adds an invisible picture to the mail. Off: nothing is measured, and the screens say so.",
    )
    rate_per_minute = fields.Integer(
        "Send speed (mails a minute)",
        help="The most that leave in a minute, over all lanes together. 0: as fast as it goes.",
    )
    send_when = fields.Selection(
        [("now", "Now"), ("later", "Later"), ("periodic", "Again and again")],
        default="now",
        required=True,
        copy=False,
    )
    send_at = fields.Datetime(copy=False, help="When sending begins, if not now.")
    send_timezone = fields.Selection(_tz_get, "Time zone", copy=False, help="On whose clocks that was chosen.")
    sender_user_id = fields.Many2one(
        "res.users",
        "Sent by",
        copy=False,
        readonly=True,
        help="Who finally sent it. Recipients are counted with the rights of this person.",
    )

    _rate_is_not_negative = models.Constraint(
        "CHECK (rate_per_minute >= 0)", "Mails a minute: 0 for no limit, or how many."
    )

    @api.model
    def _default_send_engine(self):
        return self.env["ir.config_parameter"].sudo().get_param("bulk_mailing.default_send_engine") or "queue"

    @api.model
    def _speed_in_words(self, rate_per_minute):
        """The limit, if there is one."""
        if rate_per_minute == 1:
            return self.env._("1 mail a minute")
        return self.env._("%(rate)d mails a minute", rate=rate_per_minute) if rate_per_minute > 0 else ""

    def _uses_queue(self):
        """Whether this mailing leaves through our queue (never so for SMS)."""
        self.ensure_one()
        return self.send_engine == "queue" and self.mailing_type == "mail" and self._queue_can_serve()
