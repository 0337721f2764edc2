"""A whole list is checked in the background; its progress is shown, and its end told."""

from unittest.mock import patch

from lxml import etree

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged
from odoo.tools.safe_eval import safe_eval

from ..core.validity import DomainAnswer
from ..models import mailing_list_check
from .test_address_validity import ValidityCase


@tagged("post_install", "-at_install")
class TestListCheck(ValidityCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.config_parameter"].set_param("bulk_mailing.check_addresses_days", "0")
        cls.list = cls.env["mailing.list"].create({"name": "Autumn"})
        cls.sender = new_test_user(cls.env, "lists", groups="base.group_user,bulk_mailing.group_sender", lang="en_US")
        emails = ("ann@example.org", "Ann@example.org", "info@example.org", "bob@nobody.example", "cyd@silent.example")
        cls.env["mailing.contact"].create(
            [{"email": email, "list_ids": [(6, 0, cls.list.ids)]} for email in (*emails, "no address", False)]
        )

    def test_check(self):
        """A18: each address is counted once, with what is known of it."""
        self.list.with_user(self.sender).action_check_addresses()
        self.assertEqual(self.list.address_check, "running")
        self.assertEqual(self.list.address_check_percent, 0)
        self.assertEqual(self.list.address_check_summary, "The first addresses are being checked.")
        with patch.object(type(self.env["res.users"]), "_bus_send", autospec=True) as told:
            self.check()
        self.assertEqual(self.list.address_check, "done")
        summary = "1 valid · 1 risky · 2 invalid · 1 not known"
        self.assertEqual(self.list.address_check_summary, summary)
        [(user, kind, message)] = [call.args for call in told.call_args_list]
        self.assertEqual((user, kind, message["message"]), (self.sender, "simple_notification", summary))

    def test_doubtful(self):
        """Those that look wrong are a click away."""
        self.list.action_check_addresses()
        self.check()
        action = self.list.with_user(self.sender).action_view_doubtful()
        found = self.env["mailing.contact"].with_user(self.sender).search(action["domain"])
        self.assertEqual(
            sorted((contact.email, contact.email_validity, contact.email_problem) for contact in found),
            [
                ("bob@nobody.example", "invalid", "The domain does not exist."),
                ("info@example.org", "risky", ""),
                ("no address", "invalid", "This is not a mail address."),
            ],
        )

    def test_none_doubtful(self):
        """Where no address looks wrong there is no button to them, and who opens them still reads that in words."""
        self.assertTrue(self.is_led_to_doubtful())
        self.list.contact_ids.filtered(lambda contact: contact.email != "ann@example.org").unlink()
        self.assertFalse(self.is_led_to_doubtful())
        self.assertEqual(self.list.action_view_doubtful()["help"], "No address on the list looks wrong.")

    def is_led_to_doubtful(self):
        """Whether the form of the checked list has the button."""
        self.list.action_check_addresses()
        self.check()
        arch = etree.fromstring(self.list.get_view(view_type="form")["arch"])
        [unless] = arch.xpath("//button[@name='action_view_doubtful']/@invisible")
        shown = {name: self.list[name] for name in ("address_check", "has_doubtful_addresses")}
        return not safe_eval(unless, shown)

    def test_in_portions(self):
        """A long list is noted some at a time, and is not done before its last."""
        self.list.action_check_addresses()
        with patch.object(mailing_list_check, "NOTED_AT_ONCE", 3):
            self.check()
            self.assertEqual(self.list.address_check, "running")
            # two are the same address, and one needs no check: it is no address
            self.assertEqual(self.list.address_check_summary, "3 of 5 addresses are checked.")
            self.assertEqual(self.list.address_check_percent, 60)
            self.check()
            self.check()
        self.assertEqual(self.list.address_check, "done")

    def test_not_twice_a_day(self):
        """What was checked today is not checked again."""
        self.list.action_check_addresses()
        self.check()
        asked = len(self.dns.asked)
        self.list.action_check_addresses()
        self.check()
        self.assertEqual(len(self.dns.asked), asked)
        self.assertEqual(self.list.address_check, "done")
        self.dns.answers["example.org"] = DomainAnswer.NULL_MX
        self.let_pass(hours=24 * 15)
        self.list.action_check_addresses()
        self.check()
        self.assertEqual(self.verdict("ann@example.org"), ("invalid", "no_mail"))

    def test_told_by_mail(self):
        """Whoever waited for more than a minute finds it among their messages, too."""
        for kind in ("email", "inbox"):
            self.sender.notification_type = kind
            message = self.told_late()
            self.assertEqual(message.subject, "The addresses of “Autumn” are checked")
            self.assertIn("1 valid", message.body)

    def told_late(self):
        """The message to the one who waited for long."""
        self.list.with_user(self.sender).action_check_addresses()
        self.list.address_check_at = "2020-01-01"
        self.check()
        told = self.env["mail.message"].search([("partner_ids", "in", self.sender.partner_id.ids)])
        return told.sorted("id")[-1]

    def test_message_leads_to_list(self):
        """The message's button opens the list, by mail and among the messages."""
        message = self.told_late()
        self.assertEqual((message.model, message.res_id), ("mailing.list", self.list.id))
        mail = self.env["mail.mail"].search([("mail_message_id", "=", message.id)])
        self.assertIn("View Mailing List", mail.body_html)
        self.assertRegex(mail.body_html, rf"/mail/view\?model=mailing.list&amp;res_id={self.list.id}\b")

    def test_message_leads_nowhere(self):
        """Who may read lists no more is told the end, and led neither to the list nor to themselves."""
        self.list.with_user(self.sender).action_check_addresses()
        self.sender.group_ids = self.env.ref("base.group_user")
        self.list.address_check_at = "2020-01-01"
        self.check()
        message = self.env["mail.message"].search([("partner_ids", "in", self.sender.partner_id.ids)])
        self.assertEqual((message.model, message.res_id), (False, 0))

    def test_rights(self):
        """Who may not read lists may not have them checked."""
        user = new_test_user(self.env, "nobody", groups="base.group_user")
        with self.assertRaises(AccessError):
            self.list.with_user(user).action_check_addresses()
