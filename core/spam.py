"""What a spam filter says of a message."""

from dataclasses import dataclass


@dataclass(frozen=True)
class SpamRule:
    """A rule of the filter that the message meets: what it is called, what it adds, and what it looks at."""

    name: str
    points: float
    description: str = ""

    def __str__(self) -> str:
        """In words, with the points that it adds."""
        return f"{self.description or self.name} ({self.points:+.1f})"


@dataclass(frozen=True)
class SpamScore:
    """The points of a message, and the rules they come from."""

    points: float
    rules: tuple[SpamRule, ...] = ()

    def heaviest(self, most: int) -> list[SpamRule]:
        """The rules that speak against the message, the worst first."""
        against = (rule for rule in self.rules if rule.points > 0)
        return sorted(against, key=lambda rule: -rule.points)[:most]
