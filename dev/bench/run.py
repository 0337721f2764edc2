"""One measured run, and what several runs of a kind say together."""

from collections import defaultdict
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Run:
    """What one scenario took once. CPU in seconds: senders, their database connections, sink, all else there."""

    name: str
    mails: int
    seconds: float  # from the first claim to the last result, without enqueueing; for classic the whole
    bytes_per_mail: float
    cpu: tuple[float, float, float, float]
    peaks: tuple[float, ...]
    statements: int | None = None
    enqueue_seconds: float = 0
    first_seconds: float | None = None  # from the click to the first mail
    small_seconds: float | None = None  # from the click for a small mailing to its end
    # cores that were kept busy while sending, without the enqueueing: in the order of `cpu`
    busy: tuple[float, ...] = (0, 0, 0, 0)
    stored: tuple[float, float] = (0, 0)  # bytes in the database for one recipient: who waits, who has got it

    @property
    def rate(self) -> float:
        """Mails a second while sending."""
        return self.mails / self.seconds

    @property
    def whole_rate(self) -> float:
        """Mails a second from the click to the last result."""
        return self.mails / (self.seconds + self.enqueue_seconds)

    @property
    def statements_per_mail(self) -> float | None:
        """SQL statements, with those of the enqueueing."""
        return None if self.statements is None else self.statements / self.mails

    @property
    def microseconds(self) -> list[float]:
        """CPU for one mail, in the order of `cpu`."""
        return [seconds / self.mails * 1e6 for seconds in self.cpu]

    @property
    def own_microseconds(self) -> float:
        """CPU for one mail of the senders and of their database connections."""
        return sum(self.microseconds[:2])


class Runs:
    """All runs so far. Those that are compared were made in turn, so a ratio is taken in each round."""

    def __init__(self):
        self._runs = defaultdict(list)

    def add(self, run: Run) -> None:
        """Keep one."""
        self._runs[run.name].append(run)

    def all(self) -> list[list[Run]]:
        """The runs of each scenario."""
        return list(self._runs.values())

    def typical(self, name: str) -> Run | None:
        """The run with the median rate."""
        runs = sorted(self._runs.get(name, []), key=lambda run: run.rate)
        return runs[len(runs) // 2] if runs else None

    def ratio(self, name: str, other: str, value=lambda run: run.rate) -> float | None:
        """The median over the rounds of one scenario's value divided by another's; None if one is missing."""
        ours, theirs = self._runs.get(name), self._runs.get(other)
        if not ours or not theirs:
            return None
        if len(ours) == len(theirs):
            return median(value(one) / value(two) for one, two in zip(ours, theirs, strict=True))
        return median(map(value, ours)) / median(map(value, theirs))
