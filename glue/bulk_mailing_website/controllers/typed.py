"""The addresses that a visitor has typed, and which of them are not taken."""

from odoo.http import request

from odoo.addons.bulk_mailing.models.mailing_mailing.address_columns import is_called_address

ASKED = "bulk_mailing_asked_about"
# where the website's owner, not the visitor, says who gets the mail
OF_THE_SITE = {"email_to"}
MOST = 3  # each may take two seconds
LONGEST = 500  # a session is a file, which any visitor may fill; name and address


def objections(values):
    """`{name: sentence}` of the values of a form that are called addresses and are not taken."""
    named = {name: value for name, value in values.items() if isinstance(value, str) and value.strip()}
    typed = {name: value for name, value in named.items() if is_called_address(name, "") and name not in OF_THE_SITE}
    found = {name: objection(value) for name, value in list(typed.items())[:MOST]}
    return {name: sentence for name, sentence in found.items() if sentence}


def objection(typed):
    """Why an address is not taken, or ""; a likely slip is asked about once a visit."""
    asked = request.session.get(ASKED, [])
    sentence = request.env["mailing.address"]._objection(typed, is_confirmed=typed in asked)
    if sentence and typed not in asked and len(typed) <= LONGEST:
        request.session[ASKED] = [*asked[-MOST:], typed]
    return sentence
