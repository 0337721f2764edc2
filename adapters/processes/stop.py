"""Being told to stop: by a signal, or by the end of the process that started this one."""

import contextlib
import select
import signal
import socket

STOP_SIGNALS = (signal.SIGTERM, signal.SIGINT)


class Stop:
    """Asked between two steps of work; `wait` instead of sleeping.

    :param lifeline: the reading end of a pipe whose writing end only the parent has: at its end, the parent is gone,
        however it went
    """

    def __init__(self, lifeline: int | None = None):
        self.times = 0
        self._lifeline = [] if lifeline is None else [lifeline]
        self._reader, self._writer = socket.socketpair()
        self._reader.setblocking(False)
        self._writer.setblocking(False)
        # A signal between a look at `times` and select() would else be noticed only when select() is over
        signal.set_wakeup_fd(self._writer.fileno(), warn_on_full_buffer=False)
        for number in STOP_SIGNALS:
            signal.signal(number, self._note)

    def is_set(self) -> bool:
        """Whether it is time to end; takes microseconds."""
        return bool(self.times or (self._lifeline and select.select(self._lifeline, [], [], 0)[0]))

    def wait(self, seconds: float, *others) -> None:
        """Sleep, until any signal comes, the parent ends, or one of the `others` can be read."""
        select.select([self._reader, *self._lifeline, *others], [], [], max(0, seconds))
        with contextlib.suppress(BlockingIOError):
            self._reader.recv(1024)

    def _note(self, _number, _frame):
        self.times += 1
