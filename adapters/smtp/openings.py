"""The connections that are being opened, and the bell that wakes the loop when one has come about."""

import contextlib
import socket
import threading
from collections import deque

from .letter import Letter, Route
from .opening import Opening


class Openings:
    """Each opening keeps the letters that are to go over it. A selector waits for the bell, see `fileno`."""

    def __init__(self, threaded: bool):
        self._threaded = threaded
        self._letters: dict[Opening, deque[Letter]] = {}
        self._opened: deque[Opening] = deque()
        self._reached: set[tuple] = set()
        self._lock = threading.Lock()
        self._is_closed = False
        self._ringer, self._bell = socket.socketpair()
        self._ringer.setblocking(False)
        self._bell.setblocking(False)

    def __len__(self):
        return len(self._letters)

    def __iter__(self):
        """Pairs of a route and its letters."""
        return ((opening.route, letters) for opening, letters in self._letters.items())

    def fileno(self) -> int:
        """Readable when a connection has been opened."""
        return self._bell.fileno()

    def silence_bell(self) -> None:
        """The bell has been heard."""
        self._bell.recv(4096)

    def begin(self, route: Route, letters: deque[Letter]) -> None:
        """Open a connection; without threads it is there when this returns."""
        opening = Opening(route, self._has_opened)
        self._letters[opening] = letters
        opening.start(self._threaded)

    def _has_opened(self, opening: Opening) -> bool:
        """In the thread of an opening: pass it on."""
        with self._lock:
            if self._is_closed:
                return False
            self._opened.append(opening)
            with contextlib.suppress(BlockingIOError):  # the bell rings already
                self._ringer.send(b"\0")
            return True

    def take(self) -> tuple[Opening, deque[Letter]] | None:
        """One that is open, or has failed."""
        if not self._opened:
            return None
        opening = self._opened.popleft()
        if opening.connection:
            self._reached.add(opening.route.key)
        return opening, self._letters.pop(opening)

    def has_reached(self, route: Route) -> bool:
        """Whether there has been a connection of this route."""
        return route.key in self._reached

    @property
    def may_be_mute(self) -> bool:
        """Whether a server keeps us waiting that has not even greeted yet.

        Who does not wait for its time-out learns of it in no slice, however many there are.
        """
        return not all(self.has_reached(route) for route, _letters in self)

    def give_up(self) -> None:
        """Try nothing again."""
        for opening in self._letters:
            opening.give_up()

    def close(self) -> None:
        """What comes about later hangs up by itself."""
        with self._lock:
            self._is_closed = True
        while taken := self.take():
            taken[0].hang_up()
        self._ringer.close()
        self._bell.close()
