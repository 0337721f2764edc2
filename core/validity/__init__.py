"""Whether mail can reach an address: from values alone; who asks the DNS is somebody else."""

from .domain_answer import DomainAnswer
from .judge import domain_of, judge
from .objection import objection
from .phone import Phone, read_phone
from .recheck import hours_until_recheck
from .syntax import is_too_long
from .verdict import SENTENCES, Reason, Status, Validity

__all__ = [
    "SENTENCES",
    "DomainAnswer",
    "Phone",
    "Reason",
    "Status",
    "Validity",
    "domain_of",
    "hours_until_recheck",
    "is_too_long",
    "judge",
    "objection",
    "read_phone",
]
