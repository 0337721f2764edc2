"""What is left: a mailer daemon says that something failed, in words that are nobody's in particular."""

from ..addresses import addresses_in
from ..dialect import phrase
from ..evidence import Evidence, Finding, bounce
from ..letter import Letter
from ..told import told_of

_SENDERS = phrase(r"mailer-?daemon|postmaster|mail delivery (?:sub)?system|mail ?administrator|<>$")
_SUBJECTS = phrase(
    r"undeliver|delivery (?:status )?(?:notification|fail|report|problem|error)|returned mail",
    r"mail failure|fail(?:ure|ed) (?:notice|mail)",
    r"mail(?:ing)? (?:system )?error|(?:delivery|message) (?:has )?failed|could not be delivered|non[- ]?delivery",
    r"delivery (?:has )?(?:been )?delayed|unzustellbar|non remis|no entregado|not delivered|エラー|配信|送信",
)
_FAILURES = phrase(
    r"(?:could|can|was|were|has|have)(?: ?not|n't) (?:yet )?(?:be|been)? ?(?:delivered|reached|sent)",
    r"(?:un|not )able to (?:be )?deliver|fail(?:ed|ure|s)\b|undeliver|return(?:ed|ing)|permanent|rejected|\b5\d\d[ -]",
    r"did not reach|not (?:yet )?(?:been )?delivered|does not exist|mailbox|User unknown|送信できません|配信",
)


def undeliverable(letter: Letter) -> Finding | None:
    """Sender or subject of a bounce, words of failure, and exactly one who may be meant."""
    is_from_daemon = _SENDERS.search(letter.sender) or letter.header("Return-Path") == "<>"
    if not (is_from_daemon and (_SUBJECTS.search(letter.subject) or not letter.subject)):
        return None
    who = _who(letter) if _FAILURES.search(letter.words) else []
    told = [told_of(letter, address) for address in who[:1]]
    return bounce([Evidence(who[0], one.refusal or one.words, command=one.command) for one in told])


def _who(letter: Letter) -> list[str]:
    """The text's addresses but the sender's own; else whom the returned mail went to."""
    not_meant = set(addresses_in(f"{letter.header('To')} {letter.sender} {letter.returned.get('From', '')}"))
    named = [one for one in addresses_in(letter.words) if one not in not_meant and "postmaster" not in one.lower()]
    sent_to = addresses_in(str(letter.returned.get("To", "")))
    return [one for one in sent_to if one in named] or named or sent_to
