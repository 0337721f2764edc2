"""What the approver is shown of a request: all that was chosen, and the word for what approving does."""

from datetime import timedelta

from lxml import etree

from odoo import fields
from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from .people import PeopleCase


@tagged("post_install", "-at_install")
class TestRequestOverview(PeopleCase):
    def overview(self, **values):
        """Of a mailing for which these are chosen in step 2."""
        mailing = self.make_mailing(self.requester)
        wizard = self.make_wizard(mailing)
        self.walk(wizard, "audience")
        wizard.write(values)
        return dict(mailing.with_user(self.sender)._overview_rows())

    def test_dates_of_a_series(self):
        """C15, C22: who approves a series sees its rule, not only that it is one."""
        when = self.overview(when="periodic", repeat_weekdays="wed", send_on="2040-12-03", repeat_count=10)["When"]
        self.assertIn("every week on Wednesday", when)
        self.assertIn("10 times", when)

    def test_send_speed(self):
        """C15, C30: how fast it goes was asked for, and is approved."""
        self.assertEqual(self.overview(rate_per_minute=600)["Send speed"], "600 mails a minute")
        self.assertEqual(self.overview()["Send speed"], "As fast as it goes")

    def test_the_button_says_what_it_does(self):
        """C15: approving sends now, or lets a moment or dates come."""
        arch = etree.fromstring(self.env["mailing.decision"].get_view(view_type="form")["arch"])
        buttons = arch.xpath("//footer/button[@name='action_approve']")
        for when, words in (("now", "Approve and send"), ("later", "Approve"), ("periodic", "Approve")):
            shown = [b.get("string") for b in buttons if not safe_eval(b.get("invisible"), {"send_when": when})]
            self.assertEqual(shown, [words])

    def test_later(self):
        """C15, C20: the moment stands there in the reader's time zone."""
        self.sender.tz = "Europe/Amsterdam"
        moment = fields.Datetime.now() + timedelta(days=2)
        self.assertIn("Europe/Amsterdam", self.overview(when="later", send_at=moment)["When"])

    def test_a_colleagues_mailing_is_duplicated(self):
        """C15: a requester makes a mailing of their own of one that a colleague has sent, and may change it."""
        mailing = self.make_mailing(self.sender)
        copy = mailing.with_user(self.requester).copy()
        self.assertEqual(copy.user_id, self.requester)
        copy.subject = "Mine"
        self.assertEqual(mailing.with_user(self.stock_user).copy().user_id, self.sender, "as stock does it")
