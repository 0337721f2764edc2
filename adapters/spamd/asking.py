"""Who is asked for a spam score, whichever way."""

from typing import Protocol

from ...core.spam import SpamScore
from ...core.text import Text


class NotAsked(Exception):
    """There is no score to be had; `reason` says why, for people. Nothing else is raised."""

    def __init__(self, reason: Text):
        super().__init__(str(reason))
        self.reason = reason


class SpamFilter(Protocol):
    def score(self, message: bytes) -> SpamScore:
        """What the filter thinks of a message, as it would arrive. Raises NotAsked."""


class FakeSpamFilter:
    """Gives every message the score that a test wants, or none for the reason it gives; `asked` are the messages."""

    def __init__(self, answer: SpamScore | Text):
        self.answer, self.asked = answer, []

    def score(self, message: bytes) -> SpamScore:
        """As in SpamFilter."""
        self.asked.append(message)
        if isinstance(self.answer, Text):
            raise NotAsked(self.answer)
        return self.answer
