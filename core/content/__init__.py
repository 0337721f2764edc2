"""From a mailing's body to the bytes of each recipient's message. `docs/content.md` shows the way."""

from .attachments import Attachment
from .conditions import RAW, TRUTH, Condition
from .errors import BadValue, NotCompilable
from .fills import Header, Mailbox, Token, Unstructured, Uris
from .footnotes import with_conditional_footnotes
from .marks import Marks, without_marks
from .message import CompiledMessage, Parts, compile
from .placeholders import parse, parse_expression, parse_inline
from .plain_text import readable, tidy
from .template import Choice, Hole, Template

__all__ = [
    "Attachment",
    "BadValue",
    "Choice",
    "CompiledMessage",
    "Condition",
    "Header",
    "Hole",
    "Mailbox",
    "Marks",
    "NotCompilable",
    "Parts",
    "RAW",
    "TRUTH",
    "Template",
    "Token",
    "Unstructured",
    "Uris",
    "compile",
    "parse",
    "parse_expression",
    "parse_inline",
    "readable",
    "tidy",
    "with_conditional_footnotes",
    "without_marks",
]
