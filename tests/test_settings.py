"""The settings page, and the From address that new mailings begin with."""

from unittest.mock import patch

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, TransactionCase, new_test_user, tagged

MAIL_ADMIN = "base.group_user,bulk_mailing.group_mail_admin"
SENDER = "base.group_user,bulk_mailing.group_sender"


@tagged("post_install", "-at_install")
class TestSettings(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        cls.env["ir.mail_server"].search([]).unlink()
        cls.env["fetchmail.server"].search([]).unlink()
        cls.server = cls.env["ir.mail_server"].create(
            {"name": "Shop", "smtp_host": "smtp.example.com", "from_filter": "example.com"}
        )
        cls.mail_admin = new_test_user(cls.env, "mail_admin", groups=MAIL_ADMIN)
        cls.settings = cls.env["mailing.settings"].with_user(cls.mail_admin).browse(cls.company.id)

    def test_mail_administrator_saves(self):
        """S1: a mail administrator who is no system administrator opens the page of the company and saves it."""
        self.assertFalse(self.mail_admin.has_group("base.group_system"))
        self.assertEqual(self.settings.action_open()["res_id"], self.company.id)
        with Form(self.settings) as page:
            page.max_per_connection = 200
            page.smtp_threads = 10
            page.default_from = "News <news@example.com>"
            page.default_send_engine = "classic"
            page.enforce_terms_and_checks = False
        self.assertEqual(self.company.bulk_max_per_connection, 200)
        self.assertEqual(self.company.bulk_smtp_threads, 10)
        self.assertEqual(self.company.bulk_default_from, "News <news@example.com>")
        parameter = self.env["ir.config_parameter"].get_param
        self.assertEqual(parameter("bulk_mailing.default_send_engine"), "classic")
        self.assertEqual(parameter("bulk_mailing.enforce_terms_and_checks"), "False")
        self.settings.enforce_terms_and_checks = True
        self.assertTrue(self.settings.enforce_terms_and_checks)

    def test_others_may_not(self):
        """S1: who only sends neither reads nor writes the page, also not over RPC."""
        sender = new_test_user(self.env, "only_sender", groups=SENDER)
        settings = self.settings.with_user(sender)
        for attempt in (
            lambda: settings.write({"smtp_threads": 50}),
            lambda: settings.read(["smtp_threads"]),
            settings.action_test_connections,
        ):
            with self.assertRaises(AccessError):
                attempt()
        self.assertEqual(self.company.bulk_smtp_threads, 5)

    def test_nothing_else_is_written_through_it(self):
        """S1: the page writes as superuser, so what it only shows is closed: mail servers and all behind them."""
        for values in (
            {"mail_server_ids": [(0, 0, {"name": "Mine", "smtp_host": "smtp.example.net"})]},
            {"mail_server_ids": [(1, self.server.id, {"smtp_host": "smtp.example.net"})]},
            {"company_id": self.company.id},
        ):
            with self.assertRaises(AccessError):
                self.settings.write(values)
        self.assertEqual(self.env["ir.mail_server"].search([]).mapped("smtp_host"), ["smtp.example.com"])

    def test_only_ones_own_companies(self):
        """S1: a mail administrator changes no company that is not theirs."""
        other = self.env["res.company"].create({"name": "Other"})
        with self.assertRaises(AccessError):
            self.settings.browse(other.id).write({"smtp_threads": 50})

    def test_example_of_the_maximum(self):
        """S3, S5, S6: 100 mails for all of 5 threads is 20 a connection, and the page says so while one types."""
        self.env["res.lang"]._activate_lang("en_US")
        with Form(self.settings.with_context(lang="en_US")) as page:
            self.assertIn("1,000 mails: 5 connections at a time, each carries 20;", page.connection_example)
            page.smtp_threads = 200
            self.assertIn("200 connections at a time, each carries 1;", page.connection_example)

    def test_load_is_named(self):
        """S4, S6: both numbers say that a high value loads the mail server."""
        for name in ("max_per_connection", "smtp_threads"):
            self.assertIn("loads the mail server", self.settings.fields_get([name])[name]["help"])

    def test_numbers_are_at_least_one(self):
        """S3, S6: nought and less are refused with a sentence."""
        for name in ("max_per_connection", "smtp_threads"):
            for value in (0, -1):
                with self.assertRaisesRegex(ValidationError, "at least 1"):
                    self.settings.write({name: value})

    def test_days_to_try_again(self):
        """B11: from a day to two weeks."""
        for days in (0, 15):
            with self.assertRaisesRegex(ValidationError, "1 to 14 days"):
                self.settings.give_up_days = days
        self.settings.give_up_days = 14
        self.assertEqual(self.company.bulk_give_up_days, 14)

    def test_default_from_is_known_here(self):
        """S7: default From is a fetched mailbox, an alias, or what an outgoing server sends for; others are refused."""
        domain = self.env["mail.alias.domain"].create({"name": "alias.example"})
        self.company.alias_domain_id = domain
        self.env["fetchmail.server"].create({"name": "In", "user": "in@fetched.example", "password": "x"})
        self.env["ir.mail_server"].create(
            {"name": "Box", "smtp_host": "smtp.box.example", "smtp_user": "me@box.example"}
        )
        for known in ("any@example.com", "notifications@alias.example", "IN@fetched.example", "Me <me@box.example>"):
            self.settings.default_from = known
            self.assertFalse(self.settings.default_from_problem)
        for unknown in ("any@elsewhere.example", "catchall@alias.example", "any@sub.example.com"):
            with self.assertRaisesRegex(ValidationError, "not known here"):
                self.settings.default_from = unknown
        with self.assertRaisesRegex(ValidationError, "not one e-mail address"):
            self.settings.default_from = "news at example.com"

    def test_page_says_what_is_wrong_while_one_types(self):
        """S7: the sentence stands beside the field before anything is saved."""
        page = Form(self.settings)
        page.default_from = "news@elsewhere.example"
        self.assertIn("not known here", page.default_from_problem)
        page.default_from = "news@example.com"
        self.assertFalse(page.default_from_problem)

    def test_server_without_filter_proves_nothing(self):
        """S7: an outgoing server that sends for everybody makes no address known."""
        self.server.from_filter = False
        with self.assertRaises(ValidationError):
            self.settings.default_from = "any@example.com"

    def test_connections_are_tried(self):
        """S9: the page lists the outgoing servers and says which of them answers, in their own words."""
        self.assertEqual(self.settings.mail_server_ids, self.server)
        method = "odoo.addons.base.models.ir_mail_server.IrMail_Server.test_smtp_connection"
        with patch(method, side_effect=UserError("No response received.")):
            answer = self.settings.action_test_connections()["params"]
        self.assertEqual((answer["type"], answer["message"]), ("danger", "Shop: No response received."))
        with patch(method):
            answer = self.settings.action_test_connections()["params"]
        self.assertEqual((answer["type"], answer["message"]), ("success", "Shop: all right"))


@tagged("post_install", "-at_install")
class TestDefaultFrom(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        servers = cls.env["ir.mail_server"]
        servers.search([]).unlink()
        cls.domain_server = servers.create({"name": "D", "smtp_host": "d", "from_filter": "example.com"})
        cls.box_server = servers.create({"name": "B", "smtp_host": "b", "from_filter": "box@example.net"})
        cls.env.company.bulk_default_from = "News <news@example.com>"

    def make(self, **values):
        return self.env["mailing.mailing"].create({"subject": "Autumn", **values}).email_from

    def test_new_mailing_begins_with_it(self):
        """S7: a new mailing on our engine begins with the default From; a form shows it at once."""
        self.assertEqual(self.make(), "News <news@example.com>")
        self.assertEqual(Form(self.env["mailing.mailing"]).email_from, "News <news@example.com>")
        self.assertEqual(self.make(mail_server_id=self.domain_server.id), "News <news@example.com>")

    def test_mailbox_of_the_server_wins(self):
        """S8: a mailing whose server belongs to one mailbox begins with that mailbox, under the same name."""
        self.assertEqual(self.make(mail_server_id=self.box_server.id), '"News" <box@example.net>')

    def test_choice_of_a_person_stays(self):
        """S8: what somebody typed stays, as long as the server sends for it."""
        self.assertEqual(self.make(email_from="me@example.org"), "me@example.org")
        mailing = self.env["mailing.mailing"].create({"subject": "Autumn", "email_from": "me@example.com"})
        mailing.mail_server_id = self.domain_server
        self.assertEqual(mailing.email_from, "me@example.com")
        mailing.mail_server_id = self.box_server
        self.assertEqual(mailing.email_from, '"News" <box@example.net>')

    def test_classic_is_left_alone(self):
        """Mailings on Odoo's own queue keep Odoo's From."""
        self.assertEqual(self.make(send_engine="classic"), self.env.user.email_formatted)
