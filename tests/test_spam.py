"""The spam score of a mailing: asked of a real SpamAssassin, and of everything that is none."""

import socket
import unittest
from email import message_from_bytes, policy
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.bulk_mailing.adapters.spamd import FakeSpamFilter
from odoo.addons.bulk_mailing.core.spam import SpamScore

from . import spamd
from .people import BODY, PeopleCase

# what every SpamAssassin takes for spam, whatever its rules: https://spamassassin.apache.org/gtube/
GTUBE = "XJS*C4JDBQADN1.NSBN3*2IDNEN*GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X"
NEWSLETTER = (
    "<div><p>Dear reader, the museum opens its new garden on Saturday. There is coffee at ten, and a walk along "
    "the old apple trees at eleven; children are welcome. We are looking forward to seeing you.</p>" + BODY + "</div>"
)
FILTER = "odoo.addons.bulk_mailing.models.mailing_mailing.spam.MailingMailing._spam_filter"


class SpamCase(PeopleCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.sender.company_id

    def findings(self, user=None, **values):
        mailing = self.make_mailing(user or self.sender, **values)
        mailing.action_run_checks()
        return mailing.finding_ids


@unittest.skipUnless(spamd.PROGRAM, "spamd is not installed: sudo apt-get install spamd")
@tagged("post_install", "-at_install")
class TestSpamAssassin(SpamCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write({"bulk_spamd_host": "127.0.0.1", "bulk_spamd_port": cls.enterClassContext(spamd.running())})

    def test_spam_is_stopped(self):
        """C11: SpamAssassin's test of spam is an error that names the rule, and does not leave."""
        mailing = self.make_mailing(self.sender, body_html=f"<p>{GTUBE}</p>{BODY}")
        mailing._accept_terms()
        with self.assertRaisesRegex(UserError, "spam score is too high"):
            mailing.action_put_in_queue()
        self.assertEqual(mailing.state, "draft")
        mailing.action_run_checks()
        self.assertEqual((mailing.finding_ids.code, mailing.finding_ids.severity), ("spam_score_too_high", "error"))
        self.assertIn("Generic Test for Unsolicited Bulk Email (+1000.0)", mailing.finding_ids.explanation)

    def test_newsletter_passes(self):
        """C11: an ordinary newsletter has nothing against it."""
        self.assertFalse(self.findings(body_html=NEWSLETTER))

    def test_limits_are_settings(self):
        """C11: the same newsletter is too much where hardly any points are allowed."""
        self.company.write({"bulk_spam_warning_from": 0.1, "bulk_spam_error_from": 100.0})
        found = self.findings(body_html=f"<p>{NEWSLETTER}</p>", subject="FREE MONEY!!! CLICK HERE NOW!!!")
        self.assertEqual((found.code, found.severity), ("spam_score_too_high", "warning"))


@tagged("post_install", "-at_install")
class TestSpamScore(SpamCase):
    def test_nothing_set_nothing_asked(self):
        """C11: without a filter there is no spam check."""
        with patch(FILTER) as spam_filter:
            self.assertFalse(self.findings())
        spam_filter.assert_not_called()

    def test_the_mail_of_one_recipient(self):
        """C11: what the filter sees is the mail as the first recipient gets it, and only when the checks run."""
        self.company.bulk_spamd_host = "filter.example.org"
        fake = FakeSpamFilter(SpamScore(1.0))
        with patch(FILTER, return_value=fake):
            mailing = self.make_mailing(self.sender, subject="News for {{ object.name }}")
            mailing.subject = "More news for {{ object.name }}"
            self.assertFalse(fake.asked)
            mailing.action_run_checks()
        (message,) = (message_from_bytes(asked, policy=policy.default) for asked in fake.asked)
        self.assertEqual((message["Subject"], message["To"]), ("More news for Ann", "Ann <ann@example.org>"))
        self.assertFalse(mailing.finding_ids)

    def test_nobody_there_blocks_nothing(self):
        """C11: a filter that is not there is a hint, and the mailing leaves."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.company.write({"bulk_spamd_host": "127.0.0.1", "bulk_spamd_port": free.getsockname()[1]})
            mailing = self.make_mailing(self.sender)
            mailing._accept_terms()
            mailing.action_put_in_queue()
        self.assertEqual(mailing.state, "in_queue")
        self.assertEqual((mailing.finding_ids.code, mailing.finding_ids.severity), ("spam_score_not_asked", "info"))
        self.assertIn("There is no connection to the spam filter.", mailing.finding_ids.explanation)

    def test_no_message_no_question(self):
        """C11: a body that cannot be rendered, and Odoo's own queue, are hints; no recipients is another check's."""
        self.company.bulk_spamd_host = "filter.example.org"
        fake = FakeSpamFilter(SpamScore(1.0))
        empty = self.env["mailing.list"].create({"name": "Empty", "usable_for_mailing": True})
        with patch(FILTER, return_value=fake):
            broken = self.findings(body_html=f'<p t-out="object.nope()"/>{BODY}').mapped("code")
            classic = self.findings(self.admin, send_engine="classic").mapped("code")
            nobody = self.findings(contact_list_ids=[(6, 0, empty.ids)]).mapped("code")
        self.assertIn("spam_score_not_asked", broken)
        self.assertIn("spam_score_not_asked", classic)
        self.assertEqual(nobody, ["no_recipients"])
        self.assertFalse(fake.asked)

    def test_a_requester_may_check(self):
        """C11, C15: who prepares a mailing and may not read the settings gets the score too."""
        self.requester.company_id.bulk_spamd_host = "filter.example.org"
        with patch(FILTER, return_value=FakeSpamFilter(SpamScore(9.0))):
            mailing = self.make_mailing(self.requester)
            mailing.action_run_checks()
        self.assertEqual(mailing.finding_ids.code, "spam_score_too_high")
