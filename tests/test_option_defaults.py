"""What new mailings begin with: set by mail administrators, one record a company."""

from psycopg2 import IntegrityError

from odoo.tests import Form, new_test_user, tagged
from odoo.tools import mute_logger

from ..models.mailing_mailing.options_defaults import FROM_COMPANY
from .people import PeopleCase

OTHERS = {
    "body_format": "text",
    "personalize": False,
    "exclude_duplicates": False,
    "track_links": False,
    "track_opens": True,
    "rate_per_minute": 60,
    "host_external_images": True,
    "embed_images": True,
}


@tagged("post_install", "-at_install")
class TestOptionDefaults(PeopleCase):
    def options(self, mailing):
        return {name: mailing[name] for name in FROM_COMPANY}

    def set_defaults(self, values):
        settings = self.env["mailing.settings"].with_user(self.admin).browse(self.env.company.id)
        with Form(settings) as page:
            for name, value in values.items():
                page[name] = value

    def test_new_mailings_begin_with_them(self):
        """C24, A36: the settings page sets them; new mailings begin with them, on a screen and without one."""
        before = self.make_mailing(self.sender)
        stock = self.options(before)
        self.assertEqual(stock.keys(), OTHERS.keys())
        self.assertFalse([name for name in stock if stock[name] == OTHERS[name]], "each is another one")
        self.set_defaults(OTHERS)
        self.assertEqual(self.options(self.make_mailing(self.sender)), OTHERS)
        form = Form(self.env["mailing.mailing"].with_user(self.requester))
        self.assertEqual(
            {name: form[name] for name in ("body_format", "track_opens")},
            {
                "body_format": "text",
                "track_opens": True,
            },
        )
        self.assertEqual(self.options(before), stock, "those that exist keep theirs")
        self.assertEqual(self.options(before.copy()), stock, "and so do their copies")

    def test_a_person_changes_them(self):
        """C24: for one mailing a person chooses otherwise, and so does a screen, or a default of Odoo's own."""
        self.set_defaults(OTHERS)
        self.assertEqual(self.make_mailing(self.sender, body_format="html").body_format, "html")
        mailings = self.env["mailing.mailing"].with_context(default_rate_per_minute=7)
        self.assertEqual(mailings.create({"subject": "x"}).rate_per_minute, 7)
        self.env["ir.default"].set("mailing.mailing", "track_links", True)
        self.assertTrue(self.make_mailing(self.sender).track_links)

    def test_each_company_its_own(self):
        """C24: the company of the person whose mailing it is decides."""
        other = self.env["res.company"].create({"name": "Other", "bulk_body_format": "html"})
        colleague = new_test_user(
            self.env,
            "bulk_colleague",
            groups="base.group_user,bulk_mailing.group_sender",
            company_id=other.id,
            company_ids=[(6, 0, other.ids)],
        )
        self.assertEqual(self.make_mailing(colleague).body_format, "html")
        self.assertEqual(self.make_mailing(self.sender).body_format, "both")
        self.assertEqual(self.make_mailing(self.sender, user_id=colleague.id).body_format, "html")

    def test_series_begin_with_them(self):
        """C24: what is sent again and again is a mailing too; its dates go out as it is then."""
        self.set_defaults({"body_format": "text", "rate_per_minute": 60})
        mailing = self.make_mailing(self.sender)
        self.set_defaults({"body_format": "html"})
        run = mailing.copy()
        self.assertEqual((run.body_format, run.rate_per_minute), ("text", 60))

    def test_no_speed_below_nought(self):
        """C30: a limit is a number of mails."""
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.env.company.bulk_rate_per_minute = -1
            self.env.flush_all()
