"""Pictures that were to be copied and are still on other servers."""

from ..finding import Finding, warning
from ..text import _
from .draft import Draft


def uncopied_pictures(draft: Draft) -> list[Finding]:
    """Warn of pictures that vanish when somebody removes them elsewhere, although copies were asked for."""
    if not draft.uncopied_pictures:
        return []
    (url, reason), *_others = draft.uncopied_pictures
    return [
        warning(
            "uncopied_pictures",
            title=_("Not all pictures are on our server"),
            explanation=_(
                "Still elsewhere: %(count)d. The first is %(url)s: %(reason)s",
                count=len(draft.uncopied_pictures),
                url=url,
                reason=reason,
            ),
            remedy=_("“Check again” tries once more. The mailing's page Pictures lists them all."),
            field="picture_ids",
        )
    ]
