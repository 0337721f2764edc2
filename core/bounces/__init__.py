"""Mails that come back: what they are, whom they are about, and what that means for the address."""

from .classification import classify
from .detectors.feedback_report import NO_COMPLAINTS
from .judgement import judge
from .reasons import Reason, Severity
from .report import BounceReport, Kind, RecipientFailure
