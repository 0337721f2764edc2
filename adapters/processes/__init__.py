"""Processes that work side by side, and how they are told to stop."""

from .stop import Stop
from .supervisor import Supervisor
