"""Amazon SES by way of SNS: a notification in JSON, sent as mail."""

import json
from dataclasses import replace

from ..evidence import Evidence, Finding, bounce
from ..letter import Letter
from ..report import Kind


def amazon_notification(letter: Letter) -> Finding | None:
    """A bounce or a complaint; a delivery is no bounce."""
    start, end = letter.text.find("{"), letter.text.rfind("}")
    if start < 0 or '"notificationType' not in letter.text.replace("\\", ""):
        return None
    notification = _unwrapped(letter.text[start : end + 1])
    message_id = f"<{notification.get('mail', {}).get('messageId', '')}@email.amazonses.com>"
    if "complaint" in notification:
        who = notification["complaint"].get("complainedRecipients", [])
        kind = notification["complaint"].get("complaintFeedbackType") or "abuse"
        return Finding(Kind.COMPLAINT, tuple(Evidence(one["emailAddress"]) for one in who), kind, message_id)
    who = notification.get("bounce", {}).get("bouncedRecipients", [])
    finding = bounce([_evidence(one) for one in who]) or Finding(Kind.NOT_A_BOUNCE)
    return replace(finding, original_message_id=message_id)


def _unwrapped(text: str) -> dict:
    """What SNS carries; lines were folded on the way where a string had a blank."""
    data = json.loads(text.replace("\n", ""))
    return json.loads(data["Message"]) if isinstance(data.get("Message"), str) else data


def _evidence(one: dict) -> Evidence:
    words = one.get("diagnosticCode", "").removeprefix("smtp;").strip()
    return Evidence(one["emailAddress"], words, one.get("status", ""), is_delayed=one.get("action") == "delayed")
