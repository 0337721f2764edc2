"""Test mails: what a recipient gets, to a few addresses, at once, by the way that the mailing would go."""

import time

from odoo import models
from odoo.exceptions import UserError

from ...adapters.smtp import Letter, Parcel, Wire
from ...core import sample
from ...core.idn import ascii_address
from ..mailing_queue.outgoing import Outgoing

MOST_SECONDS = 30  # somebody waits before the screen
LAST_SECONDS = 5


class _NoJournal:
    """After a crash nobody needs to know: test mails are sent again by hand."""

    def handing_over(self, trace_id):
        pass

    def answered(self, outcome):
        pass


class MailingMailing(models.Model):
    _inherit = "mailing.mailing"

    def _send_samples(self, res_id, emails):
        """Send what this recipient gets to these addresses instead; for each address what became of it, in words.

        Nothing is counted and nothing is queued. Raises UserError where there is no mail, or no way out.
        """
        self.ensure_one()
        self.env[self.mailing_model_real].browse(res_id).check_access("read")
        outgoing = Outgoing(self.env["mailing.queue"].sudo())  # sudo: a mail server's password, used for who may test
        route = outgoing.route(self.id)
        if not route:
            raise UserError(self._translate(outgoing.troubles[self.id]))
        letters = self._sample_letters(res_id, emails)
        self.env.flush_all()  # what fails in the database does so before a mail has left
        outcomes = _handed_over(letters, route, threaded=not outgoing.queue._is_testing())
        server = self._sample_server()
        return [
            (email, self._translate(sample.told(server, outcome.verdict, outcome.reply, outcome.reason)))
            for email, outcome in zip(emails, outcomes, strict=True)
        ]

    def _sample_letters(self, res_id, emails):
        renderer = self._sample_renderer(subject=self.env._("[TEST] %(subject)s", subject=self.subject or ""))
        rows = [self._sample_row(res_id, email, number) for number, email in enumerate(emails, start=1)]
        makers = renderer.makers(rows)
        letters = []
        for row in rows:
            message = makers[row["trace_id"]]()  # now: what cannot be made is told before anything is sent
            address = ascii_address(row["email"])
            letters.append(Letter(row["trace_id"], address, lambda message=message: message, renderer.needs_stuffing))
        return letters

    def _sample_server(self):
        server = self.env["ir.mail_server"].sudo().browse(self._header_from_and_envelope().mail_server_id or [])
        return server.smtp_host or self.env._("the mail server")


def _handed_over(letters, route, threaded):
    """The outcomes of letters that go out at once, in their order."""
    wire = Wire(1, _NoJournal(), threaded_opening=threaded)
    ends, outcomes = time.monotonic() + MOST_SECONDS, []
    try:
        wire.submit(Parcel(route, tuple(letters)))
        while wire.outstanding and (left := ends - time.monotonic()) > 0:
            outcomes += wire.run(left)
    finally:
        outcomes += wire.finish(LAST_SECONDS)
    by_letter = {outcome.trace_id: outcome for outcome in outcomes}
    return [by_letter[letter.trace_id] for letter in letters]
