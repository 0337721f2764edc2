"""A provider that asks us to slow down: a pause, then a lower rate that rises while no new complaint comes."""

from dataclasses import dataclass

LONGEST_PAUSE = 2 * 3600.0
# A server may wish what it wants, but news is stale after a day
LONGEST_WISH = 24 * 3600.0
LOWEST_RATE = 6  # a mail every ten seconds still shows whether the provider takes mail again
STEP_SECONDS = 5 * 60.0
STEP_FACTOR = 1.5


@dataclass(frozen=True)
class Slowdown:
    """The state of a provider that complained: moments in seconds, rates a minute."""

    paused_until: float = 0.0
    rate: int = 0  # right after the pause
    full_rate: int = 0  # where the slowdown ends
    complaints: int = 0

    def rate_at(self, now: float) -> int:
        """The rate that it lets us send; 0: no slowdown any more."""
        if not self.rate:
            return 0
        steps = max(0, int((now - self.paused_until) // STEP_SECONDS))
        # ends long before the power of a provider's forgotten complaint could overflow
        rate = int(self.rate * STEP_FACTOR ** min(steps, 50))
        return 0 if rate >= self.full_rate else rate

    def after_complaint(self, now: float, pause: float, wish: float, rate: int) -> "Slowdown":
        """The state after a complaint.

        :param pause: seconds to wait after a first complaint, by the rules
        :param wish: seconds that the server itself asked for, or 0
        :param rate: mails a minute that it let us send so far: its limit, or what was observed
        """
        wish = min(wish, LONGEST_WISH)
        if now < self.paused_until:
            # of a mail that was on the wire when the pause began
            return Slowdown(max(self.paused_until, now + wish), self.rate, self.full_rate, self.complaints)
        slowed = self.rate_at(now)
        complaints = self.complaints + 1 if slowed else 1
        wait = wish or min(pause * 2 ** min(complaints - 1, 20), LONGEST_PAUSE)
        full_rate = self.full_rate if slowed else max(rate, 2 * LOWEST_RATE)
        return Slowdown(now + wait, max(LOWEST_RATE, (slowed or full_rate) // 2), full_rate, complaints)


def slowest(*rates: int) -> int:
    """The lowest of several rates, of which 0 means no limit."""
    return min((rate for rate in rates if rate), default=0)
