"""Telephone numbers, as the numbering plans of the world have them."""

from dataclasses import dataclass

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat, PhoneNumberType

MOBILE = {PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE}


@dataclass(frozen=True)
class Phone:
    """A number: `e164` is how machines write it (+31612345678), empty where it is none."""

    e164: str = ""
    is_valid: bool = False
    may_get_sms: bool = False
    country: str = ""


def read_phone(number: str, country: str = "") -> Phone:
    """A number as somebody typed it; without a country code it counts as one of `country` (such as NL)."""
    try:
        parsed = phonenumbers.parse(number, country.upper() or None)
    except NumberParseException:
        return Phone()
    is_valid = phonenumbers.is_valid_number(parsed)
    return Phone(
        e164=phonenumbers.format_number(parsed, PhoneNumberFormat.E164),
        is_valid=is_valid,
        may_get_sms=is_valid and phonenumbers.number_type(parsed) in MOBILE,
        country=phonenumbers.region_code_for_number(parsed) or "",
    )
