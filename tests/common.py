"""Base class of the tests that send: a mailing, real SMTP to a scriptable server, and what each end says of it."""

from collections import Counter
from unittest.mock import patch

from odoo.tests import TransactionCase

from .smtp_server import SmtpServer

DELIVERY_STATES = ("queued", "sending", "deferred", "sent", "in_doubt", "failed", "excluded")
BODY = (
    "<div><p>Hello <t t-out=\"object.name or 'friend'\">friend</t></p>"
    '<p><a href="https://example.org/news">News</a> <a href="/unsubscribe_from_list">Unsubscribe</a></p></div>'
)


class BulkCase(TransactionCase):
    """`self.server` is the one outgoing server of the database; `self.send(mailing)` sends through cron and lanes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.server = SmtpServer().start()
        cls.addClassCleanup(cls.server.stop)
        cls._let_mail_out()
        cls.set_parameter("enforce_terms_and_checks", "0")
        cls.env.company.bulk_undo_seconds = 0
        cls.env["ir.mail_server"].search([]).active = False
        cls.mail_server = cls.env["ir.mail_server"].create(cls.server_values())
        cls.list = cls.env["mailing.list"].create({"name": "Readers", "usable_for_mailing": True})

    def setUp(self):
        super().setUp()
        self.server.forget()

    @classmethod
    def _let_mail_out(cls):
        # Odoo connects to nothing while it tests; these tests are about the connection
        patcher = patch.object(type(cls.env["ir.mail_server"]), "_disable_send", lambda *_args: False)
        cls.startClassPatcher(patcher)

    @classmethod
    def server_values(cls, **values):
        """Values of an outgoing server that leads to `cls.server`."""
        return {"name": "Sink", "smtp_host": cls.server.host, "smtp_port": cls.server.port, **values}

    @classmethod
    def set_parameter(cls, name, value):
        """Set one of our system parameters."""
        cls.env["ir.config_parameter"].sudo().set_param(f"bulk_mailing.{name}", value)

    @classmethod
    def limit_connections(cls, maximum, threads):
        """Most e-mails on a connection of all threads together, and SMTP threads."""
        cls.env.company.write({"bulk_max_per_connection": maximum, "bulk_smtp_threads": threads})

    @classmethod
    def make_contacts(cls, *emails, mailing_list=None, **values):
        """One contact an address, subscribed to the list."""
        lists = mailing_list or cls.list
        return cls.env["mailing.contact"].create(
            [
                {"name": f"Reader {number}", "email": email, "list_ids": [(6, 0, lists.ids)], **values}
                for number, email in enumerate(emails, start=1)
            ]
        )

    @classmethod
    def make_mailing(cls, **values):
        """A mailing to the list that wants nothing but to be sent."""
        return cls.env["mailing.mailing"].create(
            {
                "subject": "News for {{ object.name }}",
                "body_arch": BODY,
                "body_html": BODY,
                "email_from": '"The Editors" <news@example.org>',
                "reply_to_mode": "new",
                "reply_to": "editors@example.org",
                "mailing_type": "mail",
                "mailing_model_id": cls.env["ir.model"]._get_id("mailing.list"),
                "contact_list_ids": [(6, 0, cls.list.ids)],
                "send_engine": "queue",
                **values,
            }
        )

    def accept_and_send(self, mailing, seconds=None):
        """Accept the terms, and send."""
        mailing._accept_terms()
        return self.send(mailing, seconds=seconds)

    def send(self, mailing, seconds=None):
        """Put in queue, run the mailing's cron, and a lane until nothing is due; returns the delivery summary."""
        self.enqueue(mailing)
        self.run_lane(seconds=seconds)
        return self.delivery_summary(mailing)

    def send_to(self, *emails, **values):
        """Send a new mailing to new contacts with these addresses; returns the delivery summary."""
        self.make_contacts(*emails)
        self.mailing = self.make_mailing(**values)
        return self.send(self.mailing)

    def enqueue(self, mailing):
        """Put in queue, and run the cron that lets mailings depart."""
        mailing.action_put_in_queue()
        with self.enter_registry_test_mode():
            self.env.ref("mass_mailing.ir_cron_mass_mailing_queue").method_direct_trigger()
        self.env.invalidate_all()

    def run_lane(self, seconds=None):
        """Run a lane; returns the number of settled recipients."""
        settled = self.env["mailing.queue"].sudo()._run_lane(seconds=seconds)
        self.env.invalidate_all()
        return settled

    def make_due(self, mailing):
        """Let the time of every deferred recipient come."""
        self.env["mailing.queue"].search([("mailing_id", "=", mailing.id)]).next_attempt_at = "2020-01-01"
        self.env.flush_all()

    def trace(self, email):
        """The trace of one address (of `self.mailing`, where send_to() made one)."""
        domain = [("email", "=", email)]
        if getattr(self, "mailing", None):
            domain.append(("mass_mailing_id", "=", self.mailing.id))
        return self.env["mailing.trace"].search(domain)

    def delivery_summary(self, mailing):
        """What the server accepted, on how many connections, and how many recipients are in each state."""
        traces = self.env["mailing.trace"].search([("mass_mailing_id", "=", mailing.id)])
        states = Counter(traces.mapped("delivery_state"))
        return {
            "accepted": len(self.server.messages),
            "connections": self.server.connections,
            **{state: states[state] for state in DELIVERY_STATES},
        }

    def assertSummary(self, summary, **expected):
        """Compare both ends; states that are not named must be empty, connections only count where named."""
        told = {**dict.fromkeys(DELIVERY_STATES, 0), "accepted": 0, **expected}
        told.setdefault("connections", summary["connections"])
        self.assertEqual(summary, told)

    def excluded_reasons(self, mailing):
        """How many recipients are excluded for which reason (stock's failure types)."""
        domain = [("mass_mailing_id", "=", mailing.id), ("delivery_state", "=", "excluded")]
        return dict(Counter(self.env["mailing.trace"].search(domain).mapped("failure_type")))
