"""Calls that are not a provider's, over real HTTP: nothing happens, and nobody learns anything."""

import json
from unittest.mock import Mock

from odoo.tests import tagged
from odoo.tools import mute_logger

from ..core.webhooks import LARGEST_BODY
from ..core.webhooks.refusals import MOST
from ..models import mailing_webhook_taking
from .webhook_case import WebhookCase


@tagged("post_install", "-at_install")
class TestWebhookRefusals(WebhookCase):
    def forged_call(self, name):
        """As the provider's, signed by somebody else."""
        signer = type(self.signers[name])()
        if name != "amazon_ses":
            signer.secret = "somebody-elses-secret"
        return signer.call([signer.bounce("ann@example.org", "")], self.now)

    def assertNothing(self):
        self.assertFalse(self.env["mailing.bounce"].search([]))
        self.assertFalse(self.env["mailing.webhook.call"].search([]))

    def test_forged(self):
        """A call of somebody else changes nothing, and the administrator sees why it was refused."""
        for name, webhook in self.webhooks.items():
            with self.subTest(name):
                self.assertEqual(self.send(webhook, self.forged_call(name)).status_code, 403)
                self.assertEqual(webhook.refused_because, "The signature does not fit the key.")
                self.assertTrue(webhook.refused_at)
        self.assertNothing()

    def test_altered(self):
        """A call of the provider's with another address in it is refused, or was taken already."""
        for name in ("amazon_ses", "sendgrid", "mailgun"):
            signer = self.signers[name]
            body, headers = signer.call([signer.bounce("ann@example.org", "")], self.now)
            self.send(self.webhooks[name], (body, headers))
            self.send(self.webhooks[name], (body.replace(b"ann@", b"bob@"), headers))
        self.assertTrue(self.address("ann@example.org"))
        self.assertFalse(self.address("bob@example.org"))

    def test_same_answer(self):
        """Whether an address exists cannot be told: unknown, archived, without a key, or a signature that is wrong."""
        webhook = self.webhooks["mailgun"]
        forged = self.forged_call("mailgun")
        good = self.signers["mailgun"].call([{}], self.now)
        answers = [self.send(webhook, forged), self.send(webhook, (b" ", {})), self.send(webhook, (b"\0{", {}))]
        for token in ("unknown", "a" * 5_000, "%00", "%F0%9F", "é"):
            answers.append(self.url_open(f"/mailing/webhook/{token}", data=good[0], headers=good[1]))
        no_key = self.make_webhook("mailgun", pasted_key=False)
        answers.append(self.send(no_key, good))
        webhook.active = False
        answers.append(self.send(webhook, good))
        seen = {(a.status_code, a.text, tuple(sorted(set(a.headers) - {"Date"}))) for a in answers}
        self.assertEqual(len(seen), 1, seen)
        self.assertEqual(answers[0].status_code, 403)
        self.assertNothing()

    @mute_logger("odoo.http")
    def test_other_methods(self):
        """Only POST; a link that is followed does nothing, and tells nothing."""
        for token in (self.webhooks["mailgun"].token, "unknown"):
            for method in ("GET", "HEAD", "PUT", "DELETE"):
                answer = self.url_open(f"/mailing/webhook/{token}", method=method)
                self.assertEqual(answer.status_code, 405, method)
        self.assertNothing()

    @mute_logger("odoo.http")
    def test_too_large(self):
        """What is larger than any provider's call is not read."""
        for token in (self.webhooks["mailgun"].token, "unknown"):
            answer = self.url_open(f"/mailing/webhook/{token}", data=b"x" * (LARGEST_BODY + 1), headers={})
            self.assertEqual(answer.status_code, 413)

    def test_a_form(self):
        """A form that a browser would send is refused as anything else."""
        answer = self.url_open(f"/mailing/webhook/{self.webhooks['mailgun'].token}", data={"signature": "x"})
        self.assertEqual(answer.status_code, 403)

    def test_no_session(self):
        """No cookie for a machine, whatever it calls with."""
        good = self.signers["mailgun"].call([{}], self.now)
        for call in (good, self.forged_call("mailgun")):
            self.opener.cookies.clear()
            self.assertNotIn("session_id", self.send(self.webhooks["mailgun"], call).cookies)

    def test_again_and_again(self):
        """Who is refused too often is not listened to for a while; the others are."""
        webhook, forged = self.webhooks["mailgun"], self.forged_call("mailgun")
        for _attempt in range(MOST):
            self.assertEqual(self.send(webhook, forged).status_code, 403)
        self.assertEqual(self.send(webhook, forged).status_code, 429)
        self.tell("sendgrid", self.signers["sendgrid"].bounce("ann@example.org", ""))

    def test_nobody_in_the_log(self):
        """What we write to the log names neither an address nor a key."""
        signer, log = self.signers["postmark"], Mock()
        self.patch(mailing_webhook_taking, "_logger", log)
        self.tell("postmark", signer.bounce("ann@example.org", ""))
        self.send(self.webhooks["postmark"], self.forged_call("postmark"))
        written = "\n".join(str(call) for call in log.method_calls)
        self.assertIn("refused", written)
        self.assertNotIn("ann@example.org", written)
        self.assertNotIn(signer.secret, written)

    def test_strange_json(self):
        """What a provider signs may be anything: it is taken, and means nothing."""
        for data in ({}, {"event": ["bounce"]}, {"event": "bounce", "email": {"a": 1}, "sg_event_id": "1"}):
            self.tell("sendgrid", data)
        told = self.signers["sendgrid"].bounce("ann\0\ud800@example.org", "<a\0@b>", words="\0\ud800", event="\0\ud800")
        self.assertTrue(json.dumps(told))
        self.tell("sendgrid", told)
