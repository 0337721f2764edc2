"""Addresses in running text."""

import re

# RFC 5321, 4.5.3.1: 64 before the @, 255 behind it; sizes keep the search linear
_WIDE = "（）「」【】《》：，。；、"  # punctuation of Chinese and Japanese, which needs no blank
_LOCAL = rf"(?:\"[^\"\n]{{1,64}}\"|[^\s<>()\[\],;:\"'|`{_WIDE}]{{1,64}})"
_DOMAIN = rf"(?:[^\s<>()\[\],;:\"'|=@`*{_WIDE}]{{1,255}}|\[[\d.]{{7,15}}\])"
ADDRESS = rf"{_LOCAL}@{_DOMAIN}"
_ADDRESS = re.compile(ADDRESS)
_X400 = re.compile(r"(?:mailto|smtp|rfc822|x400)[:;]\s*", re.IGNORECASE)


def addresses_in(text: str) -> list[str]:
    """All of them, in their order, each once."""
    return list(dict.fromkeys(filter(None, map(clean, _ADDRESS.findall(text)))))


def address_in(text: str) -> str:
    """The first, "" where there is none."""
    found = _ADDRESS.search(text)
    return clean(found[0]) if found else ""


def clean(address: str) -> str:
    """Without what surrounds it; "" where that leaves no address."""
    address = _X400.sub("", address).strip().strip("<>").rstrip(".,;:!?").removeprefix("'").removesuffix("'")
    local, at, domain = address.rpartition("@")
    return address if at and local and domain else ""
