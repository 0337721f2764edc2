"""The addresses that a visitor has typed, and which of them are not taken."""

from odoo.http import request

from odoo.addons.bulk_mailing.models.mailing_address_typed import LONGEST
from odoo.addons.bulk_mailing.models.mailing_mailing.address_columns import is_called_address

ASKED = "bulk_mailing_asked_about"
# where the website's owner, not the visitor, says who gets the mail
OF_THE_SITE = {"email_to"}
MOST = 3  # addresses that one form may have looked up, and a session remember


def objections(values):
    """`{name: sentence}` of the values of a form that are called addresses and are not taken."""
    named = {name: value for name, value in values.items() if isinstance(value, str) and value.strip()}
    typed = {name: value for name, value in named.items() if is_called_address(name, "") and name not in OF_THE_SITE}
    typed = dict(list(typed.items())[:MOST])
    sentences = objections_to(typed.values())
    return {name: sentences[value] for name, value in typed.items() if value in sentences}


def objections_to(texts):
    """`{text: why}` of those that are not taken as an address; a likely slip is asked about once a visit."""
    asked = request.session.get(ASKED, [])
    sentences = request.env["mailing.address"]._objections(texts, confirmed=asked)
    # a session is a file, which any visitor may fill
    new = [text for text in sentences if text not in asked and len(text) <= LONGEST]
    if new:
        request.session[ASKED] = [*asked, *new][-MOST - 1 :]
    return sentences
