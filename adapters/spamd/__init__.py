"""SpamAssassin's spamd, asked what it thinks of a message."""

from .asking import FakeSpamFilter, NotAsked, SpamFilter
from .client import Limits, Spamd

__all__ = ["FakeSpamFilter", "Limits", "NotAsked", "SpamFilter", "Spamd"]
