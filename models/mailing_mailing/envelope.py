"""By which server a mailing leaves, and as whom: found as stock finds it, once a mailing."""

from datetime import timedelta
from email.message import EmailMessage
from email.policy import SMTP
from types import SimpleNamespace
from typing import NamedTuple

import psycopg2

from odoo import SUPERUSER_ID, api, models, modules
from odoo.exceptions import UserError
from odoo.tools.mail import email_split_and_format_normalize

from ...adapters.smtp import NotNow
from ...core.retry import RetrySchedule


class Envelope(NamedTuple):
    """Header From as it must be written, envelope sender (ASCII), and the server that takes both."""

    header_from: str
    sender: str
    mail_server_id: int | bool
    smtp_from: str


class SmtpSettings(NamedTuple):
    maximum: int
    threads: int


class MailingMailing(models.Model):
    _inherit = "mailing.mailing"

    def _header_from_and_envelope(self):
        """The From header and the envelope, after `from_filter`, alias domains and encapsulation."""
        self.ensure_one()
        servers = self._mail_servers()
        email_from = next(iter(email_split_and_format_normalize(self.email_from)), self.email_from)
        server, smtp_from = self.mail_server_id.sudo(), email_from
        if not server:
            server, smtp_from = servers._find_mail_server(email_from)
        from_filter = server.from_filter if server else servers._get_default_from_filter()
        # what _connect__ notes on an open connection, and all that _prepare_email_message__ asks of it
        session = SimpleNamespace(from_filter=from_filter, smtp_from=smtp_from)
        try:
            sender, _to, message = servers._prepare_email_message__(self._prototype(email_from), session)
        except AssertionError as error:  # stock's way to say that an address is none
            sentence = self.env._("“%(address)s” cannot be the sender of a mail.", address=self.email_from)
            raise UserError(sentence) from error
        return Envelope(str(message["From"]), sender, server.id if server else False, smtp_from)

    def _prototype(self, email_from):
        """A message with only what decides about the envelope."""
        message = EmailMessage(policy=SMTP)
        message["From"] = email_from
        message["To"] = "recipient@example.org"
        bounce_address = self._alias_domain().bounce_email or self._bulk_company().bounce_email
        if bounce_address:
            message["Return-Path"] = bounce_address
        return message

    def _mail_servers(self):
        """`ir.mail_server` as stock's queue uses it: in the sender's company and its alias domain."""
        servers = self.env["ir.mail_server"].sudo().with_company(self._bulk_company())
        alias_domain = self._alias_domain()
        if not alias_domain:
            return servers
        return servers.with_context(
            domain_notifications_email=alias_domain.default_from_email,
            domain_bounce_address=alias_domain.bounce_email,
        )

    def _alias_domain(self):
        alias_domains = self.env["mail.alias.domain"].sudo()
        return self._bulk_company().sudo().alias_domain_id or alias_domains.search([], limit=1)

    def _connector(self, envelope):
        """A function that opens a connection, for an SMTP thread to call."""
        context, registry = dict(self._mail_servers().env.context), self.env.registry
        options = {"mail_server_id": envelope.mail_server_id, "smtp_from": envelope.smtp_from}
        if modules.module.current_test:
            return lambda: self.env["ir.mail_server"].with_context(**context)._connect__(**options)

        def connect():
            # A cursor belongs to one thread, and this one has none yet
            try:
                with registry.cursor() as cr:
                    env = api.Environment(cr, SUPERUSER_ID, context)
                    return env["ir.mail_server"]._connect__(**options)
            except psycopg2.Error as error:  # our database is in trouble, not the mail server
                raise NotNow from error

        return connect

    def _retry_schedule(self):
        """When its deferred recipients are tried again, and how long."""
        return RetrySchedule(give_up_after=timedelta(days=self._bulk_company().sudo().bulk_give_up_days))

    def _smtp_settings(self):
        """The company's "e-mails per SMTP connection, for all threads" and "SMTP threads"."""
        company = self._bulk_company().sudo()
        return SmtpSettings(company.bulk_max_per_connection, company.bulk_smtp_threads)
