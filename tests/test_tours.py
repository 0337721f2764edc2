"""The screens, clicked through in a browser, and what the database holds after that."""

from odoo.tests import new_test_user, tagged

from .browser import BrowserCase

BODY = (
    '<div><p>Hello <t t-out="object.name"></t></p>'
    '<p><a href="https://example.org/news">News</a> <a href="/unsubscribe_from_list">Unsubscribe</a></p></div>'
)
TOO_LONG_FOR_GMAIL = BODY + "<p>News from the mountains.</p>" * 4000


class TourCase(BrowserCase):
    """Who sends, three readers and one who has left; terms and checks are asked for."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        cls.set_parameter("enforce_terms_and_checks", "1")
        groups = "base.group_user,bulk_mailing.group_sender"
        cls.sender = new_test_user(cls.env, "sally.sender", groups=groups, lang="en_US", tz="Europe/Amsterdam")
        contacts = cls.make_contacts("ann@example.org", "bob@example.org", "cyd@example.org", "dan@example.org")
        contacts[3].subscription_ids.opt_out = True

    def open_mailing(self, mailing, tour):
        self.start_tour(f"/odoo/mailing.mailing/{mailing.id}", tour, login=self.sender.login)
        self.env.invalidate_all()

    def depart(self):
        """Run the cron that lets mailings depart."""
        self.env.ref("mass_mailing.ir_cron_mass_mailing_queue").method_direct_trigger()
        self.env.invalidate_all()


@tagged("post_install", "-at_install")
class TestTours(TourCase):
    def test_four_steps(self):
        """C1, C7, A36: terms, audience, checks and overview lead to mails on the wire, and the mailing says so."""
        mailing = self.make_mailing(body_arch=TOO_LONG_FOR_GMAIL, body_html=TOO_LONG_FOR_GMAIL)
        self.open_mailing(mailing, "bulk_mailing_four_steps")
        self.assertEqual(mailing.state, "in_queue")
        self.assertEqual(mailing.sender_user_id, self.sender)
        self.assertEqual(mailing.description, "The autumn sale")
        self.assertEqual(mailing.terms_acceptance_ids.user_id, self.sender)
        self.assertEqual(mailing.finding_ids.acknowledged_by_id, self.sender)

        self.depart()
        self.run_lane()
        self.assertSummary(self.delivery_summary(mailing), accepted=3, sent=3, excluded=1)
        self.assertEqual(mailing.state, "done")
        self.open_mailing(mailing, "bulk_mailing_finished")

    def test_pause_and_stop(self):
        """A mailing on its way can be paused, resumed and stopped; the page follows what others do to it."""
        self.set_parameter("enforce_terms_and_checks", "0")
        mailing = self.make_mailing(body_arch=BODY, body_html=BODY)
        self.enqueue(mailing)
        self.assertEqual(mailing.flight_state, "running")
        self.open_mailing(mailing, "bulk_mailing_pause_and_stop")
        self.assertEqual(mailing.flight_state, "stopped")
        self.run_lane()
        self.assertFalse(self.server.messages)

    def test_settings(self):
        """S1, S2, S3, S4, S7: a mail administrator reaches the settings from the mailings, and saves them."""
        self.mail_server.from_filter = "example.com"
        groups = "base.group_user,bulk_mailing.group_mail_admin"
        admin = new_test_user(self.env, "max.mailadmin", groups=groups, lang="en_US")
        self.start_tour("/odoo/email-marketing", "bulk_mailing_settings", login=admin.login)
        self.env.invalidate_all()
        self.assertEqual(self.env.company.bulk_max_per_connection, 200)
        self.assertEqual(self.env.company.bulk_default_from, "news@example.com")
