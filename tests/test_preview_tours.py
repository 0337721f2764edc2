"""The preview and test mails in a browser, as who may only prepare."""

from odoo.tests import new_test_user, tagged

from .browser import BrowserCase


@tagged("post_install", "-at_install")
class TestPreviewTours(BrowserCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        groups = "base.group_user,mail.group_mail_template_editor,bulk_mailing.group_requester"
        cls.requester = new_test_user(cls.env, "rita.requester", groups=groups, lang="en_US", email="rita@example.org")
        cls.make_contacts("ann@example.org", "bob@example.org", "cyd@example.org")
        cls.mailing = cls.make_mailing(user_id=cls.requester.id)

    def tour(self, name):
        self.start_tour(f"/odoo/mailing.mailing/{self.mailing.id}", f"bulk_mailing_{name}", login=self.requester.login)

    def test_preview(self):
        """C37: desktop and phone, light and dark, HTML, text and headers, recipient by recipient; no script runs."""
        self.tour("preview")
        self.assertFalse(self.server.messages)

    def test_beside_the_overview(self):
        """C37: step 4 shows the message as a recipient gets it."""
        mailing = self.mailing.with_user(self.requester)
        wizard = mailing.env["mailing.send"].create({"mailing_id": mailing.id, "terms_accepted": True})
        while wizard.step != "review":
            wizard.action_next()
            mailing.action_acknowledge_warnings()
        self.env.flush_all()
        self.tour("preview_in_steps")

    def test_test_mail(self):
        """C27, C15: a test mail is sent from the form, and the dialog says what became of it."""
        self.server.forget()
        self.tour("test_mail")
        self.assertEqual(self.server.addresses(), ["rita@example.org"])

    def test_test_sending(self):
        """C27: the four steps of a test sending, and its own page, say that it is one."""
        self.requester.group_ids += self.env.ref("bulk_mailing.group_sender")
        mailing = self.mailing.with_user(self.requester)
        mailing._accept_terms()
        self.env.flush_all()
        self.tour("test_sending")
        self.env.invalidate_all()
        self.assertEqual((self.mailing.state, self.mailing.is_test_send), ("in_queue", True))
