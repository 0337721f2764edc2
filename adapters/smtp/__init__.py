"""The wire: connections, and the letters that go over them."""

from .letter import Journal, Letter, NotNow, Outcome, Parcel, Route
from .wire import Wire

__all__ = ["Journal", "Letter", "NotNow", "Outcome", "Parcel", "Route", "Wire"]
