"""Options that Odoo's own queue knows nothing of."""

from ..finding import Finding, error
from ..text import Text, _
from .draft import Draft


def option_lost_in_classic(draft: Draft) -> list[Finding]:
    """Stop a mailing that would leave otherwise than was chosen."""
    return [] if draft.uses_queue else [_lost(*option) for option in _chosen(draft)]


def _chosen(draft: Draft) -> list[tuple[str, Text]]:
    """The field of each option that only our queue can honour, and what was chosen."""
    options = (
        (draft.body_format == "html", "body_format", _("HTML without a text version")),
        (draft.body_format == "text", "body_format", _("text without HTML")),
        (draft.has_own_text, "body_text", _("an own text version")),
        (not draft.personalize, "personalize", _("not to personalise")),
        (draft.embeds_pictures, "embed_images", _("to send pictures along")),
        (draft.has_chosen_email_field, "email_field_id", _("another e-mail field")),
        (draft.rate_per_minute > 0, "rate_per_minute", _("a limit to the send speed")),
        (draft.is_test_send, "is_test_send", _("a test sending")),
    )
    return [(field, words) for is_chosen, field, words in options if is_chosen]


def _lost(field: str, words: Text) -> Finding:
    return error(
        "option_lost_in_classic",
        title=_("Odoo's own queue cannot do this: %(option)s", option=words),
        explanation=_(
            "This mailing leaves through Odoo's own queue, which would send it as if that had not been said."
        ),
        remedy=_("Change the option, or ask a mail administrator to choose the bulk queue for this mailing."),
        field=field,
    )
