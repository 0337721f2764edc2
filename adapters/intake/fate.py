"""What became of a mail that was handed over."""

from enum import Enum

LARGEST_BYTES = 64 * 2**20  # a larger mail is refused, whichever way it comes


class Fate(Enum):
    """The mail server keeps what is to come LATER, or NOT_YET; it, or we, put aside what was REFUSED."""

    TAKEN = "taken"
    REFUSED = "refused"  # it is for nobody here, or cannot be understood
    LATER = "later"  # no mail can be taken now
    # whom it is about is still being sent to, somebody writes the same rows, or it needs what is short;
    # others can be taken
    NOT_YET = "not yet"
