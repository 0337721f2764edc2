"""What a detector found out, before it is judged."""

from dataclasses import dataclass

from .report import Kind


@dataclass(frozen=True)
class Evidence:
    """One recipient's: the address, the server's words, and a status that was given apart from them."""

    address: str
    diagnostic: str = ""
    status: str = ""
    command: str = ""
    is_delayed: bool = False


@dataclass(frozen=True)
class Finding:
    """What a mail is, and whom it is about."""

    kind: Kind
    evidence: tuple[Evidence, ...] = ()
    feedback_type: str = ""
    original_message_id: str = ""


def bounce(evidence: list[Evidence]) -> Finding | None:
    """A bounce, or a delay where nobody has failed for good; None without anybody."""
    if not evidence:
        return None
    kind = Kind.DELAY if all(one.is_delayed for one in evidence) else Kind.BOUNCE
    return Finding(kind, tuple(evidence))
