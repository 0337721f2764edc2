"""What is left: a mailer daemon says that something failed, in words, or a language, that no other detector knows."""

from ..addresses import addresses_in
from ..dialect import lines, phrase
from ..evidence import Evidence, Finding, bounce
from ..letter import Letter
from ..told import told_of

_SENDERS = phrase(
    r"mailer?[-_. ]?daemon|post[-_]?master|mail[- ]?(?:delivery|administrator|beheer)|mail ?administrator",
    r"(?:sub)?system.{0,40}deliver|delivery (?:sub)?system|<>$",
)
_SUBJECTS = phrase(
    r"undeliver|delivery (?:status )?(?:notification|fail|report|problem|error)|returned (?:mail|message)",
    r"mail (?:delivery )?fail|fail(?:ure|ed) (?:notice|mail|delivery|message)|(?:delivery|message) (?:has )?failed",
    r"mail(?:ing)? (?:system )?error|could not be (?:delivered|sent)|non[- ]?deliver|not delivered|\bfrozen\b|bounce",
    r"delivery (?:has )?(?:been )?delayed|delivery$|your mail$|error sending|wasn't delivered|rejected",
    # German, Dutch, French, Spanish, Italian, Portuguese, the North
    r"zugestellt|zustell|onbestelbaar|niet (?:worden )?(?:bezorgd|afgeleverd)|non[ _]remis|échec|echec|non distribu",
    r"no (?:se )?(?:ha podido |pudo )?(?:ser )?entrega|devuelto|rechazado|recapit|consegna|n[aã]o (?:foi )?entreg",
    r"falha|devolvid|olevererbar|leverer|ikke levere|toimit",
    # Polish, Czech, Russian
    r"dostarcz|niedor[eę]cz|doru[cč]|недостав|не (?:был[ао]? )?доставл|возвра|ошибка",
    # Japanese, Chinese, Korean
    r"エラー|配信|送信|不達|退信|退回|投递|投遞|送达|送達|반송|전송",
)
_FAILURES = phrase(
    r"(?:could|can|was|were|has|have|did)(?: ?not|n't) (?:yet )?(?:be|been)? ?(?:delivered|reached?|sent)",
    r"(?:un|not )able to (?:be )?deliver|fail(?:ed|ure|s)\b|undeliver|return(?:ed|ing)|permanent|reject|refused|frozen",
    r"\b[45]\d\d[ -]|\b[45]\.\d\.\d{1,3}\b",
    r"not (?:yet )?(?:been )?delivered|does not exist|mailbox|(?:User|host) unknown|unknown (?:user|host)|over ?quota",
    r"zugestellt|zustellbar|bezorgd|afgeleverd|remis\b|distribu|entrega|recapit|consegn|levere|dostarcz|доставл",
    r"送信できません|配信|届|送达|送達|退回|投递|投遞|반송|전송",
)
# what names a person to whom nothing could be brought
_LABEL = lines(
    r"^[^\n@]{0,40}(?:recipient|address|\bto\b|empfänger|destinat|получател|宛先|收件人)[^\n@]{0,40}[:：][^\n]*@[^\n]*$"
)


def is_report(letter: Letter) -> bool:
    """Whether sender and subject are those of a bounce."""
    return bool(_SENDERS.search(letter.sender) and _SUBJECTS.search(letter.subject))


def undeliverable(letter: Letter) -> Finding | None:
    """Sender and subject of a bounce, words of failure, and somebody who may be meant."""
    # answers come from nobody, too (RFC 3834, 3.3), but they were found before
    is_from_nobody = letter.header("Return-Path") == "<>"
    is_untitled = not letter.subject and (is_from_nobody or _SENDERS.search(letter.sender))
    is_meant = is_report(letter) or is_untitled or (is_from_nobody and _SUBJECTS.search(letter.subject))
    if not (is_meant and _FAILURES.search(letter.words)):
        return None
    who = _who(letter)
    told = [told_of(letter, address) for address in who[:1]]
    return bounce([Evidence(who[0], one.refusal or one.words, command=one.command) for one in told])


def _who(letter: Letter) -> list[str]:
    """The text's addresses but the sender's own; else whom the returned mail went to."""
    not_meant = set(addresses_in(f"{letter.header('To')} {letter.sender} {letter.returned.get('From', '')}"))
    named = [one for one in addresses_in(letter.words) if one not in not_meant and "postmaster" not in one.lower()]
    sent_to = letter.sent_to
    labelled = [one for one in addresses_in(" ".join(_LABEL.findall(letter.text))) if one in named]
    return [one for one in sent_to if one in named] or labelled or named or sent_to
