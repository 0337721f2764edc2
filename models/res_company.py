"""What holds for all bulk mail of a company; written through `mailing.settings`."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import email_normalize

LONGEST_UNDO_SECONDS = 600
LONGEST_DAYS = 14


class ResCompany(models.Model):
    _inherit = "res.company"

    bulk_max_per_connection = fields.Integer(
        "E-mails per SMTP connection",
        default=100,
        required=True,
        help="The most e-mails that all SMTP threads together send before they open new connections. "
        "The threads share the number: 100 with 5 threads is 20 for each connection. "
        "A high value loads the mail server.",
    )
    bulk_smtp_threads = fields.Integer(
        "SMTP threads",
        default=5,
        required=True,
        help="How many connections send at the same time. A high value loads the mail server.",
    )
    bulk_undo_seconds = fields.Integer(
        "Seconds to undo",
        default=10,
        required=True,
        help="How long somebody who presses “Send” can still take it back. Nobody is mailed before. 0: at once.",
    )
    bulk_give_up_days = fields.Integer(
        "Days to try again",
        default=3,
        required=True,
        help="Who is told “later” by the recipient's mail server is tried again for so many days, "
        "and has then failed, softly.",
    )
    bulk_default_from = fields.Char(
        "Default From address",
        help="New mailings begin with this address. A mailing whose outgoing server belongs to one mailbox "
        "begins with the address of that mailbox.",
    )

    bulk_four_eyes = fields.Boolean(
        "Four eyes",
        help="Every mailing is requested, and approved by somebody who has neither prepared nor requested it.",
    )
    bulk_growth_percent = fields.Integer(
        "Growth that warns (%)",
        default=10,
        required=True,
        help="Who approves a mailing is warned when so many more people would get it than when it was requested.",
    )

    _bulk_growth_is_not_negative = models.Constraint(
        "CHECK (bulk_growth_percent >= 0)", "Give 0 or more percent of growth; 10 is usual."
    )

    @api.constrains("bulk_max_per_connection")
    def _check_bulk_max_per_connection(self):
        if any(company.bulk_max_per_connection < 1 for company in self):
            raise ValidationError(self.env._("Send at least 1 e-mail per SMTP connection; 100 is usual."))

    @api.constrains("bulk_smtp_threads")
    def _check_bulk_smtp_threads(self):
        if any(company.bulk_smtp_threads < 1 for company in self):
            raise ValidationError(self.env._("Use at least 1 SMTP thread; 5 is usual."))

    @api.constrains("bulk_undo_seconds")
    def _check_bulk_undo_seconds(self):
        if any(not 0 <= company.bulk_undo_seconds <= LONGEST_UNDO_SECONDS for company in self):
            raise ValidationError(
                self.env._(
                    "Give 0 to %(longest)d seconds to undo a sending; 10 is usual.", longest=LONGEST_UNDO_SECONDS
                )
            )

    @api.constrains("bulk_give_up_days")
    def _check_bulk_give_up_days(self):
        if any(not 1 <= company.bulk_give_up_days <= LONGEST_DAYS for company in self):
            raise ValidationError(
                self.env._("Give 1 to %(longest)d days to try again; 3 is usual.", longest=LONGEST_DAYS)
            )

    @api.constrains("bulk_default_from")
    def _check_bulk_default_from(self):
        for company in self:
            problem = company._bulk_default_from_problem(company.bulk_default_from)
            if problem:
                raise ValidationError(problem)

    def _bulk_default_from_problem(self, default_from):
        """The sentence that says what is wrong with a default From address, or an empty string."""
        self.ensure_one()
        if not default_from:
            return ""
        if not email_normalize(default_from):
            return self.env._(
                "“%(address)s” is not one e-mail address. Write it as news@example.com or News <news@example.com>.",
                address=default_from,
            )
        if self._is_known_sender_address(default_from):
            return ""
        return self.env._(
            "%(address)s is not known here, so mail from it may be refused. Take the address of a mailbox that Odoo "
            "fetches, of a mail alias, or of an outgoing mail server, or ask your administrator to add it.",
            address=email_normalize(default_from),
        )

    def _is_known_sender_address(self, address):
        """S7: whether an address is a mailbox or alias of ours, or one that an outgoing server is set up for."""
        self.ensure_one()
        email = email_normalize(address)
        return email in self._known_sender_addresses() or self._has_server_for(email)

    def _known_sender_addresses(self):
        """Full addresses, normalised, that are ours for certain."""
        self.ensure_one()
        fetched = self.env["fetchmail.server"].sudo().search([("user", "like", "@")]).mapped("user")
        aliases = self.env["mail.alias"].sudo().search([("alias_full_name", "like", "@")]).mapped("alias_full_name")
        domain = self.sudo().alias_domain_id
        servers = self._shared_mail_servers()
        listed = [part for server in servers for part in (server.from_filter or "").split(",")]
        # not the bounce and catch-all addresses: only machines read them
        candidates = fetched + aliases + [domain.default_from_email] + servers.mapped("smtp_user") + listed
        return {email for email in (email_normalize(candidate or "") for candidate in candidates) if email}

    def _has_server_for(self, email):
        """Whether an outgoing server names the address or its domain. One without filter says nothing about it."""
        servers = self._shared_mail_servers().filtered("from_filter")
        return any(server._match_from_filter(email, server.from_filter) for server in servers)

    def _shared_mail_servers(self):
        """Outgoing servers that belong to nobody in person."""
        return self.env["ir.mail_server"].sudo().search([("owner_user_id", "=", False)])
