"""From a mailing's body to the bytes of each recipient's message. `docs/content.md` shows the way."""

from .attachments import Attachment
from .conditions import RAW, TRUTH, Condition
from .errors import BadValue, NotCompilable
from .fills import Header, Mailbox, Token, Unstructured, Uris
from .footnotes import with_conditional_footnotes
from .inline import inline
from .marks import Marks, without_marks
from .message import CompiledMessage, Parts, compile
from .placeholders import parse, parse_expression, parse_inline
from .plain_text import readable, tidy, with_placeholders
from .template import Choice, Hole, Template
from .text_links import web_addresses, with_addresses

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
    "inline",
    "parse",
    "parse_expression",
    "parse_inline",
    "readable",
    "tidy",
    "web_addresses",
    "with_addresses",
    "with_conditional_footnotes",
    "with_placeholders",
    "without_marks",
]
