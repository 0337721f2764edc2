"""Somebody, or a provider, passes a report on: the report is the mail that this one carries."""

from ..evidence import Finding
from ..letter import Letter, quoted_report
from .delivery_status import delivery_status


def passed_on(letter: Letter) -> Finding | None:
    """What the inner report says."""
    inner = quoted_report(letter)
    return delivery_status(inner) if inner else None
