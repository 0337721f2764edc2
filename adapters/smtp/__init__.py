"""The wire: connections, transactions and the threads that make them."""

from .letter import Letter, Outcome, Parcel, Route
from .threads import SmtpThreads

__all__ = ["Letter", "Outcome", "Parcel", "Route", "SmtpThreads"]
