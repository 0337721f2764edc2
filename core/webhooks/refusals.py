"""Whoever calls with what is refused, again and again, is not listened to for a while."""

from collections import OrderedDict

MOST, SECONDS, MOST_CALLERS = 20, 60.0, 1_000


class Refusals:
    """Counts refusals of each caller, in the order of their last one; `now` is in seconds of any clock."""

    def __init__(self, most: int = MOST, seconds: float = SECONDS, callers: int = MOST_CALLERS):
        self._most, self._seconds, self._callers = most, seconds, callers
        self._counts: OrderedDict[object, tuple[float, int]] = OrderedDict()

    def are_too_many(self, caller: object, now: float) -> bool:
        """Whether this caller was refused too often since its first refusal, less than a minute ago."""
        began, count = self._counts.get(caller, (now, 0))
        return count >= self._most and now - began < self._seconds

    def note(self, caller: object, now: float) -> None:
        """Count one; the longest unheard of are forgotten first."""
        began, count = self._counts.pop(caller, (now, 0))
        self._counts[caller] = (began, count + 1) if now - began < self._seconds else (now, 1)
        while len(self._counts) > self._callers:
            self._counts.popitem(last=False)
