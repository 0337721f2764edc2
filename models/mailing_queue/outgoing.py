"""How the mailings of a slice leave: each one's way out and its messages, found once."""

import logging
import time

from ...adapters.smtp import Letter, NotNow, Route
from ...core.connections import mails_per_connection
from ...core.idn import ascii_address
from ...core.text import _
from .claim import LEASE_SECONDS
from .table import LOST_DATABASE

_logger = logging.getLogger(__name__)


class Outgoing:
    """What a lane needs to know of its mailings, kept as long as its slice."""

    def __init__(self, queue):
        self.queue = queue
        self._routes, self._renderers, self._settings, self._return_paths = {}, {}, {}, {}
        self._beginnings = 0
        self.troubles = {}
        self._withdrawn = set()

    def begin_anew(self, mailing_id):
        """Somebody has resumed it: what stood in its way may be mended, and a new route has no trouble yet."""
        self._beginnings += 1
        self._routes.pop(mailing_id, None)
        self._renderers.pop(mailing_id, None)

    def route(self, mailing_id):
        """The way out; None where there is none."""
        if mailing_id not in self._routes:
            try:
                self._routes[mailing_id] = self._find_route(self._mailing(mailing_id))
            except LOST_DATABASE:
                raise
            except Exception as error:  # Odoo says with many kinds of exceptions that a From cannot be used
                _logger.info("Mailing %s has no way out", mailing_id, exc_info=True)
                self.troubles[mailing_id] = _("%(error)s", error=str(error))
                self._routes[mailing_id] = None
        return self._routes[mailing_id]

    def withdraw(self, trace_ids):
        """Letters that must not go after all: those that have not begun come back untouched when their turn comes."""
        self._withdrawn.update(trace_ids)

    def letters(self, mailing_id, rows):
        """The letters of claimed rows; None where nothing can be made for anybody."""
        try:
            if mailing_id not in self._renderers:
                self._renderers[mailing_id] = self._mailing(mailing_id)._content_renderer()
            renderer = self._renderers[mailing_id]
            with self.queue.env.cr.savepoint():
                makers = renderer.makers(rows)
        except LOST_DATABASE:
            raise
        except Exception as error:  # whatever is wrong with a body, the claimed must go back
            _logger.warning("The content of mailing %s cannot be made", mailing_id, exc_info=True)
            self.troubles[mailing_id] = _("The content could not be made: %(error)s", error=str(error))
            return None
        self._withdrawn.difference_update(makers)
        good_until = time.clock_gettime(time.CLOCK_BOOTTIME) + LEASE_SECONDS / 2
        letters, return_path_of = [], self._return_paths.get(mailing_id)
        for row in rows:
            trace_id = row["trace_id"]
            make = self._if_it_may_go(trace_id, makers[trace_id], good_until)
            return_path = return_path_of(trace_id) if return_path_of else ""
            letters.append(Letter(trace_id, ascii_address(row["email"]), make, renderer.needs_stuffing, return_path))
        return letters

    def _if_it_may_go(self, trace_id, maker, good_until):
        def make():
            # this host slept, and another lane may have its rows by now
            is_late = time.clock_gettime(time.CLOCK_BOOTTIME) > good_until
            if is_late or trace_id in self._withdrawn:
                raise NotNow
            try:
                return maker()
            except LOST_DATABASE as error:
                raise NotNow from error

        return make

    def threads(self, mailing_ids):
        """The setting "SMTP threads", the highest of the companies whose mailings these are."""
        return max((self._smtp_settings(mailing_id).threads for mailing_id in mailing_ids), default=0)

    def _smtp_settings(self, mailing_id):
        if mailing_id not in self._settings:
            self._settings[mailing_id] = self._mailing(mailing_id)._smtp_settings()
        return self._settings[mailing_id]

    def _mailing(self, mailing_id):
        return self.queue.env["mailing.mailing"].browse(mailing_id)

    def _find_route(self, mailing):
        envelope, settings = mailing._header_from_and_envelope(), self._smtp_settings(mailing.id)
        key = (envelope.mail_server_id, envelope.smtp_from, envelope.sender, self._beginnings)
        per_connection = mails_per_connection(settings.maximum, settings.threads)
        self._return_paths[mailing.id] = mailing._return_paths(envelope)
        return Route(key, envelope.sender, per_connection, mailing._connector(envelope))
