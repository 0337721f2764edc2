"""How long something outside may take in all."""

from collections.abc import Callable


class Deadline:
    """A moment that is never put off, however often a server sends another byte."""

    def __init__(self, clock: Callable[[], float], seconds: float):
        self._clock, self._at = clock, clock() + seconds

    def left(self) -> float:
        """The seconds that are left, always some. Raises TimeoutError when it is over."""
        left = self._at - self._clock()
        if left <= 0:
            raise TimeoutError
        return left
