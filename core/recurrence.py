"""When a mailing goes out again and again: every so many days, weeks or months, at an hour of a named time zone."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from zoneinfo import available_timezones

from dateutil.rrule import DAILY, MO, MONTHLY, WEEKLY, rrule

from .local_time import is_on_a_clock, to_utc
from .text import Text, _

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LONGEST_INTERVAL = 999
SHORTEST_MONTH = 28


@dataclass(frozen=True)
class Recurrence:
    """A rule of dates, and the time of day at which clocks in `timezone` (IANA name) then stand (9.5 is 09:30).

    :param starts_on: no date is before it; it also says which week or month is the first, and which day of the month
    :param unit: `days`, `weeks` or `months`
    :param weekdays: of a rule in weeks (names as in `WEEKDAYS`); empty: the weekday of `starts_on`
    :param until: the last day, in that zone
    """

    starts_on: date
    hours: float
    timezone: str
    unit: str = "weeks"
    interval: int = 1
    weekdays: frozenset[str] = frozenset()
    until: date | None = None

    def moments(self) -> Iterator[datetime]:
        """All moments, naive UTC, each later than the one before."""
        latest = datetime.min  # noqa: DTZ901  naive UTC, as all moments here
        for day in self._days():
            moment = to_utc(day.date(), self.hours, self.timezone)
            # a day that a zone has left out (Samoa, 30 December 2011) ends in the next, which may have a moment too
            if moment > latest:
                yield moment
                latest = moment

    def moments_after(self, moment: datetime, limit: int) -> list[datetime]:
        """The first moments later than this one, at most `limit` of them."""
        return list(islice((each for each in self.moments() if each > moment), limit))

    def moments_between(self, first: datetime, last: datetime) -> list[datetime]:
        """The moments from `first` to `last`, both included."""
        found = []
        for each in self.moments():
            if each > last:
                break
            if each >= first:
                found.append(each)
        return found

    def _days(self):
        start = datetime.combine(self.starts_on, datetime.min.time())
        end = self.until and datetime.combine(self.until, datetime.min.time())
        return rrule(dtstart=start, until=end, interval=self.interval, wkst=MO, **self._of_unit())

    def _of_unit(self):
        if self.unit == "days":
            return {"freq": DAILY}
        if self.unit == "weeks":
            chosen = [number for number, name in enumerate(WEEKDAYS) if name in self.weekdays]
            return {"freq": WEEKLY, "byweekday": chosen or [self.starts_on.weekday()]}
        day = self.starts_on.day
        # "on the 31st" is the last day of a shorter month, not a month without a date (RFC 5545 leaves it out)
        return {"freq": MONTHLY, "bymonthday": range(min(day, SHORTEST_MONTH), day + 1), "bysetpos": -1}


def problem(rule: Recurrence) -> Text | None:
    """What is wrong with a rule as a person filled it in; None where nothing is."""
    if not 1 <= rule.interval <= LONGEST_INTERVAL:
        return _("Repeat it every 1 to %(longest)d days, weeks or months.", longest=LONGEST_INTERVAL)
    if not is_on_a_clock(rule.hours):
        return _("Choose a time from 00:00 to 23:59.")
    if rule.timezone not in available_timezones():
        return _("Choose a time zone.")
    if rule.until and rule.until < rule.starts_on:
        return _("The last day is before the first.")
    if rule.weekdays - set(WEEKDAYS):
        return _("Name the weekdays as %(names)s.", names=", ".join(WEEKDAYS))
    return None
