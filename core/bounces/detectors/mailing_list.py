"""A mailing list that takes posts of its members only (fml, Mailman, Sympa, ezmlm)."""

from ..addresses import ADDRESS
from ..dialect import Dialect, phrase

mailing_list = Dialect(
    known_by=phrase(r"You are not a (?:registered )?member of this mailing list <"),
    recipient=phrase(rf"(?=You are not a \S{{0,20}} ?member)(?:[^<]{{1,60}})<(?P<address>{ADDRESS})>"),
    is_about_all=True,
)
