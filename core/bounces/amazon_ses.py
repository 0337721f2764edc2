"""What Amazon SES says in JSON, by mail or in a call: whom a mail did not reach, who complains, which mail it was."""

from .. import json_fields as fields
from .evidence import Evidence


def failures(told: object) -> list[Evidence]:
    """Whom a bounce is about."""
    found = map(_evidence, fields.entries(told, "bounce", "bouncedRecipients"))
    return [one for one in found if one.address]


def complainers(told: object) -> list[Evidence]:
    """Who may have complained: with several, SES only knows that it was one of them."""
    return [_evidence(recipient) for recipient in fields.entries(told, "complaint", "complainedRecipients")]


def message_id(told: object) -> str:
    """Ours, where the notification includes the original headers: SES gives each mail another one."""
    for header in fields.entries(told, "mail", "headers"):
        if fields.text(header, "name").lower() == "message-id":
            return fields.message_id(header, "value")
    return fields.message_id(told, "mail", "commonHeaders", "messageId")


def _evidence(recipient: dict) -> Evidence:
    # "smtp; 550 5.1.1 ...": the words begin after their kind (RFC 3464, 2.3.6)
    words = fields.text(recipient, "diagnosticCode").removeprefix("smtp;").strip()
    status, is_delayed = fields.text(recipient, "status", longest=20), fields.text(recipient, "action") == "delayed"
    return Evidence(fields.address(recipient, "emailAddress"), words, status, is_delayed=is_delayed)
