"""A person with the right to send takes a mailing through the four steps, over RPC."""

from ..setup.paths import CHECKOUT
from ..setup.say import Problem
from .contacts import LIST_NAME
from .data import DOMAIN
from .rpc import Session

SUBJECT = "Big news for {{ object.name ||| gardeners }}"
NEWSLETTER = CHECKOUT / "demo" / "newsletter"
REASONS = {
    "mail_bl": "blocked our mail before",
    "mail_email_missing": "no address",
    "mail_email_invalid": "not an address",
    "mail_optout": "left this list before",
    "mail_dup": "same address twice",
}


def make_mailing(person: Session) -> int:
    """A mailing to the imported list with one of Odoo's own designs; its id."""
    lists = person.call("mailing.list", "search", [["name", "=", LIST_NAME]])
    values = {
        "subject": SUBJECT,
        "preview": "We are moving to a new location",
        "email_from": f'"Hazel Gardens" <news@{DOMAIN}>',
        "reply_to_mode": "new",
        "reply_to": f"office@{DOMAIN}",
        "mailing_model_id": person.call("ir.model", "search", [["model", "=", "mailing.list"]])[0],
        "contact_list_ids": [[6, 0, lists]],
        "body_arch": (NEWSLETTER / "body_arch.html").read_text(),
        "body_html": (NEWSLETTER / "body_html.html").read_text(),
    }
    return person.call("mailing.mailing", "create", [values])[0]


def send(person: Session, mailing_id: int) -> None:
    """Accept the terms, look at the audience, run the checks, read the warnings, and send."""
    opened = person.call("mailing.mailing", "action_open_send", [mailing_id])
    wizard = [opened["res_id"]]
    person.call("mailing.send", "write", wizard, {"terms_accepted": True})
    _next(person, wizard, "audience")
    person.call("mailing.send", "write", wizard, {"when": "now", "description": "The demo's mailing"})
    _next(person, wizard, "checks")
    for told in findings(person, mailing_id):
        print(f"    {told}")
    person.call("mailing.mailing", "action_acknowledge_warnings", [mailing_id])
    _next(person, wizard, "review")
    person.call("mailing.send", "action_send", wizard)


def findings(person: Session, mailing_id: int) -> list[str]:
    """What the checks said, one line each."""
    rows = person.call("mailing.finding", "search_read", [["mailing_id", "=", mailing_id]], ["severity", "title"])
    return [f"{row['severity']}: {row['title']}" for row in rows] or ["nothing to mend"]


def _next(person: Session, wizard: list[int], expected: str) -> None:
    person.call("mailing.send", "action_next", wizard)
    [row] = person.call("mailing.send", "read", wizard, ["step"])
    if row["step"] != expected:
        raise Problem(f"The four steps stand at '{row['step']}' and should be at '{expected}'.")
