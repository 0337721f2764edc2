"""RFC 3834: a machine answers for a person who is away, or who has got the mail."""

import re

from ..evidence import Finding
from ..letter import Letter
from ..report import Kind
from .undeliverable import is_report

_HEADERS = ("X-Autoreply", "X-Autorespond", "X-Autoresponder", "X-Auto-Reply-From", "X-Vacation", "X-Mail-Autoreply")
_BEGINNINGS = (
    r"auto(?:matic|matische?|matisk|mated)?[ :-]?(?:reply|response|respuesta|reponse|antwort|antwoord|svar)",
    r"auto(?:reply|responder|response)?:",
    r"(?:i am |i'm )?(?:currently )?(?:away|out)[ -](?:of|from)[ -](?:the |my )?(?:office|mail)",
    r"out of office|ooo\b|vacation|on (?:vacation|holiday|leave)|abwesen|afwezig|absen(?:ce|t)",
    r"réponse automatique|respuesta automática|risposta automatica|resposta automática|autosvar|frånvaro",
    r"automatyczna odpowiedź|автоответ|自動(?:返信|応答)|自动(?:回复|答复)",
)
_SUBJECT = re.compile(
    rf"^\W{{0,3}}(?:(?:re|aw|fwd?|sv|antw)\s?:\s*)?\W{{0,2}}(?:{'|'.join(_BEGINNINGS)})", re.IGNORECASE
)


def auto_reply(letter: Letter) -> Finding | None:
    """An automatic answer says nothing of the address, whatever its words are."""
    # daemons mark their reports so, too
    is_marked = letter.header("Auto-Submitted").lower().startswith("auto-replied") and not is_report(letter)
    is_answer = (
        is_marked
        or letter.header("Precedence").lower() == "auto_reply"
        or letter.header("X-Apple-Action").lower() == "vacation"
        or any(name in letter.headers for name in _HEADERS)
        or _SUBJECT.match(letter.subject)
    )
    return Finding(Kind.AUTO_REPLY) if is_answer else None
