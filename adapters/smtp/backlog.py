"""Letters that wait for a connection, in the parcels in which they came."""

from collections import deque
from collections.abc import Iterator

from .letter import Letter, Parcel, Route


class Backlog:
    """First in, first out over the parcels; what a connection could not carry comes back to the front."""

    def __init__(self):
        self._parcels: deque[tuple[Route, deque[Letter]]] = deque()

    def __bool__(self):
        return bool(self._parcels)

    def __iter__(self) -> Iterator[Route]:
        """The routes of the waiting parcels, the oldest first."""
        return (route for route, _letters in self._parcels)

    def add(self, parcel: Parcel) -> None:
        """At the end."""
        self._parcels.append((parcel.route, deque(parcel.letters)))

    def return_letters(self, route: Route, letters: deque[Letter]) -> None:
        """At the front."""
        if letters:
            self._parcels.appendleft((route, letters))

    def take(self, key: tuple, behind: int | None = None) -> tuple[Route, deque[Letter]] | None:
        """The oldest parcel that can go over a connection of this key.

        :param behind: how many older parcels of other routes it may overtake; None: any number
        """
        for index, parcel in enumerate(self._parcels):
            if parcel[0].key == key:
                del self._parcels[index]
                return parcel
            if behind is not None and index >= behind:
                break
        return None

    def take_all(self, key: tuple | None = None) -> list[Letter]:
        """Every letter of a route, or of all."""
        taken, kept = [], deque()
        for route, letters in self._parcels:
            if key is None or route.key == key:
                taken.extend(letters)
            else:
                kept.append((route, letters))
        self._parcels = kept
        return taken
