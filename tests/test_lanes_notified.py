"""Sender processes on other hosts are told at commit that there is work: a second connection listens."""

import select
from unittest.mock import patch

import psycopg2
from psycopg2.extensions import ISOLATION_LEVEL_AUTOCOMMIT

from odoo import SUPERUSER_ID, api, sql_db
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, get_db_name, tagged

MAILING = {"subject": "To be resumed", "body_html": "x", "flight_state": "paused", "state": "sending"}
LONGEST_WAIT = 30


@tagged("post_install", "-at_install")
class TestLanesNotified(BaseCase):
    """What is to be told must be committed, and is deleted again."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        _name, parameters = sql_db.connection_info_for(get_db_name())
        self.ear = psycopg2.connect(**parameters)
        self.addCleanup(self.ear.close)
        self.ear.set_isolation_level(ISOLATION_LEVEL_AUTOCOMMIT)
        self.ear.cursor().execute("LISTEN bulk_mailing")
        # triggers of crons would be committed as well
        self.startPatcher(patch.object(self.registry["ir.cron"], "_trigger", lambda *_args, **_values: None))
        with self.registry.cursor() as cr:
            mailings = api.Environment(cr, SUPERUSER_ID, {})["mailing.mailing"]
            model = mailings.env["ir.model"]._get_id("mailing.list")
            self.mailing_id = mailings.create({**MAILING, "mailing_model_id": model}).id
        self.addCleanup(self.delete)

    def delete(self):
        """As if nothing had been."""
        with self.registry.cursor() as cr:
            api.Environment(cr, SUPERUSER_ID, {})["mailing.mailing"].browse(self.mailing_id).unlink()

    def heard(self, seconds=0):
        """What the other connection was told since the last time, waiting for it if need be."""
        self.ear.poll()
        if not self.ear.notifies:
            select.select([self.ear], [], [], seconds)
            self.ear.poll()
        told = [notice.channel for notice in self.ear.notifies]
        self.ear.notifies.clear()
        return told

    def assertTold(self, action):
        """Nothing is told before the commit, when a lane would find nothing; then it is told once."""
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            action(env)
            env.flush_all()
            self.assertEqual(self.heard(), [])
        self.assertEqual(self.heard(LONGEST_WAIT), ["bulk_mailing"])

    def test_departure(self):
        """Who lets the lanes begin tells them."""
        self.assertTold(lambda env: env["mailing.queue"]._trigger_lanes())

    def test_resumed(self):
        """So does who resumes a mailing, and by then it is running for everybody."""
        self.assertTold(lambda env: env["mailing.mailing"].browse(self.mailing_id).action_resume())
        with self.registry.cursor() as cr:
            cr.execute("SELECT flight_state FROM mailing_mailing WHERE id = %s", [self.mailing_id])
            self.assertEqual(cr.fetchone(), ("running",))
