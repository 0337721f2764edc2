"""One connection at a time: opened when needed, closed after its share of mails, replaced when it breaks."""

import contextlib
import time

from ...core.replies import Stage, Verdict
from ...core.text import _
from .letter import Connection, Letter, Outcome, Route
from .transaction import reset, send
from .trouble import explain, is_passing

TRIES = 3
WAIT_SECONDS = 0.5


class CannotConnect(Exception):
    """No connection came about, nor will one soon; `outcome` is what that means for a letter."""

    def __init__(self, error):
        super().__init__(str(error))
        self.reply, self.reason = explain(error)


class Courier:
    """Delivers letters one by one for one thread."""

    def __init__(self):
        self._connection: Connection | None = None
        self._route_key = None
        self._carried = 0

    def deliver(self, route: Route, letter: Letter) -> Outcome:
        """Hand over one letter, on a new connection again where the old one broke before the final dot."""
        for _try in range(TRIES):
            outcome = self._try(route, letter)
            if outcome.verdict is not Verdict.AGAIN:
                return outcome
        reason = _("The connection with the mail server broke %(times)d times.", times=TRIES)
        return Outcome(letter.trace_id, Verdict.DEFERRED, outcome.stage, outcome.reply, reason)

    def _try(self, route: Route, letter: Letter) -> Outcome:
        try:
            connection = self._connection_for(route)
        except CannotConnect as error:
            return Outcome(letter.trace_id, Verdict.SERVER_TROUBLE, Stage.CONNECT, error.reply, error.reason)
        if connection is None:  # Odoo's own tests, where nothing goes out
            return Outcome(letter.trace_id, Verdict.SENT, Stage.DOT)
        outcome = send(connection, route.sender, letter)
        self._carried += 1
        self._look_after(route, outcome)
        return outcome

    def _connection_for(self, route: Route) -> Connection | None:
        if self._connection is not None and self._route_key == route.key:
            return self._connection
        self.close()
        self._connection, self._route_key, self._carried = _open(route), route.key, 0
        return self._connection

    def _look_after(self, route: Route, outcome: Outcome) -> None:
        """Close a connection that is broken or has carried its share; clear one that has refused something."""
        if outcome.verdict in (Verdict.AGAIN, Verdict.IN_DOUBT):
            self._drop()
        elif self._carried >= route.per_connection:
            self.close()
        elif outcome.verdict is not Verdict.SENT and not reset(self._connection):
            self._drop()

    def close(self) -> None:
        """Say goodbye, if there is a connection."""
        if self._connection is not None:
            with contextlib.suppress(Exception):  # whatever it answers, we are going
                self._connection.quit()
        self._drop()

    def _drop(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._connection = None


def _open(route: Route) -> Connection | None:
    """A new connection; a server that says "later" instead of a greeting is asked again a few times."""
    for wait in (WAIT_SECONDS, WAIT_SECONDS * 2, None):
        try:
            return route.connect()
        # smtplib, ssl, socket and Odoo (a missing certificate, an archived server) have no common ancestor
        except Exception as error:
            if wait is None or not is_passing(error):
                raise CannotConnect(error) from error
            time.sleep(wait)
