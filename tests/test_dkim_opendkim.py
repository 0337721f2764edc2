"""Signed mail before a receiver that many use, with a mail server and a name server in between."""

import unittest

from odoo.tests import tagged

from . import opendkim
from .common import BulkCase
from .dkim_receiver import published
from .test_dkim import HARD_TO_CARRY, RECORD_BY_RECORD


@unittest.skipUnless(opendkim.PROGRAM, "OpenDKIM is not installed: sudo apt-get install opendkim")
@tagged("post_install", "-at_install")
class TestOpenDkim(BulkCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.keys = cls.env["mailing.dkim.key"].create(
            [{"domain": "example.org"}, {"domain": "example.org", "algorithm": "ed25519"}]
        )

    def test_passes(self):
        """Both signatures of a mail that went over SMTP pass, with the keys as they are told to be published."""
        self.make_contacts("ann@example.com", "bob@example.com")
        for body in (HARD_TO_CARRY, RECORD_BY_RECORD):
            self.send(self.make_mailing(body_html=body))
        self.assertEqual(len(self.server.messages), 4)
        for mail in self.server.messages:
            found = opendkim.verdicts(mail.content, published(self.keys))
            self.assertEqual(found, [("rsa-sha256", "pass"), ("ed25519-sha256", "pass")])

    def test_changed_mail_fails(self):
        """A changed mail does not pass: OpenDKIM looks at what it is given."""
        self.send_to("ann@example.com")
        [mail] = self.server.messages
        changed = mail.content.replace(b"Unsubscribe", b"Subscribe", 1)
        self.assertNotEqual(changed, mail.content)
        results = [result for _algorithm, result in opendkim.verdicts(changed, published(self.keys))]
        self.assertEqual(results, ["fail", "fail"])
