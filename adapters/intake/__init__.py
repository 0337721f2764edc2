"""Ways in for mail that a mail server hands over: a Maildir, and LMTP."""

from .fate import Fate
from .maildir import Maildir, NoMaildir

__all__ = ["Fate", "Maildir", "NoMaildir"]
