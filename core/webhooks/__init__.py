"""What mail providers call us with: whether it is really them, and what became of which mail.

A provider is a file and a line in `PROVIDERS`. It reads a `Call` into a `Delivery` or raises `Refused`, whatever the
bytes; it is made with the key that the administrator has set.
"""

from .amazon_ses import AmazonSes
from .call import BadKey, Call, Refused, may_be_token
from .event import Delivery, Event
from .mailgun import Mailgun
from .postmark import TRACE_HEADER, Postmark
from .refusals import Refusals
from .sendgrid import SendGrid

PROVIDERS = {provider.name: provider for provider in (AmazonSes, SendGrid, Mailgun, Postmark)}

# a call is taken for some hours after it was signed; so long its key is remembered, so that nobody plays it again
REMEMBERED_HOURS = 48
LARGEST_BODY = 2 * 1024 * 1024  # SendGrid sends hundreds of events at once; SNS at most 256 kB
