"""Web addresses in plain text with `{{ }}` placeholders."""

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

# a placeholder may hold an address, and an address a placeholder: both stay as they are
_TOKEN = re.compile(r"\{\{.+?\}\}|https?://(?:\{\{.+?\}\}|[^\s<>\"])+", re.IGNORECASE)
_STOPS = ".,;:!?'»”’…*_"


def web_addresses(text: str) -> list[str]:
    """The addresses that are the same for everybody, each once, without the stop of the sentence around them."""
    return list(dict.fromkeys(filter(None, map(_address, _TOKEN.findall(text)))))


def with_addresses(text: str, replacements: Mapping[str, str]) -> str:
    """The text with some of its addresses replaced."""

    def replace(token: re.Match) -> str:
        address = _address(token[0])
        return replacements.get(address, address) + token[0][len(address) :] if address else token[0]

    return _TOKEN.sub(replace, text)


def _address(token: str) -> str:
    """The address that a token is; empty for a placeholder, for one with a placeholder, and for what is none."""
    if "{{" in token:
        return ""
    address = token.rstrip(_STOPS)
    if address.endswith(")") and "(" not in address:
        address = address.rstrip(_STOPS + ")")
    try:
        return address if urlsplit(address).hostname else ""
    except ValueError:  # half of an IPv6 address
        return ""
