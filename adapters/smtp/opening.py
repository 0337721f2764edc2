"""Opening connections: smtplib waits for each step, so it does that in a thread that lives only for it."""

import contextlib
import threading
from collections.abc import Callable

from .letter import Connection, Route
from .trouble import is_passing

WAITS_SECONDS = (0.5, 1.0)


class Opening:
    """One connection to be opened.

    :param done: called in the thread that has opened; whether anybody still wants the connection
    """

    def __init__(self, route: Route, done: Callable[["Opening"], bool]):
        self.route, self._done = route, done
        self._is_given_up = threading.Event()
        self.connection: Connection | None = None
        self.error: Exception | None = None

    def start(self, threaded: bool) -> None:
        """Begin; without a thread it is done when this returns."""
        if threaded:
            threading.Thread(target=self._open, name="bulk_mailing.smtp.opening", daemon=True).start()
        else:
            self._open()

    def give_up(self) -> None:
        """Do not try again."""
        self._is_given_up.set()

    def _open(self) -> None:
        try:
            self.connection = self._connect()
        # smtplib, ssl, socket and Odoo (a missing certificate, an archived server) have no common ancestor
        except Exception as error:
            self.error = error
        if not self._done(self):
            self.hang_up()

    def _connect(self) -> Connection | None:
        """A server that says "later" instead of a greeting is asked again a few times."""
        for wait in WAITS_SECONDS:
            try:
                return self.route.connect()
            except Exception as error:
                if not is_passing(error) or self._is_given_up.wait(wait):
                    raise
        return self.route.connect()

    def hang_up(self) -> None:
        """Say goodbye on a connection that nobody has used."""
        if self.connection is not None:
            with contextlib.suppress(Exception):  # whatever it answers, we are going
                self.connection.quit()
            with contextlib.suppress(Exception):
                self.connection.close()
