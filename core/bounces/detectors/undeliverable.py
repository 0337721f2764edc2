"""What is left: a machine says that something failed, in words, or a language, that no other detector knows."""

from ..addresses import ADDRESS, addresses_in
from ..dialect import lines, phrase
from ..evidence import Evidence, Finding, bounce
from ..letter import Letter
from ..report import MOST_RECIPIENTS
from ..told import told_of

# who writes nothing else
_DAEMONS = phrase(r"mailer?[-_. ]?daemon|mail delivery (?:sub)?system|\bmdaemon@|<>$")
_SENDERS = phrase(
    r"mailer?[-_. ]?daemon|post[-_]?master|mail[- ]?(?:delivery|administrator|beheer)|mail ?administrator",
    r"(?:sub)?system.{0,40}deliver|delivery (?:sub)?system|mdaemon@|<>$",
)
_SUBJECTS = phrase(
    r"undeliver|delivery (?:status )?(?:notification|fail|report|problem|error|warning)|returned (?:mail|message)",
    r"mail (?:delivery )?fail|fail(?:ure|ed) (?:notice|mail|delivery|message)|(?:delivery|message) (?:has )?failed",
    r"mail(?:ing)? (?:system )?error|could not be (?:delivered|sent)|non[- ]?deliver|not delivered|\bfrozen\b|bounce",
    r"delivery (?:has )?(?:been )?delayed|delivery$|your mail$|error sending|wasn't delivered|rejected",
    r"user unknown|no such user|address not found|mailbox (?:is )?full|over ?quota",
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
    r"(?:could|can|was|were|has|have|did)(?: ?not|n't) (?:yet )?(?:be|been)? ?(?:delivered|reached?|sent|match)",
    r"(?:un|not |n't )able to (?:be )?deliver|fail(?:ed|ure|s)\b|undeliver|return(?:ed|ing)|permanent|reject|refused",
    r"(?:could|can|did)(?: ?not|n't) deliver|\b[45]\d\d[ -]|\b[45]\.\d\.\d{1,3}\b|frozen|postponed|delayed",
    r"delivery problem|not (?:yet )?(?:been )?delivered|does not exist|mailbox|over ?quota",
    r"did not exactly match|not known|invalid (?:final|user|address|recipient)|no such|encountered",
    r"(?:user|host) unknown|unknown (?:user|host)|bounced because|zugestellt|zustellbar|bezorgd|afgeleverd",
    r"remis\b|transmis|distribu|entreg|recapit|consegn|levere|dostarcz|доставл",
    r"送信できません|配信|届|送达|送達|退回|投递|投遞|반송|전송",
)
# what only a machine says at the beginning
_SENTENCES = phrase(
    r"^.{0,200}(?:message|mail|e-?mail|it|below|delivery) (?:\w{1,12} ){0,4}(?:could|can|was|were|has)(?: ?not|n't)",
    r"^.{0,200}(?:(?:unable to|could not|couldn't) deliver|non[- ]delivery)",
    r"^.{0,200}(?:delivery (?:of|to) .{1,80}(?:failed|postponed)|n'a pas pu)",
)
_GOES_ON = phrase(
    r"(?<!not )(?:continue|keep) (?:to try|trying)|will (?:continue to )?(?:be )?retr|still being retried"
)
# what names a person to whom nothing could be brought
_LABEL = lines(
    r"^[^\n@]{0,40}(?:recipient|address|\bto\b|empfänger|destinat|получател|宛先|收件人)[^\n@]{0,40}[:：][^\n]*@[^\n]*$"
)
# the address before it is not reached; this one may work for others
_ALIAS = phrase(rf"{ADDRESS}[>\"]?:? \((?:ultimately )?(?:expanded|forwarded|generated) from:? <?({ADDRESS})")
_QMAIL_LIKE = lines(rf"^[ \t]*<({ADDRESS})>:?[ \t]*$")


def is_report(letter: Letter) -> bool:
    """Whether sender and subject are those of a bounce."""
    return bool(_SENDERS.search(letter.sender) and _SUBJECTS.search(letter.subject))


def undeliverable(letter: Letter) -> Finding | None:
    """The signs of a report, and somebody who may be meant."""
    if not _is_meant(letter):
        return None
    is_delayed = bool(_GOES_ON.search(letter.words))
    who = _who(letter)[:MOST_RECIPIENTS]
    return bounce([_evidence(letter, address, who, is_delayed) for address in who])


def _is_meant(letter: Letter) -> bool:
    """Whether a machine tells of a failure: by its name, by the subject, by its first sentence."""
    is_daemon, is_told = bool(_DAEMONS.search(letter.sender)), bool(_SUBJECTS.search(letter.subject))
    if not _FAILURES.search(letter.words):
        return is_daemon and bool(is_told or _QMAIL_LIKE.search(letter.text))
    if is_daemon:
        return True
    # answers come from nobody, too (RFC 3834, 3.3), but they were found before
    return_path = letter.header("Return-Path").lower()
    is_from_nobody = return_path == "<>" or "mailer-daemon" in return_path
    is_from_machine = bool(is_from_nobody or _SENDERS.search(letter.sender) or _SENTENCES.search(letter.words))
    return is_from_machine and (is_told or not letter.subject)


def _evidence(letter: Letter, address: str, who: list[str], is_delayed: bool) -> Evidence:
    told = told_of(letter, address, who)
    return Evidence(address, told.refusal or told.words, command=told.command, is_delayed=is_delayed)


def _who(letter: Letter) -> list[str]:
    """One address of the text, but not the sender's own; else whom the returned mail went to. A list is taken whole."""
    aliases = " ".join(_ALIAS.findall(letter.words))
    not_meant = set(addresses_in(f"{letter.header('To')} {letter.sender} {letter.returned.get('From', '')} {aliases}"))
    others = (one for one in addresses_in(letter.words) if one not in not_meant and "postmaster" not in one.lower())
    named = dict.fromkeys(others)  # for the order, and to look up thousands of them
    listed = [one for one in addresses_in(" ".join(_QMAIL_LIKE.findall(letter.text))) if one in named]
    if len(listed) > 1:
        return listed
    sent_to = letter.sent_to
    labelled = [one for one in addresses_in(" ".join(_LABEL.findall(letter.text))) if one in named]
    return ([one for one in sent_to if one in named] or labelled or list(named) or sent_to)[:1]
