"""A slice of work: claim, let the wire send, write down what is known, look around for more."""

import time
from collections import deque
from contextlib import suppress
from dataclasses import replace

from ...adapters.smtp import Outcome, Parcel, Wire
from ...core.connections import parcels, threads_of_lane
from ...core.pacing.waiting import seconds_to_sleep
from ...core.replies import Verdict
from .outgoing import Outgoing
from .results import Results
from .table import LOST_DATABASE

LARGEST_BATCH = 500
LOOK_AROUND_SECONDS = 1.0
# Where a limit holds a mailing back, beginning anew costs as much as what is sent: a third as often is enough
LONGEST_SLICES = 3


class Lane:
    """One slice of one lane. It holds rows only between their claim and the writing of their results."""

    def __init__(self, queue, name, seconds=None, share=(0, 1), waits=False, is_stopped=None, sleep=None):
        """A slice of so many seconds, or until nothing is due.

        `share`: the lane's number and how many there are. `waits`: stay for what will be due soon.
        `is_stopped`: asked every half second at the least. `sleep`: does so, less long when there is news or the stop.
        """
        self.queue, self.name, self.share = queue, name, share
        self.waits, self.is_stopped = waits, is_stopped or (lambda: False)
        self.sleep, self.is_woken = sleep or self._sleep_lightly, bool(sleep)
        self.began = self.looked_at = time.monotonic()
        self.seconds, self.ends = seconds, self.began + seconds if seconds else None
        self.outgoing, self.results = Outgoing(queue), Results(queue)
        self.streams, self.turn, self.mailing_ids = [], deque(), set()
        self.has_worked = False
        self.wire = None

    def run(self):
        """Work until nothing is due, the time is over or somebody stops it; returns how many were settled."""
        self.queue._recover()
        self._look_around()
        if self.streams and not self._slots():
            self._stand_by()
        elif self.turn or self._seconds_to_sleep() is not None:
            self._work()
        with self.queue._short_transaction():
            # also those whose own lane died before it could say so
            self.queue._mailings_in_flight()._finish_if_settled()
        return self.results.settled

    def _work(self):
        journal = self.queue._journal(self.name)
        self.wire = Wire(self._slots(), journal, threaded_opening=not self.queue._is_testing())
        try:
            try:
                while not self._is_over() and self._step():
                    pass
            except BaseException:
                self.queue._abandon_transaction()
                raise
            finally:
                self._close_down()
        except BaseException:
            # what could not be written down, or was lost between the wire and us, is in there
            journal.leave()
            with suppress(*LOST_DATABASE):
                self.queue._abandon_transaction()
                self.queue._recover()
            raise
        journal.close()

    def _close_down(self):
        """Let the wire end what it has begun, and write down what is known."""
        self.wire.stop()
        self.results.keep(self.wire.finish())
        self.results.write_down()
        with self.queue._short_transaction():
            self.queue._release_connections(self.name)
            self.queue.env["mailing.mailing"].browse(self.results.take_moved())._notify_progress(at_once=True)

    # ------------------------------------------------------------
    # Rounds
    # ------------------------------------------------------------

    def _is_over(self):
        return self.is_stopped() or (self.ends is not None and time.monotonic() >= self.ends)

    def _step(self):
        """One round; whether there is anything left to do in this slice."""
        if time.monotonic() - self.looked_at > LOOK_AROUND_SECONDS:
            self._look_around()
        self._feed()
        if self.wire.outstanding:
            self.has_worked = True
            self.results.keep(self.wire.run(self._patience(), low_water=self._batch() // 2))
            self.results.write_if_enough()
            return True
        self.results.write_down()
        if self.has_worked:
            self._look_around()
            self._feed()
        return bool(self.wire.outstanding) or self._wait()

    def _patience(self):
        """How long to wait for outcomes."""
        left = self.ends - time.monotonic() if self.ends else LOOK_AROUND_SECONDS
        return min(max(left, 0), LOOK_AROUND_SECONDS / 2)

    def _wait(self):
        """Nothing is due: wait a moment where something will be soon; whether it will."""
        seconds = self._seconds_to_sleep()
        if seconds is None:
            return False
        self._extend()
        self._sleep(seconds)
        if not self._is_over():
            self._look_around()
        return True

    def _extend(self):
        """With nothing on the wire it is as if the slice began."""
        if self.ends and self.is_woken:
            self.ends = min(time.monotonic() + self.seconds, self.began + LONGEST_SLICES * self.seconds)

    def _seconds_to_sleep(self):
        waits = (stream.wait_seconds for stream in self.streams)
        return seconds_to_sleep(waits, self.share[0]) if self.waits else None

    def _stand_by(self):
        """The connections are the other lanes': wait for news, or for the next slice."""
        if self.waits and self.ends:
            self._sleep(self.ends - time.monotonic())

    def _sleep(self, seconds):
        """Without a transaction, which would keep PostgreSQL from clearing away; not beyond the slice."""
        self.queue._let_go()
        left = self.ends - time.monotonic() if self.ends else seconds
        self.sleep(max(min(seconds, left), 0))

    def _sleep_lightly(self, seconds):
        """Nobody tells us of news: look around soon."""
        until = time.monotonic() + min(seconds, LOOK_AROUND_SECONDS)
        while not self.is_stopped() and (left := until - time.monotonic()) > 0:
            time.sleep(min(left, LOOK_AROUND_SECONDS / 2))

    def _look_around(self):
        """See who waits now, and tell those who watch how far it is."""
        self.looked_at, self.has_worked = time.monotonic(), False
        # what people have changed since, and the contacts of a million recipients
        self.queue.env.invalidate_all()
        with self.queue._short_transaction():
            self.queue.env["mailing.mailing"].browse(self.results.take_moved())._notify_progress()
            self.streams = self.queue._streams()
            self.outgoing.withdraw(self.queue._unwanted(self.results.claimed_for(LOOK_AROUND_SECONDS)))
        self.turn = deque(stream for stream in self.streams if stream.is_due)
        running = {stream.mailing_id for stream in self.streams}
        for mailing_id in self.results.take_resumed(running):
            self.outgoing.begin_anew(mailing_id)
        self._finish(self.mailing_ids - running)
        # also those of whom nobody waits any more: their last letters are on the wire
        self.mailing_ids |= running
        if self.wire:
            self.wire.slots = self._slots()

    def _finish(self, ids):
        """Say that those are done of whom nobody waits any more; of some the last letters are on the wire still."""
        if ids:
            with self.queue._short_transaction():
                self.queue._mailings_in_flight().filtered(lambda mailing: mailing.id in ids)._finish_if_settled()

    def _slots(self):
        """How many of the connections are this lane's."""
        return threads_of_lane(self.outgoing.threads(self.mailing_ids), *self.share)

    # ------------------------------------------------------------
    # Work
    # ------------------------------------------------------------

    def _batch(self, per_connection=1):
        """About a second of work, in full connections where it fills one."""
        pace = int(self.results.settled / max(time.monotonic() - self.began, 0.1))
        size = min(max(pace, 20 * self.wire.slots), LARGEST_BATCH)
        return size - size % per_connection or size

    def _feed(self):
        """Claim for the wire before it runs dry; streams take turns."""
        while self.turn and self.wire.waiting <= self._batch() // 2:
            stream = self.turn.popleft()
            if self._send_batch(stream):
                self.turn.append(stream)

    def _send_batch(self, stream):
        """Claim a batch of a stream and give it to the wire; whether there may be more."""
        route = self.outgoing.route(stream.mailing_id)
        if not route:
            self._note_troubles()
            return False
        wanted = self._batch(route.per_connection)
        if not self.results.are_plain:
            # What slows a provider down locks its pace, and so does a claim: two lanes could wait for each other
            self.results.write_down()
        with self.queue._short_transaction():
            settled = self.results.settle()
            grant, rows, left = self._claim(stream, wanted, route.per_connection)
        self.results.forget(settled + left)
        self.results.claim(rows)
        self._send(stream, route, grant, rows)
        self.queue._let_go()
        # less than wanted: that is the limit, and to ask again at once would be in vain
        return 0 < grant.mails == wanted == len(rows) + left

    def _claim(self, stream, wanted, per_connection):
        """What was granted, the claimed rows, and how many of them have left since the enqueue."""
        open_parcels = self.results.open_parcels[stream.provider_id]
        grant = self.queue._grant(stream, self.name, wanted, open_parcels, per_connection)
        if not grant.mails:
            return grant, [], 0
        claimed = self.queue._claim(stream, self.name, grant.mails)
        mailing = self.queue.env["mailing.mailing"].browse(stream.mailing_id)
        rows = self.queue._exclude_who_left(mailing, claimed)
        return grant, rows, len(claimed) - len(rows)

    def _send(self, stream, route, grant, rows):
        """Hand the letters of the claimed to the wire, in parcels of a connection each."""
        letters = self.outgoing.letters(stream.mailing_id, rows) if rows else []
        if letters is None:
            self._note_troubles()
            self.results.keep([Outcome(row["trace_id"], Verdict.UNTOUCHED) for row in rows])
            return
        if grant.per_connection:
            route = replace(route, per_connection=min(route.per_connection, grant.per_connection))
        connections = self.wire.slots if grant.parcels is None else grant.parcels
        for count in parcels(len(letters), connections, route.per_connection):
            parcel, letters = letters[:count], letters[count:]
            self.results.note_parcel(stream.provider_id, parcel)
            self.wire.submit(Parcel(route, tuple(parcel)))

    def _note_troubles(self):
        self.results.trouble(self.outgoing.troubles)
        self.outgoing.troubles = {}
