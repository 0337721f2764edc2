"""Amazon SES by way of SNS: a notification in JSON, sent as mail."""

import json
from dataclasses import replace

from ... import json_fields
from .. import amazon_ses
from ..evidence import Finding, bounce
from ..letter import Letter
from ..report import Kind


def amazon_notification(letter: Letter) -> Finding | None:
    """A bounce or a complaint; a delivery is no bounce."""
    start, end = letter.text.find("{"), letter.text.rfind("}")
    if start < 0 or '"notificationType' not in letter.text.replace("\\", ""):
        return None
    told = _unwrapped(letter.text[start : end + 1])
    if not isinstance(told, dict):
        return None
    if "complaint" in told:
        kind = json_fields.text(told, "complaint", "complaintFeedbackType") or "abuse"
        finding = Finding(Kind.COMPLAINT, tuple(amazon_ses.complainers(told)), kind)
    else:
        finding = bounce(amazon_ses.failures(told)) or Finding(Kind.NOT_A_BOUNCE)
    return replace(finding, original_message_id=amazon_ses.message_id(told))


def _unwrapped(text: str) -> object:
    """What SNS carries; lines were folded on the way where a string had a blank. None where it is no JSON."""
    try:
        data = json.loads(text.replace("\n", ""))
        return json.loads(data["Message"]) if isinstance(data.get("Message"), str) else data
    except (ValueError, RecursionError):
        return None
