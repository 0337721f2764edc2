"""A mailing list that refuses a post: by its members only (fml and others), or because it would go round in circles."""

import re

from ..addresses import addresses_in
from ..dialect import phrase
from ..evidence import Evidence, Finding, bounce
from ..letter import Letter

_KNOWN_BY = phrase(
    r"You are not a (?:registered )?member of (?:this|the) mailing list",
    r"is not (?:a )?member of (?:this|the) mailing list",
    r"only members (?:can|may|are allowed to) post",
    r"address is not permitted to (?:submit|send) (?:posts|articles|mail)",
)
_SERVER = phrase(r"^fml\b")
_REFUSED = phrase(r"not (?:a )?member|loop|ignored|rejected|duplicated|security alert|system error")
_ROLE = re.compile(r"-(?:admin|owner|request|bounces?|ctl)(?=@)", re.IGNORECASE)


def mailing_list(letter: Letter) -> Finding | None:
    """The list is the recipient: named in the text, or else in the address of whoever runs it."""
    is_fml = _SERVER.search(letter.header("X-MLServer")) and _REFUSED.search(f"{letter.subject} {letter.words}")
    if not (_KNOWN_BY.search(letter.words) or is_fml):
        return None
    ours = set(addresses_in(letter.header("To")))
    senders = [_ROLE.sub("", one) for one in addresses_in(letter.header("From"))]
    named = [one for one in addresses_in(letter.words) if one not in ours and not _ROLE.search(one)]
    return bounce([Evidence(one, f"{letter.subject} {letter.words}") for one in (named or senders)[:1]])
