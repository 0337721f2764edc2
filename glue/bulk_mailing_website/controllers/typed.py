"""The addresses that a visitor has typed, and which of them are not taken."""

import re

from odoo.http import request

from odoo.addons.bulk_mailing.models.mailing_address_typed import LONGEST
from odoo.addons.bulk_mailing.models.mailing_mailing.address_columns import is_called_address

ASKED = "bulk_mailing_asked_about"
# where the website's owner, not the visitor, says who gets the mail
OF_THE_SITE = {"email_to"}
MOST = 3  # addresses that one form may have looked up, and a session remember

# one attempt at an address, with a name before it or none; a handle or a link is none
_PART = r'[^\s@<>,;:"()\[\]\\/]+'
_ONE_ADDRESS = re.compile(rf"[^\r\n@<>,;]*<{_PART}@{_PART}>|{_PART}@{_PART}").fullmatch


def objections(values, model_name):
    """`{name: sentence}` of the values of a form that are called addresses and are not taken."""
    called = {name: value for name, value in values.items() if isinstance(value, str) and _is_called(name, value)}
    own = {name for name in called if _is_own(model_name, name)}
    # The name of a field that the website's owner added is a label, of a box to tick or a question as well as of an
    # address: what holds none is right there
    typed = [name for name, value in called.items() if name in own or _ONE_ADDRESS(value.strip())]
    typed = sorted(typed, key=lambda name: name not in own)[:MOST]
    sentences = objections_to([called[name] for name in typed])
    return {name: sentences[called[name]] for name in typed if called[name] in sentences}


def _is_called(name, value):
    return bool(value.strip()) and name not in OF_THE_SITE and is_called_address(name, "")


def _is_own(model_name, name):
    """Whether the form asks for an address there itself: a line of text of its model, such as a lead's."""
    field = request.env[model_name]._fields.get(name) if model_name in request.env else None
    return bool(field) and field.type == "char"


def objections_to(texts):
    """`{text: why}` of those that are not taken as an address; a likely slip is asked about once a visit."""
    asked = request.session.get(ASKED, [])
    sentences = request.env["mailing.address"]._objections(texts, confirmed=asked)
    # a session is a file, which any visitor may fill
    new = [text for text in sentences if text not in asked and len(text) <= LONGEST]
    if new:
        request.session[ASKED] = [*asked, *new][-MOST - 1 :]
    return sentences
