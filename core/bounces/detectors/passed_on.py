"""Somebody, or a provider, passes a report on: the report is the mail that this one carries."""

from dataclasses import replace

from ..evidence import Finding
from ..letter import Letter, quoted_report
from .delivery_status import delivery_status


def passed_on(letter: Letter) -> Finding | None:
    """What the inner report says, of the mail that it returns itself."""
    inner = quoted_report(letter)
    finding = delivery_status(inner) if inner else None
    return finding and replace(finding, original_message_id=finding.original_message_id or inner.original_message_id)
