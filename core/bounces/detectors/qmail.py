"""qmail, and the many that took its words over: "<ann@example.org>:" begins a recipient's."""

from ..addresses import ADDRESS
from ..dialect import Dialect, lines, phrase

qmail = Dialect(
    known_by=phrase(
        r"This is the qmail",
        r"I'm afraid I wasn't able to deliver your message",
        r"I tried to deliver a bounce message to this address",
        # Yahoo
        r"Sorry, we were unable to deliver your message to the following address",
        # hosters' own versions
        r"Your mail message to the following address(?:\(es\))? could not be delivered",
        r"Unable to deliver message to the following address",
        r"This message (?:was|is) (?:created|generated) automatically by the mail system at \S{1,200} \(ecelerity\)",
        r"unable to deliver your message to the following (?:recipients|addresses)",
        r"(?:message|mail) could not be delivered to the following (?:recipients|addresses|address)",
        r"we have not been able to deliver your message",
        r"--- Failed Recipients ---",
    ),
    recipient=lines(rf"^[ \t]*<(?P<address>{ADDRESS})>[ \t]?:", rf"^(?P<address2>{ADDRESS}):$"),
    delayed=phrase(r"THIS IS A WARNING"),
)
