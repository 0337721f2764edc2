"""Where the mail that comes back begins, in reports that quote it as text."""

import re

_RULE = r"[ \t]*[-*=_]{2,80} {0,3}"
_ANNOUNCEMENTS = (
    # "--- Below this line is a copy of the message.", "------ This is a copy of the message, including"
    rf"{_RULE}(?:below this line is|enclosed is|this is|here is|the header of|start of)\b",
    # "----- Original message -----", "----- Unsent message follows -----"
    rf"{_RULE}(?:the )?(?:original|returned?|unsent|undelivered|your|rejected|bounced|failed) (?:e-?mail )?"
    r"(?:message|mail)\b(?! was)",
    # "----- Message header follows -----"
    rf"{_RULE}(?:message|mail) (?:header|text|content|body)s?\b",
    r"[ \t]*(?:original )?message headers? follows?",
    r"[ \t]*(?:the )?original (?:message (?:headers?|follows?)|mail header)",
    r"[ \t]*(?:included|below|attached|enclosed|following) is (?:a copy of )?(?:the|your) (?:original )?message",
    r"[ \t]*(?:the )?(?:header|text|content|first \d+ lines)s? of (?:the|your) (?:original )?(?:message|mail)",
)
_ANNOUNCED = re.compile(rf"^(?:{'|'.join(_ANNOUNCEMENTS)})[^\n]{{0,80}}$", re.IGNORECASE | re.MULTILINE)
# a header that only a mail under way has, followed by another one. A line between them fits in one way: with two, each
# such line doubles the work
_BEGINS = re.compile(
    r"^(?:Return-Path|Received|DKIM-Signature|X-Received|Delivered-To|ARC-Seal|X-Google-\S{1,40}):[^\n]{0,2000}\n"
    r"(?:[ \t][^\n]{0,2000}\n|(?![ \t]|[A-Za-z][A-Za-z0-9-]{0,60}:)[^\n]{1,200}\n){0,30}[A-Za-z][A-Za-z0-9-]{1,60}:",
    re.IGNORECASE | re.MULTILINE,
)


def split(text: str) -> tuple[str, str]:
    """What the report says, and the mail that it returns ("" where it returns none)."""
    found = _ANNOUNCED.search(text)
    begins = _BEGINS.search(text)
    if found and not (begins and begins.start() < found.start()):
        return text[: found.start()], _from_first_header(text[found.end() :])
    if begins:
        return text[: begins.start()], text[begins.start() :]
    return text, ""


def _from_first_header(text: str) -> str:
    found = re.search(r"^[A-Za-z][A-Za-z0-9-]{1,60}:", text[:4_000], re.MULTILINE)
    return text[found.start() :] if found else ""
