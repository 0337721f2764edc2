"""What the tests' SMTP server has accepted, and the rules by which it misbehaves."""

from collections.abc import Callable
from dataclasses import dataclass, field
from email import message_from_bytes
from email.policy import SMTP as SMTP_POLICY


@dataclass(frozen=True)
class ReceivedMail:
    """A message that this server has accepted: envelope, bytes, and on which connection it came (from 1)."""

    sender: str
    recipients: tuple
    content: bytes
    connection: int
    options: tuple = ()
    is_secure: bool = False

    @property
    def message(self):
        """The parsed message."""
        return message_from_bytes(self.content, policy=SMTP_POLICY)


@dataclass
class Rule:
    """What to do at a command, for which recipient, and at which time of that."""

    command: str
    recipient: str | None = None
    nth: int | None = None
    answer: str | None = None
    closes: bool = False
    resets: bool = False
    after_bytes: int | None = None
    seconds: float = 0
    action: Callable | None = None
    seen: int = field(default=0)

    def reply(self, answer):
        """Answer this instead of what the server would say; a 421 also closes the connection (RFC 5321, 3.8)."""
        self.answer = answer
        self.closes = answer.startswith("421")
        return self

    def disconnect(self, after_bytes=None):
        """Hang up without a reply; at DATA after so many bytes of the message."""
        self.closes, self.after_bytes = True, after_bytes
        return self

    def accept_and_reset(self):
        """Take the message, and break the connection with a TCP reset instead of a reply."""
        self.resets = True
        return self

    def delay(self, seconds):
        """Answer this much later."""
        self.seconds = seconds
        return self

    def then(self, action):
        """Do this when the rule applies, in the server's thread; an accepted message is in `messages` by then."""
        self.action = action
        return self

    def applies(self, command, recipients):
        """Count a matching command, and tell whether it is this rule's turn."""
        if command != self.command:
            return False
        if self.recipient and not any(self.recipient in address for address in recipients):
            return False
        self.seen += 1
        return self.nth is None or self.nth == self.seen
