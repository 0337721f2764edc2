"""Pictures that were to go along in the message and cannot."""

from ..finding import Finding, info
from ..text import _
from .draft import Draft


def pictures_stay_linked(draft: Draft) -> list[Finding]:
    """Say which pictures are loaded from elsewhere all the same."""
    if not draft.linked_pictures or not draft.uses_queue:
        return []
    return [
        info(
            "pictures_stay_linked",
            title=_("Some pictures are not sent along"),
            explanation=_(
                "Loaded when the mail is opened: %(count)d. The first is %(url)s.",
                count=len(draft.linked_pictures),
                url=draft.linked_pictures[0],
            ),
            remedy=_(
                "Only PNG, JPEG, GIF and WebP pictures go along that are on our server and that everybody may see: "
                "copy those from elsewhere, or put them in anew."
            ),
            field="body_arch",
        )
    ]
