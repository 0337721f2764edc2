"""The wire: one thread drives all SMTP connections with a selector, and no letter is lost on the way."""

import selectors
import time
from collections import deque
from collections.abc import Iterable

from .backlog import Backlog
from .letter import Journal, Letter, NotNow, Outcome, Parcel, Route
from .line import PATIENCE_SECONDS, Line
from .opening import Opening
from .openings import Openings
from .results import Results
from .trouble import is_passing

MOST_OUTCOMES = 250
TICK_SECONDS = 1.0
HOLD_OFF_SECONDS = 5.0


class Wire:
    """Up to `slots` connections. Whoever submits letters calls `run` until it has every outcome, or `finish`.

    Each letter submitted comes back as exactly one outcome. Parcels are served in their order by connections of their
    route; one that idles is closed where another route needs its slot.
    """

    def __init__(self, slots: int, journal: Journal, *, threaded_opening: bool = True):
        self._slots, self._journal = slots, journal
        self._results, self._backlog, self._openings = Results(journal), Backlog(), Openings(threaded_opening)
        self._lines: list[Line] = []
        self._idle: set[Line] = set()
        self._hold_off: dict[tuple, float] = {}
        self._is_stopping = self._is_finishing = False
        self._next_tick = 0.0
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._openings, selectors.EVENT_READ)

    # ------------------------------------------------------------
    # For the lane
    # ------------------------------------------------------------

    @property
    def outstanding(self) -> int:
        """Letters without an outcome."""
        return self._results.outstanding

    @property
    def waiting(self) -> int:
        """Letters that have not begun."""
        return self._results.waiting

    @property
    def slots(self) -> int:
        """How many connections there may be; with fewer than there are, the surplus ends after its letters."""
        return self._slots

    @slots.setter
    def slots(self, count: int) -> None:
        self._slots = count
        self._number_lines()
        for line in [line for line in self._idle if not line.may_carry]:
            self._dismiss(line)

    def submit(self, parcel: Parcel) -> None:
        """Letters for the next free connection of their route."""
        self._results.outstanding += len(parcel.letters)
        self._results.waiting += len(parcel.letters)
        if self._results.is_troubled(parcel.route):
            self._results.share_trouble(parcel.route.key, parcel.letters)
        elif self._is_stopping:
            self._results.untouched(parcel.letters)
        elif parcel.letters:
            self._backlog.add(parcel)

    def run(self, seconds: float, low_water: int = 0) -> list[Outcome]:
        """Work until the time is over, all is done, or there is something to be done about:

        fewer waiting letters than `low_water` (where it were more), or many outcomes.
        """
        ends, results, left = time.monotonic() + seconds, self._results, seconds
        lowest = low_water if results.waiting >= low_water else 0
        self._assign()
        while results.outstanding and len(results) < MOST_OUTCOMES and results.waiting >= lowest:
            self._turn(max(0.0, left))
            left = ends - time.monotonic()
            if left <= 0:
                break
        return self._results.take()

    def stop(self) -> None:
        """Begin no more letters; those that have not begun come back untouched, or with the trouble of `finish`."""
        self._is_stopping = True
        self._results.untouched(self._backlog.take_all())
        self._give_back(letters for route, letters in self._under_way() if self._openings.has_reached(route))

    def finish(self, seconds: float = PATIENCE_SECONDS + 2) -> list[Outcome]:
        """Let the letters that have begun end, say goodbye, close, and return the last outcomes."""
        ends = time.monotonic() + seconds
        self.stop()
        self._is_finishing = True
        self._openings.give_up()
        for line in list(self._lines):
            self._look_after(line)
        while (self._lines or self._openings.may_be_mute) and (left := ends - time.monotonic()) > 0:
            self._turn(left)
        self._give_back(letters for _route, letters in self._under_way())
        self._close()
        return self._results.take()

    # ------------------------------------------------------------
    # The loop
    # ------------------------------------------------------------

    def _turn(self, seconds: float) -> None:
        """Wait until something can be done, and do it."""
        events = self._selector.select(min(seconds, TICK_SECONDS))
        now = time.monotonic()
        for key, mask in events:
            if key.data is None:
                self._openings.silence_bell()
                self._take_opened()
            elif not key.data.is_over:
                self._serve(key.data, now, bool(mask & selectors.EVENT_READ))
        if now >= self._next_tick:
            self._next_tick = now + TICK_SECONDS
            for line in [line for line in self._lines if line.is_late(now)]:
                self._lose(line, silence=self._is_stopping)
        self._assign()

    def _serve(self, line: Line, now: float, readable: bool = False) -> None:
        troubled, before = self._results.troubled, len(self._results.troubled)
        line.work(now, readable)
        if len(troubled) > before:
            self._share_trouble(line.route.key)
        self._look_after(line)

    def _look_after(self, line: Line) -> None:
        """Decide what becomes of a connection after it has worked."""
        if line.is_over:
            self._lose(line)
            return
        if line.is_idle and not line.is_leaving:
            if self._is_finishing or line.is_spent or not line.may_carry:
                self._dismiss(line)
            else:
                self._idle.add(line)
        else:
            self._idle.discard(line)
        self._watch(line)

    def _watch(self, line: Line) -> None:
        wanted = selectors.EVENT_READ | (selectors.EVENT_WRITE if line.waits_to_write else 0)
        if line.watched != wanted and not line.is_over:
            self._selector.modify(line, wanted, line)
            line.watched = wanted

    # ------------------------------------------------------------
    # Connections
    # ------------------------------------------------------------

    @property
    def _is_full(self) -> bool:
        return len(self._lines) + len(self._openings) >= self._slots

    @property
    def _leaving(self) -> int:
        return sum(line.is_leaving for line in self._lines)

    def _assign(self) -> None:
        """Find connections for the waiting parcels: an idle one, a new one, or the slot of another route's."""
        if not self._backlog or self._is_full and not self._idle:
            return
        leaving, now = self._leaving, time.monotonic()
        for route in list(self._backlog):
            idle = next((line for line in self._idle if line.route.key == route.key and line.may_carry), None)
            if self._results.is_troubled(route):
                self._share_trouble(route.key)
            elif idle and (parcel := self._backlog.take(route.key)):
                idle.route, idle.letters = parcel
                self._serve(idle, now)
            elif self._hold_off.get(route.key, 0) > now:
                continue
            elif not self._is_full:
                self._open(route)
            elif leaving:
                leaving -= 1
            elif self._idle:
                self._dismiss(self._idle.pop())
            else:
                break

    def _more(self, line: Line) -> tuple[Route, deque[Letter]] | None:
        """Another parcel for a connection that has none, unless older ones of other routes wait for its slot."""
        return self._backlog.take(line.route.key, self._leaving if self._is_full else None)

    def _open(self, route: Route) -> None:
        if parcel := self._backlog.take(route.key):  # if it did not go with another connection by now
            self._openings.begin(*parcel)
            self._take_opened()

    def _take_opened(self) -> None:
        while taken := self._openings.take():
            opening, letters = taken
            if opening.error:
                self._no_connection(opening.route, letters, opening.error)
            elif opening.connection:
                self._use(opening, letters)
            else:
                self._results.nowhere(letters)

    def _use(self, opening: Opening, letters: deque[Letter]) -> None:
        try:
            if self._is_stopping:
                raise NotNow
            parcel = (opening.route, letters)
            line = Line(parcel, opening.connection, self._results, self._journal, self._more)
            self._selector.register(line, selectors.EVENT_READ, line)
        except Exception as error:  # it has gone between its opening and now, or is no SMTP connection at all
            opening.hang_up()
            self._no_connection(opening.route, letters, error)
            return
        line.watched = selectors.EVENT_READ
        self._lines.append(line)
        self._number_lines()
        now = time.monotonic()
        line.start(now)
        self._serve(line, now)

    def _no_connection(self, route: Route, letters: deque[Letter], error: Exception) -> None:
        """Trouble, unless other connections of the route work, or may yet: the server may allow no more of them."""
        others = [line.route for line in self._lines if not line.is_leaving]
        others += [opening_route for opening_route, _letters in self._openings]
        if isinstance(error, NotNow) or any(other.key == route.key for other in others):
            self._hold_off[route.key] = time.monotonic() + HOLD_OFF_SECONDS
        elif not self._is_stopping or not is_passing(error):
            self._results.no_way(route, error)
        self._return(route, letters)

    def _dismiss(self, line: Line) -> None:
        """End a connection politely."""
        self._idle.discard(line)
        letters, line.letters = line.letters, deque()
        self._return(line.route, letters)
        line.leave(time.monotonic())
        if line.is_over:
            self._lose(line)
        else:
            self._watch(line)

    def _lose(self, line: Line, silence: bool = False) -> None:
        """End a connection that is of no more use; its letters go again, over another."""
        self._selector.unregister(line)
        self._lines.remove(line)
        self._idle.discard(line)
        letters = line.close(silence)
        self._number_lines()
        self._return(line.route, letters)

    def _number_lines(self) -> None:
        """The first may carry letters, as many as there are slots; those at work come before those that idle."""
        self._lines.sort(key=self._idle.__contains__)
        for number, line in enumerate(self._lines):
            line.may_carry = number < self._slots

    # ------------------------------------------------------------
    # Letters
    # ------------------------------------------------------------

    def _return(self, route: Route, letters: deque[Letter]) -> None:
        if self._results.is_troubled(route):
            self._results.share_trouble(route.key, letters)
            self._share_trouble(route.key)
        elif self._is_stopping:
            self._results.untouched(letters)
        else:
            self._backlog.return_letters(route, letters)

    def _give_back(self, not_begun: Iterable[deque[Letter]]) -> None:
        for letters in not_begun:
            self._results.untouched(letters)
            letters.clear()

    def _share_trouble(self, key: tuple) -> None:
        """All letters of a route that have not begun come back with its trouble."""
        self._results.share_trouble(key, self._backlog.take_all(key))
        for route, letters in self._under_way():
            if route.key == key:
                self._results.share_trouble(key, letters)
                letters.clear()

    def _under_way(self) -> list[tuple[Route, deque[Letter]]]:
        """Letters that have a connection, but have not begun."""
        return [*((line.route, line.letters) for line in self._lines), *self._openings]

    def _close(self) -> None:
        for line in list(self._lines):
            self._lose(line, silence=line.is_late(time.monotonic()))
        self._openings.close()
        self._selector.close()
