"""Odoo's incoming mail servers: a mail that cannot be taken yet stays as new as it was, for their next look."""

from collections.abc import Callable
from functools import partial

from odoo import models

LOOK = "bulk_mailing_look"


class Look:
    """What is known of the mail that is being processed, between `message_process` and the mailbox."""

    def __init__(self):
        self.is_put_off = False

    def finish(self, mark: Callable, number) -> None:
        """Let stock mark the mail as read (IMAP), or delete it (POP), if its fate is known."""
        if not self.is_put_off:
            mark(number)
        self.is_put_off = False


class FetchmailServer(models.Model):
    _inherit = "fetchmail.server"

    def _fetch_mail(self, *args, **kwargs):
        """Stock rolls back what a mail has changed and goes on to the next; only its mark would then be false."""
        looking = self.with_context(**{LOOK: Look()})
        return super(FetchmailServer, looking)._fetch_mail(*args, **kwargs)

    def _connect__(self, *args, **kwargs):
        """Stock marks each mail, right after it was processed, through the connection: there is no other hook."""
        connection = super()._connect__(*args, **kwargs)
        if look := self.env.context.get(LOOK):
            connection.handled_message = partial(look.finish, connection.handled_message)
        return connection
