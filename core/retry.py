"""When a deferred recipient is tried again, and when it is given up."""

from dataclasses import dataclass
from datetime import timedelta

from .text import Text, _

NO_WISH = timedelta(0)


@dataclass(frozen=True)
class RetrySchedule:
    """Back-off: each wait is `factor` times the one before, up to `longest`; the end comes after `give_up_after`."""

    first: timedelta = timedelta(minutes=5)  # greylisting usually wants 5 minutes
    factor: float = 2.0
    longest: timedelta = timedelta(hours=4)
    longest_wish: timedelta = timedelta(days=1)
    give_up_after: timedelta = timedelta(days=3)  # news is stale sooner than RFC 5321's 4-5 days (4.5.4.1)

    def delay(self, attempts: int, age: timedelta, jitter: float, wish: timedelta = NO_WISH) -> timedelta | None:
        """How long to wait after an attempt that was deferred; None: give up.

        :param attempts: how many attempts there were, this one included (1 or more)
        :param age: time since the first attempt
        :param jitter: 0.0 to 1.0, drawn by the caller; spreads the wait over 80 % to 120 %, so that recipients who
            were deferred together do not come back together
        :param wish: how long the server itself asked us to wait; we come no sooner
        """
        wait = self.first
        for _step in range(attempts - 1):
            wait = min(wait * self.factor, self.longest)
            if wait == self.longest:
                break
        wait *= 0.8 + 0.4 * jitter
        wish = min(wish, self.longest_wish)
        if wait < wish:
            wait = wish * (1 + 0.2 * jitter)
        return wait if age + wait <= self.give_up_after else None

    @property
    def end(self) -> Text:
        """Why nobody tries any longer."""
        return _("Not deliverable for %(days)d days.", days=self.give_up_after.days)
