"""A parent that keeps its children at work: starts them, starts them again when they crash, and ends them."""

import logging
import os
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass

from .stop import STOP_SIGNALS, Stop

_logger = logging.getLogger(__name__)

LONGEST_PAUSE_SECONDS = 60
LONG_LIFE_SECONDS = 60
# Somewhat more than a child needs when a server has stopped answering
PATIENCE_SECONDS = 70


@dataclass
class Place:
    """One child's place: who is there, and when the next one may be."""

    number: int
    process_id: int | None = None
    started_at: float = 0
    crashes: int = 0
    start_at: float = 0


class Supervisor:
    """Runs `work(number, stop)` in `count` processes.

    Work that returns is begun anew; work that raises or is killed is begun anew after a pause, which grows from one
    crash to the next.

    :param before_fork: drops what parent and child must not share, such as database connections
    """

    def __init__(self, count: int, work: Callable[[int, Stop], None], before_fork: Callable[[], None] = lambda: None):
        self.work, self.before_fork = work, before_fork
        self.places = [Place(number) for number in range(count)]
        self.stop = Stop()
        signal.signal(signal.SIGCHLD, lambda *_: None)  # a handler of Python's, so that the end of a child wakes us
        self._lifeline, self._held = os.pipe()

    def run(self, every: Callable[[], None], seconds: float) -> bool:
        """Keep the children at work until a signal comes; whether all of them then ended by themselves.

        :param every: done at once, and then again and again
        :param seconds: time between two of these
        """
        next_at = 0
        while not self.stop.is_set():
            self._reap()
            self._start_due()
            if time.monotonic() >= next_at:
                every()
                next_at = time.monotonic() + seconds
            self.stop.wait(min([next_at, *self._starts()]) - time.monotonic())
        return self._end()

    def at_work(self) -> list[int]:
        """The numbers of the children that are alive."""
        return [place.number for place in self.places if place.process_id]

    def _starts(self) -> list[float]:
        return [place.start_at for place in self.places if not place.process_id]

    def _start_due(self) -> None:
        for place in self.places:
            if not place.process_id and time.monotonic() >= place.start_at:
                self._start(place)

    def _start(self, place: Place) -> None:
        """Fork. Signals wait meanwhile: the child would else take one for its parent's."""
        self.before_fork()
        place.started_at = time.monotonic()
        signal.pthread_sigmask(signal.SIG_BLOCK, STOP_SIGNALS)
        place.process_id = os.fork()
        if not place.process_id:
            self._be_child(place.number)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, STOP_SIGNALS)

    def _be_child(self, number: int) -> None:
        """The child's whole life; it never returns into the parent's code."""
        code = 1
        try:
            os.close(self._held)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            stop = Stop(self._lifeline)
            signal.pthread_sigmask(signal.SIG_UNBLOCK, STOP_SIGNALS)
            self.work(number, stop)
            code = 0
        except Exception:
            _logger.exception("Process %d crashed", number)
        finally:
            os._exit(code)

    def _reap(self) -> None:
        """Take note of the children that have ended."""
        for place in self.places:
            if place.process_id:
                process_id, status = os.waitpid(place.process_id, os.WNOHANG)
                if process_id:
                    self._bury(place, os.waitstatus_to_exitcode(status))

    def _bury(self, place: Place, code: int) -> None:
        """A child has ended: with 0 of its own will, else by a crash (below 0: by that signal)."""
        now = time.monotonic()
        place.process_id = None
        if now - place.started_at > LONG_LIFE_SECONDS:
            place.crashes = 0
        place.crashes = place.crashes + 1 if code else 0
        pause = min(2 ** (place.crashes - 1), LONGEST_PAUSE_SECONDS) if code else 0
        place.start_at = now + pause
        if code and not self.stop.is_set():
            _logger.warning("Process %d ended with %d; another one starts in %d s", place.number, code, pause)

    def _end(self) -> bool:
        """Tell all to stop and wait for them; who does not is killed, at once when a second signal says so."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        self._signal(signal.SIGTERM)
        while self.at_work():
            if self.stop.times > 1 or time.monotonic() >= deadline:
                return self._kill()
            self.stop.wait(deadline - time.monotonic())
            self._reap()
        return True

    def _kill(self) -> bool:
        left = self.at_work()
        self._signal(signal.SIGKILL)
        for place in self.places:
            if place.process_id:
                os.waitpid(place.process_id, 0)
                place.process_id = None
        if left:
            _logger.warning("%d processes did not end and were killed", len(left))
        return not left

    def _signal(self, number: int) -> None:
        for place in self.places:
            if place.process_id:
                os.kill(place.process_id, number)
