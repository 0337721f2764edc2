"""From a mailing's body to the bytes of each recipient's message. `docs/content.md` shows the way."""

from .attachments import Attachment
from .errors import BadValue, NotCompilable
from .fills import Header, Mailbox, Token, Unstructured, Uris
from .marks import Marks, without_marks
from .message import CompiledMessage, Parts, build, compile
from .placeholders import parse, parse_expression, parse_inline
from .plain_text import readable, tidy
from .template import Hole, Template

__all__ = [
    "Attachment",
    "BadValue",
    "CompiledMessage",
    "Header",
    "Hole",
    "Mailbox",
    "Marks",
    "NotCompilable",
    "Parts",
    "Template",
    "Token",
    "Unstructured",
    "Uris",
    "build",
    "compile",
    "parse",
    "parse_expression",
    "parse_inline",
    "readable",
    "tidy",
    "without_marks",
]
