"""One sent mailing with one recipient, for tests that begin where the mail has arrived; and what a recipient gets."""

from odoo.exceptions import UserError
from odoo.tests import TransactionCase


class SiteCase(TransactionCase):
    """A site whose language and address are known, whatever the database."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        cls.env.user.lang = "en_US"
        cls.env["ir.config_parameter"].sudo().set_param("web.base.url", "https://crm.example.com")


def letters(mailing, rows):
    """For each trace id the complete message, or the error that stands for why there is none."""
    return {trace_id: _letter(make) for trace_id, make in mailing._content_renderer().makers(rows).items()}


def _letter(make):
    try:
        return make()
    except UserError as error:
        return error


def links(trace):
    """The addresses that belong to the recipient of a trace."""
    mailing = trace.mass_mailing_id
    values = mailing._recipient_link_values()({"trace_id": trace.id, "res_id": trace.res_id, "email": trace.email})
    return {name: template.fill(values) for name, template in mailing._recipient_links().items()}


def make_trace(env, email, model="mailing.list", **values):
    """The trace of a mail to `email`, of a mailing to a list (or to the contacts of `model` res.partner)."""
    mailing_list = env["mailing.list"].create({"name": "Autumn customers"})
    if model == "mailing.list":
        person = env["mailing.contact"].create({"name": "Ann", "email": email, "list_ids": mailing_list.ids})
    else:
        person = env[model].create({"name": "Ann", "email": email})
    mailing = env["mailing.mailing"].create(
        {
            "subject": "Autumn news",
            "body_html": "<p>Hello</p>",
            "mailing_model_id": env["ir.model"]._get_id(model),
            "contact_list_ids": mailing_list.ids,
            **values,
        }
    )
    return env["mailing.trace"].create(
        {
            "mass_mailing_id": mailing.id,
            "model": person._name,
            "res_id": person.id,
            "email": email,
            "trace_status": "sent",
        }
    )
