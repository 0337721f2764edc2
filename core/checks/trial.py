"""What a test sending cannot be."""

from ..finding import Finding, error
from ..text import _
from .draft import Draft


def ab_test_of_a_test(draft: Draft) -> list[Finding]:
    """Stop a test sending that is an A/B test: no version could win."""
    if not (draft.is_test_send and draft.is_ab_test):
        return []
    return [
        error(
            "test_in_ab_test",
            title=_("A test sending takes no part in an A/B test"),
            explanation=_("Its results are not counted, so no version could win by them."),
            remedy=_("Switch off the A/B test, or “Test sending”."),
            field="is_test_send",
        )
    ]
