"""What a check has to say about a draft."""

from dataclasses import dataclass
from enum import StrEnum

from .text import Text


class Severity(StrEnum):
    """How much a finding matters; the order is that of the report."""

    ERROR = "error"  # blocks sending
    WARNING = "warning"  # must be acknowledged by the person who sends
    INFO = "info"  # a hint


@dataclass(frozen=True)
class Finding:
    """One thing to know before sending.

    `code` names the finding and never changes; `field` is the mailing's field where it is mended, or None.
    """

    code: str
    severity: Severity
    title: Text
    explanation: Text
    remedy: Text
    field: str | None = None


def error(code: str, *, title: Text, explanation: Text, remedy: Text, field: str | None = None) -> Finding:
    """A finding that blocks sending."""
    return Finding(code, Severity.ERROR, title, explanation, remedy, field)


def warning(code: str, *, title: Text, explanation: Text, remedy: Text, field: str | None = None) -> Finding:
    """A finding that the sender must have read."""
    return Finding(code, Severity.WARNING, title, explanation, remedy, field)


def info(code: str, *, title: Text, explanation: Text, remedy: Text, field: str | None = None) -> Finding:
    """A hint that asks for nothing."""
    return Finding(code, Severity.INFO, title, explanation, remedy, field)
