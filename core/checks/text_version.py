"""An own text version beside a design that has moved on."""

from ..finding import Finding, warning
from ..text import _
from .draft import Draft


def text_out_of_date(draft: Draft) -> list[Finding]:
    """Warn when the words of the design have changed since somebody wrote the text version."""
    if not draft.is_text_out_of_date:
        return []
    return [
        warning(
            "text_out_of_date",
            title=_("The text version may be out of date"),
            explanation=_("The words of the design were changed after somebody wrote the text version."),
            remedy=_("Read the text version, and change it or start again from the generated one."),
            field="body_text",
        )
    ]
