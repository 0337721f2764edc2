"""How long a lane may sleep while nobody is due."""

from collections.abc import Iterable

NEAR_SECONDS = 60.0  # Odoo's cron looks once a minute for what has become due
# News wakes a lane; but nobody tells of settings, or that the DNS has given somebody another provider
LONGEST_SECONDS = 10.0
# Lanes come to what is due one after the other: the first takes it, and the others see that nothing is left. All
# of them come within the second that a rate does not lose.
APART_SECONDS, MOST_APART = 0.4, 2
CLOCKS_SECONDS = 0.02  # the database's is not ours
BUSY_SECONDS = 1.0


def seconds_to_sleep(waits: Iterable[float], lane: int) -> float | None:
    """Until this lane should look again; None where nobody is due for so long that staying is not worth it.

    :param waits: seconds until somebody of each stream is due
    :param lane: its number, from 0
    """
    soonest = min(waits, default=NEAR_SECONDS)
    if soonest >= NEAR_SECONDS:
        return None
    if soonest <= 0:  # due, and not granted: another lane has the connections of that provider
        return BUSY_SECONDS
    return min(soonest + CLOCKS_SECONDS + APART_SECONDS * min(lane, MOST_APART), LONGEST_SECONDS)
