"""DragonFly Mail Agent: one sentence, then what the server said."""

from ..addresses import ADDRESS
from ..dialect import Dialect, phrase

dragonfly = Dialect(
    known_by=phrase(r"This is the DragonFly Mail Agent"),
    recipient=phrase(rf"error\s+delivering\s+your\s+mail\s+to\s+<(?P<address>{ADDRESS})>\.?"),
)
