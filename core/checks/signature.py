"""A signature that the chosen way of sending cannot give."""

from ..finding import Finding, error
from ..text import _
from .draft import Draft


def unsigned_in_classic(draft: Draft) -> list[Finding]:
    """Stop a mailing whose domain signs its mail, on the way that signs nothing: it would be taken for forged."""
    if draft.uses_queue or not draft.signing_domain:
        return []
    return [
        error(
            "unsigned_in_classic",
            title=_("The mail would not be signed"),
            explanation=_(
                "%(domain)s signs its mail (DKIM), and this mailing would leave through Odoo's own queue, unsigned.",
                domain=draft.signing_domain,
            ),
            remedy=_("Ask a mail administrator to choose the bulk queue for it, or to archive the key."),
            field="send_engine",
        )
    ]
