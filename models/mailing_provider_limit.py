"""What a receiving provider lets us send: connections, mails a minute, mails a connection."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..core.addresses import BadAddress
from ..core.pacing.patterns import ANY, names

STATE_FIELDS = ("paused_until", "slowed_rate", "complaint")


class MailingProviderLimit(models.Model):
    _name = "mailing.provider.limit"
    _description = "Limit of a receiving provider"
    _order = "sequence, id"

    name = fields.Char(required=True, help="e.g. Gmail")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True, help="Off: its limits do not hold, and nothing slows it down.")
    domains = fields.Text(
        help="Domains of the addresses, one a line: gmail.com, or *.example.com for all that end so. "
        "A single * means everybody whom no other provider knows.",
    )
    mail_servers = fields.Text(
        help="Names of the servers that receive mail for a domain (its MX records), one a line, e.g. *.google.com. "
        "So companies are found who have their mail at this provider under a domain of their own.",
    )
    connections = fields.Integer(
        "Connections at once", help="The most connections for its recipients, over all lanes together. 0: no limit."
    )
    mails_per_minute = fields.Integer(
        "Mails a minute", help="The most mails to its recipients, over all lanes and mailings together. 0: no limit."
    )
    mails_per_connection = fields.Integer(
        "Mails a connection", help="The most mails on one connection. 0: as set in the bulk mailing settings."
    )

    paused_until = fields.Datetime(compute="_compute_slowdown", help="Its server asked us to slow down.")
    slowed_rate = fields.Integer(
        "Slowed to",
        compute="_compute_slowdown",
        help="Mails a minute after the pause. It rises every five minutes while no new complaint comes. 0: not slowed.",
    )
    complaint = fields.Char("What its server said", compute="_compute_slowdown")

    _limits_are_not_negative = models.Constraint(
        "CHECK (connections >= 0 AND mails_per_minute >= 0 AND mails_per_connection >= 0)",
        "A limit is 0 (no limit) or more.",
    )

    def _compute_slowdown(self):
        """What still holds of the last complaint."""
        paces = self.env["mailing.pace"].sudo()._slowed()
        for provider in self:
            for name in STATE_FIELDS:
                provider[name] = paces.get(provider.id, {}).get(name)

    @api.constrains("domains", "mail_servers")
    def _check_patterns(self):
        for provider in self:
            try:
                names(provider.domains)
                names(provider.mail_servers)
            except BadAddress as error:
                reason = self.env["mailing.mailing"]._translate(error.reason)
                raise ValidationError(
                    self.env._("%(provider)s: %(reason)s.", provider=provider.name, reason=reason)
                ) from error

    def _takes_everybody(self):
        """Whether it stands for whom no other provider knows, who have nothing to do with one another."""
        return ANY in names(self.domains)

    def action_forget_slowdown(self):
        """Let it go as fast as its limits allow, at once."""
        self.check_access("write")
        self.env["mailing.pace"].sudo()._forget_slowdown(self.ids)
        self.invalidate_recordset(STATE_FIELDS)
        self.env["mailing.queue"].sudo()._trigger_lanes()
        return True
