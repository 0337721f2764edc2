"""One sent mailing with one recipient, for tests that begin where the mail has arrived."""


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
