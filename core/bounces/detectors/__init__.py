"""The detectors, the surest first: standards, then the dialects of single systems, then what is left.

One a file: a function that is given a `Letter` and returns a `Finding`, or None where the mail is not its own.
"""

from .feedback_report import feedback_report
from .read_receipt import read_receipt
from .delivery_status import delivery_status
from .auto_reply import auto_reply

DETECTORS = (
    # standards
    feedback_report,
    read_receipt,
    delivery_status,
    auto_reply,
)
