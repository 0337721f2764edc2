"""RFC 3834: what a machine sends of its own accord, and is no report, as all reports were found before."""

from ..evidence import Finding
from ..letter import Letter
from ..report import Kind


def generated(letter: Letter) -> Finding | None:
    """A notice that a mail was received, a ticket was opened ..."""
    is_generated = letter.header("Auto-Submitted").lower().startswith(("auto-generated", "auto-notified"))
    return Finding(Kind.AUTO_REPLY) if is_generated else None
