"""Run in Odoo's shell: the mailings that the failure tests send, enqueued and grounded.

Each test copies the database, and lets those mailings fly that it is about.
"""

HTML = (
    "<p>Hello <t t-out=\"object.name or 'friend'\">friend</t></p>"
    '<p><a href="/unsubscribe_from_list">Unsubscribe</a></p>'
)
POISON = HTML + '<p><t t-out="7 / (len(object.name) - 3)">a number</t></p>'  # fails for whose name has three letters
HARD_TO_SIGN = HTML.replace("<p>Hello", "<p>.\n..\n.dots  and   blanks \t \n é漢🙂 " + "long" * 500 + " Hello")
LARGE_BYTES = 12 * 2**20  # more than the buffers of both ends hold
SMALL, MIDDLE = 40, 4  # mailings


def people(name, emails):
    """A list with these people."""
    mailing_list = env["mailing.list"].create({"name": name, "usable_for_mailing": True})
    values = [
        {"name": email.partition("@")[0].title(), "email": email, "list_ids": [(6, 0, mailing_list.ids)]}
        for email in emails
    ]
    env["mailing.contact"].with_context(tracking_disable=True).create(values)
    return mailing_list


def mailing(name, mailing_list, html=HTML, **values):
    """A mailing that wants nothing but to be sent."""
    return env["mailing.mailing"].create(
        {
            "subject": f"{name}: news for {{{{ object.name }}}}",
            "body_arch": html,
            "body_html": html,
            "email_from": '"The Editors" <news@example.org>',
            "reply_to_mode": "new",
            "reply_to": "editors@example.org",
            "mailing_model_id": env["ir.model"]._get_id("mailing.list"),
            "contact_list_ids": [(6, 0, mailing_list.ids)],
            "send_engine": "queue",
            **values,
        }
    )


env["ir.mail_server"].search([]).active = False
env["ir.config_parameter"].set_param("bulk_mailing.enforce_terms_and_checks", "0")
env["ir.cron"].search([]).active = False  # nobody but the tests' processes
few = people("Few", ["ann@example.org", "bob@example.org", "cathy@example.org"])
some = people("Some", [f"middle{number:02}@example.org" for number in range(1, 21)])
many = people("Many", [f"reader{number:03}@example.org" for number in range(1, 301)])
answered = ("ann", "bob", "delayed", "gone", "disabled", "full", "late", "spam", "listed", "unsigned")
loop = people("Loop", [*(f"{name}@example.org" for name in answered), "lost@nowhere.example", "closed@nomail.example"])
file = env["ir.attachment"].create({"name": "large.bin", "raw": bytes(LARGE_BYTES)})

keys = env["mailing.dkim.key"].create([{"domain": "signed.example", "algorithm": kind} for kind in ("rsa", "ed25519")])
for key in keys:  # for who verifies
    env["ir.config_parameter"].set_param(f"failures.dns.{key.dns_name}", key.dns_value)

mailings = mailing("large", few, attachment_ids=[(6, 0, file.ids)])
mailings += mailing("poison", few, html=POISON)
mailings += mailing("signed", few, html=HARD_TO_SIGN, email_from="news@signed.example")
mailings += mailing("loop", loop)
for name in ("news", "paused", "stopped"):
    mailings += mailing(name, many)
for number in range(MIDDLE):
    mailings += mailing(f"middle {number}", some)
for number in range(SMALL):
    mailings += mailing(f"small {number}", few)
mailings.action_put_in_queue()
env["mailing.mailing"]._process_mass_mailing_queue()
mailings.write({"flight_state": "paused", "undo_until": False})
env.cr.commit()
