"""When an address is looked at again that mailings leave out because of its domain."""

from datetime import timedelta

DAY, WEEK = 24, 7 * 24
# whose registration lapsed notices within days, or hardly any more
SOON_MENDED = timedelta(days=7)


def hours_until_recheck(dead_for: timedelta, usual: int = 0) -> int:
    """In how many hours, for a domain that has been dead for so long: never later than usual, and never not at all.

    `usual` are the hours after which any address is looked at again; 0: none is by itself.
    """
    hours = DAY if dead_for < SOON_MENDED else WEEK
    return min(hours, usual) if usual else hours
