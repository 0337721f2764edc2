"""A rate kept without bursts: how many mails may go now, and when the next may.

Moments are seconds on one clock for all lanes, which the caller reads. Nothing is saved up while nobody sends.
"""

from dataclasses import dataclass

# A mail leaves up to a second after its grant, and no 60 seconds may see more than the limit
MINUTE = 61.0
UNLIMITED = 2**31 - 1
# From here on a second's worth at a time; below, five seconds' worth, so that waiting costs nearly nothing
FAST_PER_MINUTE = 1000
# A lane looks around this often, and the time it comes late is not lost
LATENESS = 1.0


@dataclass(frozen=True)
class Pace:
    """What was granted lately: when the next grant is possible, and (moment, mails) of the last minute."""

    next_at: float = 0.0
    recent: tuple[tuple[float, int], ...] = ()

    def allows(self, rate: int, now: float) -> int:
        """How many mails may go now.

        :param rate: mails a minute; 0: no limit
        """
        if not rate:
            return UNLIMITED
        if now < self.next_at:
            return 0
        return max(0, min(at_once(rate), rate - self.per_minute(now)))

    def after(self, rate: int, now: float, mails: int) -> "Pace":
        """The pace after a grant."""
        if not mails:
            return self
        recent = self._with(now, mails)
        if not rate:
            return Pace(0.0, recent)
        is_late = 0 <= now - self.next_at <= LATENESS
        next_at = (self.next_at if is_late else now) + mails * MINUTE / rate
        if sum(count for _at, count in recent) >= rate:
            next_at = max(next_at, recent[0][0] + MINUTE)
        return Pace(next_at, recent)

    def per_minute(self, now: float) -> int:
        """How many were granted in the last minute."""
        return sum(count for at, count in self.recent if at > now - MINUTE)

    def _with(self, now, mails):
        """One entry a second, at the later moment: that counts mails for longer rather than shorter."""
        recent = [(at, count) for at, count in self.recent if at > now - MINUTE]
        if recent and int(recent[-1][0]) == int(now):
            mails += recent.pop()[1]
        return (*recent, (now, mails))


def at_once(rate: int) -> int:
    """The most mails in one grant: at least one."""
    return max(1, rate // 60 if rate >= FAST_PER_MINUTE else rate // 12)
