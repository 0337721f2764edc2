"""The chatbot refuses an address that no mail can reach, and goes on when the DNS does not answer."""

from odoo.tests import tagged
from odoo.tests.common import JsonRpcException
from odoo.tools import mute_logger

from odoo.addons.bulk_mailing.tests.dns_case import DnsCase


@tagged("post_install", "-at_install")
class TestChatbot(DnsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.script = cls.env["chatbot.script"].create({"title": "Robot"})
        cls.question, cls.thanks = cls.env["chatbot.script.step"].create(
            [
                {"step_type": "question_email", "message": "Your address?", "chatbot_script_id": cls.script.id},
                {"step_type": "text", "message": "Thank you", "chatbot_script_id": cls.script.id},
            ]
        )
        rule = {"chatbot_script_id": cls.script.id}
        cls.live = cls.env["im_livechat.channel"].create({"name": "Help", "rule_ids": [(0, 0, rule)]})

    def setUp(self):
        super().setUp()
        values = {"chatbot_script_id": self.script.id, "channel_id": self.live.id}
        session = self.make_jsonrpc_request("/im_livechat/get_session", values)
        self.channel = self.env["discuss.channel"].browse(session["channel_id"])
        self.assertEqual(self.channel.chatbot_current_step_id, self.question)

    def answer(self, email):
        """Type an address; what the client gets when it asks whether that is right."""
        post = {"body": email, "message_type": "comment", "subtype_xmlid": "mail.mt_comment"}
        values = {"thread_model": "discuss.channel", "thread_id": self.channel.id, "post_data": post}
        self.make_jsonrpc_request("/mail/message/post", values)
        return self.make_jsonrpc_request("/chatbot/step/validate_email", {"channel_id": self.channel.id})

    def go_on(self):
        """Ask for the next step; the step that the script is at then."""
        self.make_jsonrpc_request("/chatbot/step/trigger", {"channel_id": self.channel.id})
        self.channel.invalidate_recordset()
        return self.channel.chatbot_current_step_id

    def test_alive(self):
        """An address whose domain takes mail leads on."""
        self.assertTrue(self.answer("ann@alive.example")["success"])
        self.assertEqual(self.go_on(), self.thanks)

    def test_no_answer(self):
        """A DNS that is silent keeps nobody, and is waited for once though the robot looks twice."""
        self.assertTrue(self.answer("ann@silent.example")["success"])
        asked = self.dns.asked.count("silent.example")
        self.assertTrue(asked)
        self.assertEqual(self.go_on(), self.thanks)
        self.assertEqual(self.dns.asked.count("silent.example"), asked)

    def test_dead(self):
        """B7: the robot says why, and does not go on whatever the client asks for."""
        told = self.answer("ann@dead.example")
        self.assertFalse(told["success"])
        self.assertIn("“dead.example” does not exist", told["error_message"])
        self.assertIn("does not exist", self.channel.message_ids[:1].body)
        with self.assertRaises(JsonRpcException), mute_logger("odoo.http"):
            self.go_on()
        self.assertTrue(self.answer("ann@alive.example")["success"])
        self.assertEqual(self.go_on(), self.thanks)

    def test_typo(self):
        """A likely slip is asked about; typed again, it is taken."""
        self.assertIn("Did you mean ann@gmail.com?", self.answer("ann@gmial.com")["error_message"])
        self.assertTrue(self.answer("ann@gmial.com")["success"])
        self.assertEqual(self.go_on(), self.thanks)

    def test_sentence(self):
        """Who answers in a sentence is understood, as by stock, and told what is wrong with the address in it."""
        told = self.answer("My address is ann@dead.example")["error_message"]
        self.assertIn("“ann@dead.example” cannot get mail", told)
        self.assertIn("Did you mean ann@gmail.com?", self.answer("It is Ann@gmial.com")["error_message"])
        self.assertIn("Did you mean ann@alive.example?", self.answer("It is ann@alive.example.")["error_message"])
        self.assertIn("is not a mail address", self.answer("ann@alive.example or by phone")["error_message"])
        self.assertIn("Did you mean annvisser@gmail.com?", self.answer("ann visser@gmail.com")["error_message"])
        self.assertTrue(self.answer("My address is ann@alive.example")["success"])
        self.assertEqual(self.go_on(), self.thanks)

    def test_long_text_is_answered_in_short(self):
        """Who types a very long address is told so by the robot in a sentence, and the DNS is not asked."""
        asked = len(self.dns.asked)
        told = self.answer(f"ann@{'abcde' * 5_000}.example")
        self.assertFalse(told["success"])
        self.assertIn("is not a mail address", told["error_message"])
        self.assertLess(len(self.channel.message_ids[:1].body), 300)
        self.assertEqual(len(self.dns.asked), asked)

    def test_no_address(self):
        """What is no address gets stock's answer, and one only."""
        before = self.channel.message_ids
        self.assertFalse(self.answer("not an address")["success"])
        self.assertEqual(len(self.channel.message_ids - before), 2)  # the visitor's and the robot's
