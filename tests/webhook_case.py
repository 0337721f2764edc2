"""Base class of the tests of mail providers' calls: a webhook of each provider, and a mail that was sent."""

from datetime import UTC, datetime

from odoo import fields
from odoo.tests import HttpCase

from ..adapters.amazon_sns import FakeAmazonSns
from ..controllers import webhook as controller
from ..core.webhooks import Refusals
from ..models import mailing_webhook_taking
from .people import PeopleCase
from .webhook_calls import CERTIFICATE_URL, SIGNERS

GONE = "550 5.1.1 <ann@example.org>: Recipient address rejected: User unknown"


class WebhookCase(PeopleCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.signers = {kind.provider: kind() for kind in SIGNERS}
        cls.webhooks = {name: cls.make_webhook(name) for name in cls.signers}

    @classmethod
    def make_webhook(cls, provider, **values):
        values = {"name": provider, "provider": provider, "pasted_key": cls.signers[provider].secret, **values}
        return cls.env["mailing.webhook"].with_user(cls.admin).create(values)

    def setUp(self):
        super().setUp()
        self.amazon = FakeAmazonSns({CERTIFICATE_URL: self.signers["amazon_ses"].certificate})
        self.patch(mailing_webhook_taking, "AMAZON", self.amazon)
        self.patch(controller, "REFUSALS", Refusals())
        self.mailing = self.make_mailing(self.sender)
        self.now = datetime.now(UTC)

    def make_trace(self, email, number):
        """A mail that the server has accepted."""
        return self.env["mailing.trace"].create(
            {
                "trace_type": "mail",
                "model": "mailing.contact",
                "res_id": number,
                "mass_mailing_id": self.mailing.id,
                "email": email,
                "message_id": f"<{number}-openerp-{number}-mailing.contact@example.org>",
                "delivery_state": "sent",
                "trace_status": "sent",
                "sent_datetime": fields.Datetime.now(),
            }
        )

    def reference(self, provider, trace):
        """What a provider knows our mail by."""
        return str(trace.id) if provider == "postmark" else trace.message_id

    def send(self, webhook, call):
        """Make a call; the answer."""
        body, headers = call
        return self.url_open(f"/mailing/webhook/{webhook.token}", data=body, headers=headers)

    def tell(self, provider, *events):
        """A call that is as it should be."""
        call = self.signers[provider].call(list(events), self.now)
        self.assertEqual(self.send(self.webhooks[provider], call).status_code, 200)
        return call

    def address(self, email):
        return self.env["mailing.address"].search([("email", "=", email)])

    def bounces(self, email):
        return self.env["mailing.bounce"].search([("address_id.email", "=", email)])
