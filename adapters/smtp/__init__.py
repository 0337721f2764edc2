"""The wire: connections, and the letters that go over them."""

from .letter import Journal, Letter, Outcome, Parcel, Route
from .threads import SmtpThreads
from .wire import Wire

__all__ = ["Journal", "Letter", "Outcome", "Parcel", "Route", "SmtpThreads", "Wire"]
