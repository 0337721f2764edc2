"""The detectors, the surest first: standards, then the dialects of single systems, then what is left.

One a file: a function that is given a `Letter` and returns a `Finding`, or None where the mail is not its own.
"""

from .amazon_notification import amazon_notification
from .arrived import arrived
from .auto_reply import auto_reply
from .bracketed import bracketed
from .delivery_status import delivery_status
from .dovecot import dovecot
from .dragonfly import dragonfly
from .exchange_2003 import exchange_2003
from .exchange_2007 import exchange_2007
from .exim import exim
from .explained import explained
from .failed_recipients import failed_recipients
from .feedback_report import feedback_report
from .generated import generated
from .gmail import gmail
from .kddi_filter import kddi_filter
from .listed import listed
from .mailing_list import mailing_list
from .mfilter import mfilter
from .named import named
from .notes import notes
from .old_sendmail import old_sendmail
from .opensmtpd import opensmtpd
from .passed_on import passed_on
from .personal import personal
from .postfix import postfix
from .postfix_session import postfix_session
from .qmail import qmail
from .read_receipt import read_receipt
from .sendmail import sendmail
from .smail import smail
from .undeliverable import undeliverable

DETECTORS = (
    # standards
    feedback_report,
    dovecot,
    read_receipt,
    delivery_status,
    amazon_notification,
    kddi_filter,
    # what quotes others' reports, or tells of success in their words
    personal,
    arrived,
    # dialects; some mark their reports as automatic answers (RFC 3834), so these come first
    postfix,
    qmail,
    exim,
    sendmail,
    old_sendmail,
    opensmtpd,
    dragonfly,
    smail,
    exchange_2003,
    exchange_2007,
    notes,
    gmail,
    mfilter,
    postfix_session,
    failed_recipients,
    auto_reply,
    passed_on,
    # less of a dialect, more of a guess
    explained,
    listed,
    bracketed,
    named,
    mailing_list,
    undeliverable,
    generated,
)
