"""How an address may be written: RFC 5321 with international addresses (RFC 6531), as email-validator reads it."""

import re

from email_validator import EmailNotValidError, validate_email

# what people's mail programs and spreadsheets put around an address
_AROUND = " \t\r\n\u00a0\u200b<>\"',;:()[]"
_SPACE = re.compile(r"\s+")
# RFC 5321 has 64 octets before the @ and 255 after it (4.5.3.1), and fewer in all: 256 with the brackets around them,
# so 254 (erratum 1690 to RFC 3696). Which of those a text in other letters keeps, the parser counts; this is a bound
# for what it is given.
LONGEST = 64 + 1 + 255


def is_too_long(address: str) -> bool:
    """Whether a text is longer than any address, however it is spelled: whoever typed it may have typed megabytes."""
    return len(address) > LONGEST


def parse(address: str) -> tuple[str, str] | None:
    """Local part and domain (in A-labels, lower case) of a well-formed address that has a domain; else None.

    An IP address in brackets, and a quoted local part, are well-formed on paper, and nobody's mail address.
    Whether a domain is anywhere in the world is for the DNS to say.
    """
    if is_too_long(address):
        return None
    try:
        parsed = validate_email(
            address, strict=True, check_deliverability=False, globally_deliverable=False, test_environment=True
        )
    except (EmailNotValidError, ValueError):
        return None
    return parsed.local_part, parsed.ascii_domain.lower()


def repair(address: str) -> str:
    """A malformed address with the slips of the keyboard taken out, or empty where that does not help."""
    local_part, at_sign, domain = _SPACE.sub("", address.strip(_AROUND).removeprefix("mailto:")).rpartition("@")
    local_part = re.sub(r"\.\.+", ".", local_part).strip(".@")
    domain = re.sub(r"[.,;]+", ".", domain).strip(".,;-")
    repaired = f"{local_part}{at_sign}{domain}"
    return repaired if repaired != address and parse(repaired) else ""
