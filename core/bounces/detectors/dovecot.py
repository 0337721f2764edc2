"""Dovecot's delivery agent refuses a mail by a receipt (RFC 5429): "was automatically rejected", and why."""

from ..addresses import ADDRESS
from ..dialect import Dialect, phrase

dovecot = Dialect(
    known_by=phrase(rf"Your message to <{ADDRESS}> was automatically rejected:"),
    recipient=phrase(rf"Your\s+message\s+to\s+<(?P<address>{ADDRESS})>\s+was\s+automatically\s+rejected:"),
)
