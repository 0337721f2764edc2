"""The SMTP threads: they get bytes, and return what the server said. The database is not theirs."""

import logging
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, replace

from ...core.replies import Verdict
from .courier import Courier
from .letter import Letter, Outcome, Parcel

_logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Call:
    """Something that a thread wants done by the main thread."""

    function: Callable
    answer: Future


class SmtpThreads:
    """`count` threads that take parcels in turn.

    The main thread calls `submit` and `collect`, and `finish` at the end. No letter is lost: each that was
    submitted comes back as exactly one outcome.
    """

    def __init__(self, count: int):
        self._parcels = queue.SimpleQueue()
        self._returns = queue.SimpleQueue()
        self._stopping = threading.Event()
        self._troubled = {}
        self._running = self.count = count
        self.outstanding = 0
        for number in range(count):
            threading.Thread(target=self._work, name=f"bulk_mailing.smtp.{number}", daemon=True).start()

    def submit(self, parcel: Parcel) -> None:
        """Give a parcel to the next free thread."""
        self.outstanding += len(parcel.letters)
        self._parcels.put(parcel)

    def collect(self, seconds: float) -> list[Outcome]:
        """The outcomes that are there; waits for the first, at most so long."""
        outcomes = []
        try:
            self._take(self._returns.get(timeout=seconds), outcomes)
            while True:
                self._take(self._returns.get_nowait(), outcomes)
        except queue.Empty:
            return outcomes

    def stop(self) -> None:
        """Let the threads finish the letter they are at; the rest comes back untouched."""
        self._stopping.set()

    def finish(self) -> list[Outcome]:
        """End the threads, wait for them, and return the last outcomes."""
        for _thread in range(self._running):
            self._parcels.put(None)
        outcomes = []
        while self._running or self.outstanding:
            self._take(self._returns.get(), outcomes)
        return outcomes

    def in_main_thread(self, function: Callable) -> Callable:
        """`function`, to be called by a thread, but run by whoever collects (where only that one has a database)."""

        def call():
            answer = Future()
            self._returns.put(_Call(function, answer))
            return answer.result()

        return call

    def _take(self, item, outcomes: list[Outcome]) -> None:
        """Sort what came back from a thread."""
        if item is None:
            self._running -= 1
        elif isinstance(item, _Call):
            _answer(item)
        else:
            self.outstanding -= 1
            outcomes.append(item)

    def _work(self) -> None:
        """A thread's life."""
        courier = Courier()
        try:
            while (parcel := self._parcels.get()) is not None:
                for letter in parcel.letters:
                    self._returns.put(self._deliver(courier, parcel, letter))
        finally:
            courier.close()
            self._returns.put(None)

    def _deliver(self, courier: Courier, parcel: Parcel, letter: Letter) -> Outcome:
        if trouble := self._troubled.get(parcel.route.key):
            return replace(trouble, trace_id=letter.trace_id)
        if self._stopping.is_set():
            return Outcome(letter.trace_id, Verdict.UNTOUCHED)
        try:
            outcome = courier.deliver(parcel.route, letter)
        except Exception:  # a fault of ours must not end the thread; whether it was sent, nobody knows
            _logger.exception("Sending trace %s failed", letter.trace_id)
            return Outcome(letter.trace_id, Verdict.IN_DOUBT)
        if outcome.verdict is Verdict.SERVER_TROUBLE:
            self._troubled[parcel.route.key] = outcome
        return outcome


def _answer(call: _Call) -> None:
    try:
        call.answer.set_result(call.function())
    except Exception as error:  # the thread that asked has to deal with it
        call.answer.set_exception(error)
