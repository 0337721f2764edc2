"""A slice of work: the main thread claims, renders and writes down, while the SMTP threads send."""

import logging
import os
import socket
import time
import uuid
from collections import deque

from odoo import modules

from ...adapters.smtp import Letter, Outcome, Parcel, Route, SmtpThreads
from ...core.connections import mails_per_connection, parcels, threads_of_lane
from ...core.idn import ascii_address
from ...core.replies import Verdict
from ...core.text import _

_logger = logging.getLogger(__name__)

LARGEST_BATCH = 500
# Complete messages wait in memory for their threads; Odoo's limit for a process is 2 GB
LARGEST_BATCH_BYTES = 128 * 2**20
WRITE_AFTER_SECONDS = 0.5


class Lane:
    """One slice of one lane. It holds rows only between their claim and the writing of their results."""

    def __init__(self, queue, seconds, number=0, lanes=1):
        self.queue = queue
        self.number, self.lanes = number, lanes
        self.name = f"{socket.gethostname()}:{os.getpid()}:{uuid.uuid4().hex[:8]}"
        self.began = time.monotonic()
        self.ends = self.began + seconds if seconds else None
        self.turn = deque()
        self.routes, self.most_letters, self.rows, self.troubles = {}, {}, {}, {}
        self.results = []
        self.settled, self.wrote_at = 0, self.began

    def run(self):
        """Work until nothing is due or the time is over; returns the number of settled recipients."""
        self._take_back_dead_claims()
        if not self._find_work():
            return self._finish()
        self.threads = SmtpThreads(self._thread_count())
        try:
            while not self._is_over() and (self._feed() or self._find_more()):
                self._take(self.threads.collect(self._patience()))
        except Exception:
            self.queue._abandon_transaction()
            raise
        finally:
            self.threads.stop()
            self._keep(self.threads.finish())
            # what an error kept from the threads was certainly not sent
            self._keep([Outcome(trace_id, Verdict.UNTOUCHED) for trace_id in list(self.rows)])
            self._write()
        return self._finish()

    # ------------------------------------------------------------
    # Work
    # ------------------------------------------------------------

    def _is_over(self):
        return self.ends is not None and time.monotonic() >= self.ends

    def _patience(self):
        """How long to wait for an outcome."""
        left = self.ends - time.monotonic() if self.ends else WRITE_AFTER_SECONDS
        return min(max(left, 0), WRITE_AFTER_SECONDS)

    def _take_back_dead_claims(self):
        with self.queue._short_transaction():
            self.queue._take_back_dead_claims()

    def _find_work(self):
        """Look which mailings have somebody due; they take turns."""
        self.mailings = self.queue._mailings_at_work()
        self.turn.extend(self.mailings.ids)
        return bool(self.turn)

    def _find_more(self):
        """When all that was found is under way: let it finish, and look again."""
        if self.threads.outstanding:
            return True
        self._write()
        found = self.mailings
        more = self._find_work()
        self.mailings |= found
        return more

    def _thread_count(self):
        wanted = max(mailing._smtp_settings().threads for mailing in self.mailings)
        return max(1, threads_of_lane(wanted, self.number, self.lanes))

    def _batch_size(self, mailing, route):
        """About a second of work, in full connections: at least one for each thread; less of what is large."""
        pace = int(self.settled / max(time.monotonic() - self.began, 0.1))
        full = route.per_connection
        wanted = max(pace - pace % full, full * self.threads.count)
        if mailing.id not in self.most_letters:
            self.most_letters[mailing.id] = max(1, LARGEST_BATCH_BYTES // mailing._letter_bytes())
        return min(wanted, LARGEST_BATCH - LARGEST_BATCH % min(full, LARGEST_BATCH), self.most_letters[mailing.id])

    def _feed(self):
        """Give the threads work before they run out of it; whether there is any left to be found."""
        while self.turn:
            mailing = self.queue.env["mailing.mailing"].browse(self.turn[0])
            route = self._route(mailing)
            size = self._batch_size(mailing, route) if route else 0
            if size and self.threads.outstanding > size // 2:
                return True
            self.turn.popleft()
            if route and self._send_batch(mailing, route, size):
                self.turn.append(mailing.id)
                return True
        return False

    def _send_batch(self, mailing, route, size):
        """Claim, render and hand out a batch of one mailing; whether there was anybody."""
        with self.queue._short_transaction():
            claimed = self.queue._claim(mailing, self.name, size)
            rows = self.queue._exclude_who_left(mailing, claimed)
        self.settled += len(claimed) - len(rows)
        self.rows.update((row["trace_id"], row) for row in rows)
        letters = self._letters(mailing, rows)
        for count in parcels(len(letters), self.threads.count, route.per_connection):
            parcel, letters = letters[:count], letters[count:]
            self.threads.submit(Parcel(route, tuple(parcel)))
        return bool(claimed)

    def _letters(self, mailing, rows):
        """The complete messages; who cannot get one fails alone, and what fails for all pauses the mailing."""
        try:
            with self.queue.env.cr.savepoint():
                rendered = mailing._render_recipients(rows) if rows else []
        except Exception as error:  # whatever is wrong with a body, the claimed must go back
            _logger.warning("The content of mailing %s cannot be made", mailing.id, exc_info=True)
            reason = _("The content could not be made: %(error)s", error=str(error))
            self._take([Outcome(row["trace_id"], Verdict.SERVER_TROUBLE, reason=reason) for row in rows])
            return []
        letters = []
        for trace_id, content in rendered:
            if isinstance(content, Exception):
                self._take([Outcome(trace_id, Verdict.FAILED, reason=_("%(error)s", error=str(content)))])
            else:
                letters.append(Letter(trace_id, ascii_address(self.rows[trace_id]["email"]), content))
        return letters

    def _route(self, mailing):
        """The mailing's way out, found once a slice; None where there is none, and then the mailing pauses."""
        if mailing.id not in self.routes:
            try:
                self.routes[mailing.id] = self._find_route(mailing)
            except Exception as error:  # Odoo says with many kinds of exceptions that a From cannot be used
                self.troubles[mailing.id] = _("%(error)s", error=str(error))
                self.routes[mailing.id] = None
        return self.routes[mailing.id]

    def _find_route(self, mailing):
        envelope, settings = mailing._header_from_and_envelope(), mailing._smtp_settings()
        connect = mailing._connector(envelope)
        if modules.module.current_test:
            # A test has one cursor, which is the main thread's
            connect = self.threads.in_main_thread(connect)
        key = (envelope.mail_server_id, envelope.smtp_from, envelope.sender)
        return Route(key, envelope.sender, mails_per_connection(settings.maximum, settings.threads), connect)

    # ------------------------------------------------------------
    # Results
    # ------------------------------------------------------------

    def _take(self, outcomes):
        """Keep outcomes, and write them down when there are enough."""
        self._keep(outcomes)
        if len(self.results) >= LARGEST_BATCH // 2 or time.monotonic() - self.wrote_at > WRITE_AFTER_SECONDS:
            self._write()

    def _keep(self, outcomes):
        for outcome in outcomes:
            row = self.rows.pop(outcome.trace_id)
            self.results.append((row, outcome))
            if outcome.verdict is Verdict.SERVER_TROUBLE:
                self.troubles.setdefault(row["mailing_id"], outcome.reason)

    def _write(self):
        """Write down what is known, in one transaction."""
        self.wrote_at = time.monotonic()
        if not self.results and not self.troubles:
            return
        with self.queue._short_transaction():
            self.settled += self.queue._settle(self.results)
            for mailing_id, reason in self.troubles.items():
                self.queue.env["mailing.mailing"].browse(mailing_id).exists()._pause_because(reason)
        self.results, self.troubles = [], {}

    def _finish(self):
        """Mailings of which nobody waits any more are done, also those whose own lane died before it could say so."""
        with self.queue._short_transaction():
            self.queue._mailings_in_flight()._finish_if_settled()
        return self.settled
