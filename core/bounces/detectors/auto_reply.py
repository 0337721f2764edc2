"""RFC 3834: a machine answers for a person who is away, or who has got the mail."""

import re

from ..evidence import Finding
from ..letter import Letter
from ..report import Kind

_HEADERS = ("X-Autoreply", "X-Autorespond", "X-Autoresponder", "X-Auto-Reply-From", "X-Vacation", "X-Mail-Autoreply")
_SUBJECT = re.compile(
    r"^(?:\W{0,3}(?:re|aw|fwd?|sv|antw)\s?:\s*)?"
    r"\W{0,2}(?:auto(?:matic|matische|matisk|mated)?[ -:]?(?:re(?:ply|sponse|spuesta|ponse)|antwort|antwoord|svar|generated reply)"
    r"|(?:i am |i'm )?(?:currently )?(?:away|out)[ -](?:of|from)[ -](?:the |my )?(?:office|mail)|out of office|ooo\b|vacation"
    r"|on (?:vacation|holiday|leave)|abwesen|afwezig|absen(?:ce|t)|réponse automatique|respuesta automática"
    r"|risposta automatica|自動(?:返信|応答))",
    re.IGNORECASE,
)


def auto_reply(letter: Letter) -> Finding | None:
    """An automatic answer says nothing of the address, whatever its words are."""
    submitted = letter.header("Auto-Submitted").lower()
    is_answer = (
        submitted.startswith("auto-replied")
        or letter.header("Precedence").lower() == "auto_reply"
        or any(name in letter.headers for name in _HEADERS)
        or _SUBJECT.match(letter.subject)
    )
    return Finding(Kind.AUTO_REPLY) if is_answer else None
