"""What is looked at before a mailing may leave. To add a check: add a file, and its function to `CHECKS`."""

from dataclasses import dataclass

from ..finding import Finding
from .body import empty_body
from .classic import option_lost_in_classic
from .doubtful import doubtful_addresses
from .draft import Draft
from .embedding import pictures_stay_linked
from .everybody import to_everybody
from .personalize import placeholders_not_filled
from .pictures import uncopied_pictures
from .placeholders import unknown_placeholder
from .recipients import no_recipients
from .rendering import rendered_one_by_one
from .sender import no_valid_sender
from .server import no_server_for_sender
from .signature import unsigned_in_classic
from .size import body_too_large, message_too_large
from .spam import spam_score_too_high
from .style_sheet import unusable_style_sheet
from .subject import empty_subject
from .text_version import text_out_of_date
from .trial import ab_test_of_a_test
from .unsubscribe_link import no_unsubscribe_link
from .unusable import unusable_target

# in the order in which people read the report
CHECKS = (
    no_recipients,
    to_everybody,
    doubtful_addresses,
    unusable_target,
    no_valid_sender,
    no_server_for_sender,
    unsigned_in_classic,
    option_lost_in_classic,
    ab_test_of_a_test,
    empty_subject,
    empty_body,
    unknown_placeholder,
    placeholders_not_filled,
    no_unsubscribe_link,
    text_out_of_date,
    body_too_large,
    message_too_large,
    unusable_style_sheet,
    uncopied_pictures,
    pictures_stay_linked,
    rendered_one_by_one,
    spam_score_too_high,
)

__all__ = ["CHECKS", "Draft", "Report", "report", "run"]


@dataclass(frozen=True)
class Report:
    """What there is to say about a draft, and how many checks had nothing to say."""

    findings: tuple[Finding, ...]
    passed_count: int


def report(draft: Draft) -> Report:
    """Look at the draft with every check; the findings are in the order of `CHECKS`."""
    results = [check(draft) for check in CHECKS]
    findings = tuple(finding for result in results for finding in result)
    return Report(findings, passed_count=sum(not result for result in results))


def run(draft: Draft) -> list[Finding]:
    """Everything there is to say about the draft, in the order of `CHECKS`."""
    return list(report(draft).findings)
