"""Periodic sends hit the right moments: known cases, and rules at random against a walk through the calendar."""

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, takewhile

import pytest
from bulk_mailing.core.recurrence import WEEKDAYS, Recurrence, problem
from dateutil import tz
from hypothesis import example, given
from hypothesis import strategies as st

AMSTERDAM = "Europe/Amsterdam"
ZONES = ("UTC", AMSTERDAM, "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "America/Sao_Paulo")


def at(text):
    return datetime.fromisoformat(text)


CASES = {
    "weekly across both clock changes": (
        Recurrence(date(2026, 3, 23), 9, AMSTERDAM),
        ["2026-03-23T08:00", "2026-03-30T07:00", "2026-04-06T07:00"],
    ),
    "an hour that occurs twice is sent in once": (
        Recurrence(date(2026, 10, 24), 2.5, AMSTERDAM, unit="days"),
        ["2026-10-24T00:30", "2026-10-25T00:30", "2026-10-26T01:30"],
    ),
    "an hour that is left out moves forward": (
        Recurrence(date(2026, 3, 28), 2.5, AMSTERDAM, unit="days"),
        ["2026-03-28T01:30", "2026-03-29T01:30", "2026-03-30T00:30"],
    ),
    "the 31st is the last day of shorter months": (
        Recurrence(date(2027, 12, 31), 12, "UTC", unit="months"),
        ["2027-12-31T12:00", "2028-01-31T12:00", "2028-02-29T12:00", "2028-03-31T12:00", "2028-04-30T12:00"],
    ),
    "the 30th comes back after February": (
        Recurrence(date(2027, 1, 30), 12, "UTC", unit="months"),
        ["2027-01-30T12:00", "2027-02-28T12:00", "2027-03-30T12:00"],
    ),
    "leap day once a year": (
        Recurrence(date(2028, 2, 29), 12, "UTC", unit="months", interval=12),
        ["2028-02-29T12:00", "2029-02-28T12:00", "2030-02-28T12:00", "2031-02-28T12:00", "2032-02-29T12:00"],
    ),
    "working days": (
        Recurrence(date(2026, 11, 26), 9, "UTC", weekdays=frozenset(WEEKDAYS[:5])),
        ["2026-11-26T09:00", "2026-11-27T09:00", "2026-11-30T09:00"],
    ),
    "every other week, of which the first has begun": (
        Recurrence(date(2026, 11, 25), 9, "UTC", interval=2, weekdays=frozenset({"mon", "fri"})),
        ["2026-11-27T09:00", "2026-12-07T09:00", "2026-12-11T09:00"],
    ),
    "until a day, which is the last": (
        Recurrence(date(2026, 11, 25), 23.5, "America/New_York", unit="days", until=date(2026, 11, 26)),
        ["2026-11-26T04:30", "2026-11-27T04:30"],
    ),
    "a day that the zone left out is not sent twice": (
        Recurrence(date(2011, 12, 29), 9, "Pacific/Apia", unit="days"),
        ["2011-12-29T19:00", "2011-12-30T19:00", "2011-12-31T19:00"],
    ),
}


@pytest.mark.parametrize("rule, expected", CASES.values(), ids=CASES)
def test_moments(rule, expected):
    """C22: the first moments of a rule."""
    assert list(islice(rule.moments(), len(expected))) == [at(text) for text in expected]


def test_the_end_is_the_end():
    """C22: after the last day there is nothing."""
    rule = Recurrence(date(2026, 11, 25), 9, "UTC", unit="days", until=date(2026, 11, 26))
    assert len(list(rule.moments())) == 2


def matches(rule, day):
    """Whether a rule has this day, said without dateutil's rules."""
    start = rule.starts_on
    if day < start or (rule.until and day > rule.until):
        return False
    if rule.unit == "days":
        return (day - start).days % rule.interval == 0
    if rule.unit == "weeks":
        monday = start - timedelta(days=start.weekday())
        names = rule.weekdays or {WEEKDAYS[start.weekday()]}
        return (day - monday).days // 7 % rule.interval == 0 and WEEKDAYS[day.weekday()] in names
    months = (day.year - start.year) * 12 + day.month - start.month
    return months % rule.interval == 0 and day.day == min(start.day, monthrange(day.year, day.month)[1])


def moment_by_dateutil(rule, day):
    """The UTC moment as python-dateutil finds it: what does not exist moves forward, what is twice is the first."""
    wall = datetime.combine(day, time()) + timedelta(minutes=round(rule.hours * 60))
    aware = tz.resolve_imaginary(wall.replace(tzinfo=tz.gettz(rule.timezone)))
    return aware.astimezone(UTC).replace(tzinfo=None)


RULES = st.builds(
    Recurrence,
    starts_on=st.dates(date(2023, 1, 1), date(2028, 12, 31)),
    hours=st.integers(0, 24 * 60 - 1).map(lambda minutes: minutes / 60),
    timezone=st.sampled_from(ZONES),
    unit=st.sampled_from(("days", "weeks", "months")),
    interval=st.integers(1, 14),
    weekdays=st.frozensets(st.sampled_from(WEEKDAYS)),
    until=st.none() | st.dates(date(2023, 1, 1), date(2031, 12, 31)),
)


@given(RULES)
@example(Recurrence(date(2026, 1, 31), 2.5, AMSTERDAM, unit="months"))
@example(Recurrence(date(2026, 3, 1), 2.25, AMSTERDAM, unit="days"))
@example(Recurrence(date(2028, 2, 29), 1.99, "America/New_York", unit="months", interval=12))
def test_like_a_calendar(rule):
    """C22: over 500 days, and so over clock changes, month ends and leap days, every rule has exactly its moments."""
    days = [rule.starts_on + timedelta(days=number) for number in range(500)]
    expected = [moment_by_dateutil(rule, day) for day in days if matches(rule, day)]
    assert list(islice(rule.moments(), len(expected))) == expected


@given(RULES, st.datetimes(datetime.fromisoformat("2023-01-01"), datetime.fromisoformat("2029-12-31")))
def test_after_and_between(rule, moment):
    """C22: what comes after a moment, and what was missed since an earlier one, is all there is."""
    later = moment + timedelta(days=60)
    between = rule.moments_between(moment, later)
    assert between == [each for each in takewhile(lambda each: each <= later, rule.moments()) if each >= moment]
    after = rule.moments_after(moment, len(between))
    assert after[: len(between) - (moment in between)] == [each for each in between if each > moment]


@pytest.mark.parametrize(
    "values, word",
    [
        ({"interval": 0}, "every 1 to"),
        ({"interval": 1000}, "every 1 to"),
        ({"hours": 24.0}, "00:00"),
        ({"hours": float("nan")}, "00:00"),
        ({"timezone": "Mars/Olympus"}, "time zone"),
        ({"timezone": ""}, "time zone"),
        ({"until": date(2026, 1, 1)}, "before the first"),
        ({"weekdays": frozenset({"monday"})}, "mon, tue"),
        ({"until": date(2026, 1, 2)}, ""),
        ({"weekdays": frozenset({"mon"}), "interval": 999}, ""),
    ],
)
def test_problem(values, word):
    """C22: a rule that cannot be meant is refused with a sentence; its neighbours are not."""
    found = problem(Recurrence(**{"starts_on": date(2026, 1, 2), "hours": 9.0, "timezone": "UTC"} | values))
    assert word in str(found) if word else found is None
