"""What became of the claimed rows: kept until there is enough to write down."""

import time
from collections import Counter

from ...core.replies import Verdict

WRITE_AT = 250
PLAIN = {Verdict.SENT, Verdict.UNTOUCHED}
WRITE_AFTER_SECONDS = 0.5


class Results:
    """The rows that a lane has claimed, and what is known of them and not written down yet."""

    def __init__(self, queue):
        self.queue = queue
        self.claimed, self._known, self._troubles = {}, [], {}
        self._parcels, self.open_parcels = {}, Counter()
        self._moved, self._paused = set(), set()
        self.settled, self._wrote_at = 0, time.monotonic()

    def claim(self, rows):
        """Rows that were claimed just now."""
        now = time.monotonic()
        self.claimed.update((row["trace_id"], row | {"claimed_at": now}) for row in rows)

    def claimed_for(self, seconds):
        """Rows that have been claimed for so long without a result."""
        since = time.monotonic() - seconds
        return [row for row in self.claimed.values() if row["claimed_at"] <= since]

    def note_parcel(self, provider_id, letters):
        """A parcel goes to the wire: it counts as a connection until the last of its letters is back."""
        parcel = [provider_id, len(letters)]
        self.open_parcels[provider_id] += 1
        self._parcels.update((letter.trace_id, parcel) for letter in letters)

    def keep(self, outcomes):
        """Remember outcomes of claimed rows."""
        for outcome in outcomes:
            row = self.claimed.pop(outcome.trace_id)
            self._known.append((row, outcome))
            self._moved.add(row["mailing_id"])
            self._close_parcel(outcome.trace_id)
            # also in doubt with a reason: a server that takes mails and does not answer gets no more of them
            if outcome.verdict is Verdict.SERVER_TROUBLE or (outcome.verdict is Verdict.IN_DOUBT and outcome.reason):
                self._troubles.setdefault(row["mailing_id"], outcome.reason)

    def _close_parcel(self, trace_id):
        if parcel := self._parcels.pop(trace_id, None):
            parcel[1] -= 1
            if not parcel[1]:
                self.open_parcels[parcel[0]] -= 1

    def take_moved(self):
        """The mailings of which something has become known since the last time."""
        moved, self._moved = self._moved, set()
        return sorted(moved)

    def take_resumed(self, running):
        """Those of the running mailings that were paused here: somebody has resumed them."""
        resumed = self._paused & running
        self._paused -= resumed
        return resumed

    def trouble(self, troubles):
        """Mailings that cannot go on, with the reason."""
        self._troubles = troubles | self._troubles

    def write_if_enough(self):
        """Write down what is known, not too often."""
        if len(self._known) >= WRITE_AT or time.monotonic() - self._wrote_at > WRITE_AFTER_SECONDS:
            self.write_down()

    @property
    def are_plain(self):
        """Whether writing them down locks nothing but their own rows."""
        return not self._troubles and all(outcome.verdict in PLAIN for _row, outcome in self._known)

    def write_down(self):
        """Write down what is known, in one transaction."""
        self._wrote_at = time.monotonic()
        if self._known or self._troubles:
            with self.queue._short_transaction():
                settled = self.settle()
            self.forget(settled)

    def settle(self):
        """The same in a transaction that somebody else commits, who then calls `forget`; how many are settled."""
        settled = self.queue._settle(self._known)
        for mailing_id, reason in self._troubles.items():
            self.queue.env["mailing.mailing"].browse(mailing_id).exists()._pause_because(reason)
        return settled

    def forget(self, settled):
        """What was known is in the database."""
        self.settled += settled
        self._paused |= self._troubles.keys()
        self._known, self._troubles, self._wrote_at = [], {}, time.monotonic()
