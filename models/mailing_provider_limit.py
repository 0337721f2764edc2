"""What a receiving provider lets us send: connections, mails a minute, mails a connection."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..core.addresses import BadAddress
from ..core.pacing.patterns import ANY, names

PATTERN_FIELDS = {"active", "domains", "mail_servers", "sequence"}
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
        "Slowed to (mails a minute)",
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

    # ------------------------------------------------------------
    # Patterns
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        providers = super().create(vals_list)
        self.env["mailing.provider.domain"].sudo()._name_domains()
        return providers

    def write(self, vals):
        result = super().write(vals)
        if PATTERN_FIELDS & vals.keys():
            self.env["mailing.provider.domain"].sudo()._name_domains()
        if not vals.get("active", True):  # who waits there would wait to the end of its pause
            self.action_forget_slowdown()
        return result

    def unlink(self):
        result = super().unlink()
        self.env["mailing.provider.domain"].sudo()._name_domains()
        return result

    @api.constrains("domains", "mail_servers", "active")
    def _check_patterns(self):
        for provider in self:
            try:
                names(provider.mail_servers)
                provider._check_nobody_else_has(names(provider.domains))
            except BadAddress as error:
                reason = self.env["mailing.mailing"]._translate(error.reason)
                raise ValidationError(
                    self.env._("%(provider)s: %(reason)s.", provider=provider.name, reason=reason)
                ) from error

    def _check_nobody_else_has(self, domains):
        if not self.active:
            return
        for other in self.search([("id", "!=", self.id)]):
            for domain in names(other.domains):
                if domain in domains:
                    raise ValidationError(
                        self.env._("%(domain)s belongs to %(provider)s already.", domain=domain, provider=other.name)
                    )

    def _domain_names(self):
        """The domains it names as they are, without patterns."""
        return [name for name in names(self.domains) if "*" not in name]

    def _domain_patterns(self):
        """Its patterns of domains, but for the one that means everybody."""
        return tuple(name for name in names(self.domains) if name != ANY)

    def _server_patterns(self):
        return names(self.mail_servers)

    def _of_everybody_else(self):
        """Who stands for whom no other provider knows, or none."""
        return self.sudo().search([("domains", "like", ANY)]).filtered(lambda provider: provider._takes_everybody())[:1]

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
