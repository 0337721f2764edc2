"""Ways in for mail that a mail server hands over: a Maildir, and LMTP."""

from .fate import LARGEST_BYTES, Fate
from .maildir import Maildir, NoMaildir
from .trouble import fate_after

__all__ = ["LARGEST_BYTES", "Fate", "Maildir", "NoMaildir", "fate_after"]
