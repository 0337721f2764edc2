"""What the checks see of a mailing."""

from dataclasses import dataclass

from ..spam import SpamScore
from ..text import Text


@dataclass(frozen=True)
class Draft:
    """A mailing as it would be sent now; whatever had to be fetched or counted for it arrives here as data.

    `html` and `text` are the parts that leave, an empty one does not; both still carry their placeholders and the link
    `/unsubscribe_from_list`. `text_source` is the HTML that the text is made from, empty where somebody wrote it.
    `placeholders` are the names of the recipient's fields that are asked for. `html_size_bytes` is the size of the HTML
    part as a recipient gets it. `unknown_placeholders` are those that the recipients' model does not
    have, as written (`object.nickname`). `has_server_for_from` says whether an outgoing server sends for this From,
    `signing_domain` for which domain there is a DKIM key, `uses_queue` whether it leaves through our queue.
    `obstacle_to_compiling` is why Odoo has to render it recipient by recipient, if it has to. `has_usable_styles` says
    whether style sheets in the body, if there are any, can be brought into its elements. `unusable_targets` are the
    names of the lists and selections it goes to that nobody has switched on for mailings. `everybody_in` is the name of
    the database where all of it is mailed. `uncopied_pictures` are those
    that stay on other servers although copies are wanted, each with the reason. `embeds_pictures` says whether pictures
    are to go along, `linked_pictures` which of them do not; `message_size_bytes` is a whole mail with its files.
    `doubtful_count` is how many of the addresses look wrong.
    `has_chosen_email_field` says whether other addresses are mailed than Odoo would. `spam` is what a spam filter says
    of the message, None where none was asked; `spam_unknown` is why one that was to be asked gave no answer.
    From `spam_warning_from` and `spam_error_from` points on there is a warning, and an error.
    """

    subject: str = ""
    preview: str = ""
    email_from: str = ""
    html: str = ""
    text: str = ""
    text_source: str = ""
    body_format: str = "both"
    is_text_out_of_date: bool = False
    personalize: bool = True
    placeholders: tuple[str, ...] = ()
    rate_per_minute: int = 0
    recipient_count: int = 0
    excluded_count: int = 0
    doubtful_count: int = 0
    unknown_placeholders: tuple[str, ...] = ()
    has_server_for_from: bool = True
    html_size_bytes: int = 0
    signing_domain: str = ""
    uses_queue: bool = True
    is_test_send: bool = False
    is_ab_test: bool = False
    obstacle_to_compiling: Text | None = None
    has_usable_styles: bool = True
    everybody_in: str = ""
    unusable_targets: tuple[str, ...] = ()
    uncopied_pictures: tuple[tuple[str, Text], ...] = ()
    embeds_pictures: bool = False
    linked_pictures: tuple[str, ...] = ()
    message_size_bytes: int = 0
    has_chosen_email_field: bool = False
    spam: SpamScore | None = None
    spam_unknown: Text | None = None
    spam_warning_from: float = 3.0
    spam_error_from: float = 5.0

    @property
    def has_own_text(self) -> bool:
        """Whether somebody wrote the text that leaves."""
        return bool(self.text) and not self.text_source
