"""What a person sees of a mailing on its way, in a browser."""

from odoo.tests import new_test_user, tagged

from .browser import BrowserCase


@tagged("post_install", "-at_install")
class TestFlightTours(BrowserCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        groups = "base.group_user,mail.group_mail_template_editor,bulk_mailing.group_sender"
        cls.sender = new_test_user(cls.env, "sally.sender", groups=groups, lang="en_US", tz="Europe/Amsterdam")
        cls.make_contacts("ann@example.org", "bob@example.org")
        cls.mailing = cls.make_mailing()

    def tour(self, name):
        self.start_tour(f"/odoo/mailing.mailing/{self.mailing.id}", f"bulk_mailing_{name}", login=self.sender.login)
        self.env.invalidate_all()

    def send_with_undo(self):
        self.env.company.bulk_undo_seconds = 600
        self.enqueue(self.mailing)
        self.mailing._allow_undo()
        self.env.flush_all()

    def test_undo(self):
        """The seconds to think again are counted down; Undo makes it a draft again."""
        self.send_with_undo()
        self.tour("undo")
        self.assertEqual((self.mailing.state, self.mailing.flight_state), ("draft", False))

    def test_undo_is_over(self):
        """When the seconds are over the button goes by itself."""
        self.send_with_undo()
        self.tour("undo_is_over")
        self.assertEqual(self.mailing.flight_state, "running")

    def start_with_one_in_doubt(self):
        """Two wait, and one is in doubt."""
        self.make_contacts("cat@example.org")
        self.mailing.subject = "Live news"
        self.enqueue(self.mailing)
        trace = self.mailing.mailing_trace_ids[0]
        self.env["mailing.queue"].search([("trace_id", "=", trace.id)]).unlink()
        trace.write({"delivery_state": "in_doubt", "trace_status": "pending"})
        self.env.flush_all()

    def test_live_form(self):
        """The bus brings numbers and a pause to an open form without reloading it under one's hands."""
        self.start_with_one_in_doubt()
        self.tour("live")
        self.assertEqual(self.mailing.description, "Half a sen")

    def test_live_list(self):
        """The bus brings numbers and a pause to the list."""
        self.start_with_one_in_doubt()
        self.start_tour("/odoo/email-marketing", "bulk_mailing_live_list", login=self.sender.login)

    def test_count_as_sent(self):
        """Who is in doubt is counted as sent only when somebody has said so twice."""
        self.start_with_one_in_doubt()
        self.tour("count_as_sent")
        self.assertIn("sent", self.mailing.mailing_trace_ids.mapped("delivery_state"))
        self.assertNotIn("in_doubt", self.mailing.mailing_trace_ids.mapped("delivery_state"))
