"""Addresses that mail will hardly reach."""

from ..finding import Finding, info, warning
from ..text import _
from .draft import Draft

# from here on providers take a sender for one who bought addresses
WARN_FROM = 0.02


def doubtful_addresses(draft: Draft) -> list[Finding]:
    """Tell of addresses that look wrong, and warn where they are more than a few in a hundred."""
    if not draft.doubtful_count:
        return []
    are_many = draft.doubtful_count >= WARN_FROM * draft.recipient_count
    return [
        (warning if are_many else info)(
            "doubtful_addresses",
            title=_("Many addresses look wrong") if are_many else _("Some addresses look wrong"),
            explanation=_(
                "%(count)d of the addresses: their domain did not exist when it was last looked up, or looks mistyped. "
                "Who mails many of these is taken for a sender of bought addresses.",
                count=draft.doubtful_count,
            ),
            remedy=_("Search the people you chose for invalid e-mail addresses, and correct or leave them out."),
            field="mailing_domain",
        )
    ]
