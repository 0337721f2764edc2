"""The number of lanes in the settings."""

from unittest.mock import patch

from odoo.exceptions import ValidationError
from odoo.tests import TransactionCase, new_test_user, tagged
from odoo.tools import config


@tagged("post_install", "-at_install")
class TestLanes(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.admin = new_test_user(cls.env, "adm", groups="base.group_user,bulk_mailing.group_mail_admin")
        cls.settings = cls.env["mailing.settings"].with_user(cls.admin).browse(cls.env.company.id)
        cls.queue = cls.env["mailing.queue"]

    def crons(self):
        return self.env["ir.cron"].with_context(active_test=False).search([("code", "like", "model._cron_run_lane(")])

    def test_more_lanes(self):
        """A greater number makes the cron records that are missing, protected from updates, and touches no other."""
        self.assertEqual(self.settings.lanes, 4)
        before = self.crons()
        self.env.cr.execute("UPDATE ir_cron SET write_date = '2020-01-01' WHERE id = ANY(%s)", [before.ids])
        self.settings.lanes = 6
        made = self.crons() - before
        self.assertEqual(made.mapped("code"), ["model._cron_run_lane(4)", "model._cron_run_lane(5)"])
        data = self.env["ir.model.data"].search([("model", "=", "ir.cron"), ("res_id", "in", made.ids)])
        self.assertEqual(data.mapped("noupdate"), [True, True])
        self.env.invalidate_all()
        self.assertEqual({str(cron.write_date.year) for cron in before}, {"2020"})
        self.settings.lanes = 2
        self.assertEqual(self.crons(), before | made)
        self.settings.lanes = 6
        self.assertEqual(len(self.crons()), 6)

    def test_in_use(self):
        """As many run as are wanted; one thread stays for Odoo's other jobs, and lanes above the number do nothing."""
        self.settings.lanes = 3
        with patch.dict(config.options, {"max_cron_threads": 8}):
            self.assertEqual(self.queue._lanes_in_use(), 3)
            with patch.object(type(self.queue), "_run_lane", return_value=0) as run:
                self.queue._cron_run_lane(3)
            run.assert_not_called()
        with patch.dict(config.options, {"max_cron_threads": 2}):
            self.assertEqual(self.queue._lanes_in_use(), 1)
            self.settings.invalidate_recordset()
            self.assertIn("1, because Odoo has so few threads", self.settings.lanes_in_words)

    def test_no_more_than_threads(self):
        """A lane has a connection at least; where that is the reason for fewer, the page says so."""
        self.env["res.company"].search([]).bulk_smtp_threads = 2
        with patch.dict(config.options, {"max_cron_threads": 8}):
            self.assertEqual(self.queue._lanes_in_use(), 2)
            self.assertEqual(self.settings.lanes_in_words, "In use: 2, because there are no more SMTP threads.")

    def test_nonsense(self):
        """There are 1 to 16 lanes; whatever a system administrator writes into the parameter, some lane runs."""
        for number in (0, 17):
            with self.assertRaises(ValidationError):
                self.settings.lanes = number
        for value in ("0", "many", "99"):
            self.env["ir.config_parameter"].set_param("bulk_mailing.lanes", value)
            self.assertTrue(1 <= self.queue._lanes_wanted() <= 4, value)  # there are no more crons

    def test_senders_are_listed(self):
        """The page lists the lanes of sender processes that are alive."""
        self.assertFalse(self.settings.sender_lane_ids)
        self.env["mailing.lane"]._beat(["mill:1:a", "mill:1:b"])
        self.env["mailing.lane"].create({"name": "dead", "host": "mill", "alive_until": "2020-01-01"})
        self.settings.invalidate_recordset()
        self.assertEqual(self.settings.sender_lane_ids.mapped("name"), ["mill:1:a", "mill:1:b"])
        self.assertIn("sender process is at work", self.settings.lanes_in_words)
