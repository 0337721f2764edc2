"""The kept counts are what a count of the traces would say, whoever changes traces in whichever way."""

import random
from contextlib import closing

from odoo.sql_db import db_connect
from odoo.tests import tagged

from ..models.mailing_trace_count import stop_counting
from .common import BulkCase

STATES = ("queued", "sending", "deferred", "sent", "in_doubt", "failed", "excluded", None)
STATUSES = ("outgoing", "pending", "sent", "open", "reply", "bounce", "error", "cancel")
FRESH = """
    SELECT mass_mailing_id, delivery_state, trace_status, count(*), count(links_click_datetime), count(sent_datetime)
    FROM mailing_trace WHERE mass_mailing_id = ANY(%s) GROUP BY 1, 2, 3
"""
INSERT = """
    INSERT INTO mailing_trace (trace_type, model, res_id, mass_mailing_id, delivery_state, trace_status)
    SELECT 'mail', 'res.partner', number, %s, %s, %s FROM generate_series(1, %s) AS number
"""


@tagged("post_install", "-at_install")
class TestCounters(BulkCase):
    def setUp(self):
        super().setUp()
        self.mailings = self.make_mailing() + self.make_mailing()

    def assertCountsKept(self):
        """Compare the kept counts with a fresh count, and the fields with stock's own."""
        self.env.flush_all()
        self.env.cr.execute(FRESH, [self.mailings.ids])
        fresh = sorted(self.env.cr.fetchall(), key=str)
        kept = sorted(self.env["mailing.trace.count"]._groups(self.mailings.ids), key=str)
        self.assertEqual(kept, fresh)

    # ------------------------------------------------------------
    # Random changes
    # ------------------------------------------------------------

    def add_by_sql(self, chance):
        values = [
            chance.choice(self.mailings.ids),
            chance.choice(STATES),
            chance.choice(STATUSES),
            chance.randint(1, 9),
        ]
        self.env.cr.execute(INSERT, values)

    def add_by_orm(self, chance):
        self.env["mailing.trace"].create(
            [
                {
                    "model": "res.partner",
                    "res_id": number,
                    "mass_mailing_id": chance.choice([False, *self.mailings.ids]),
                    "delivery_state": chance.choice(STATES),
                    "trace_status": chance.choice(STATUSES),
                }
                for number in range(1, chance.randint(2, 5))
            ]
        )

    def change_by_sql(self, chance):
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE mailing_trace SET delivery_state = %s, trace_status = %s, sent_datetime = %s WHERE id %% %s = 0",
            [chance.choice(STATES), chance.choice(STATUSES), chance.choice([None, "2026-01-01"]), chance.randint(2, 4)],
        )

    def change_by_stock(self, chance):
        traces = self.some(chance)
        getattr(traces, chance.choice(["set_sent", "set_opened", "set_clicked", "set_replied", "set_bounced"]))()

    def change_nothing_that_counts(self, chance):
        self.some(chance).failure_reason = str(chance.random())

    def move(self, chance):
        self.some(chance).mass_mailing_id = chance.choice([False, *self.mailings.ids])

    def delete(self, chance):
        self.some(chance).unlink()

    def compact(self, _chance):
        self.env["mailing.trace.count"]._compact_large()

    def some(self, chance):
        self.env.flush_all()
        self.env.invalidate_all()
        traces = self.env["mailing.trace"].search([("model", "=", "res.partner")])
        return traces.browse(chance.sample(traces.ids, len(traces) // 3))

    def test_random_changes(self):
        """After any sequence of changes the kept counts equal a fresh count."""
        changes = (
            *(self.add_by_sql, self.add_by_orm, self.change_by_sql, self.change_by_stock),
            *(self.change_nothing_that_counts, self.move, self.delete, self.compact),
        )
        for seed in range(5):
            chance = random.Random(seed)
            for _step in range(40):
                change = chance.choice(changes)
                with self.subTest(seed=seed, change=change.__name__):
                    change(chance)
                    self.assertCountsKept()

    # ------------------------------------------------------------
    # Cases
    # ------------------------------------------------------------

    def test_nothing_added_where_nothing_counts(self):
        """A change that no count depends on costs no row."""
        self.add_by_sql(random.Random(1))
        rows = self.env["mailing.trace.count"].search_count([])
        self.env.cr.execute("UPDATE mailing_trace SET failure_reason = 'x'")
        self.assertEqual(self.env["mailing.trace.count"].search_count([]), rows)

    def test_deleted_with_the_mailing(self):
        """The traces that go with their mailing are counted down, and what is left of it can be compacted away."""
        self.env.cr.execute(INSERT, [self.mailings[0].id, "sent", "sent", 100])
        mailing_id = self.mailings[0].id
        self.mailings[0].unlink()
        self.env.flush_all()
        self.assertFalse(self.env["mailing.trace.count"]._groups([mailing_id]))

    def test_compacted(self):
        """Compacted there is one row a state."""
        for _number in range(60):
            self.env.cr.execute(INSERT, [self.mailings[0].id, "sent", "sent", 1])
        self.env["mailing.trace.count"]._compact_large()
        [row] = self.env["mailing.trace.count"].search([("mailing_id", "=", self.mailings[0].id)])
        self.assertEqual(row.traces, 60)

    def test_compacted_at_the_end(self):
        """A mailing that is done leaves no row for each batch."""
        self.server.on("RCPT", recipient="ann@").reply("550 5.1.1 User unknown")
        self.send_to("ann@example.org", "bob@example.org", "cat@example.org")
        rows = self.env["mailing.trace.count"].search([("mailing_id", "=", self.mailing.id)])
        self.assertEqual(sorted((row.delivery_state, row.traces) for row in rows), [("failed", 1), ("sent", 2)])

    def test_statistics_are_stocks(self):
        """The figures of a mailing are those that stock would count itself."""
        chance = random.Random(3)
        for _number in range(30):
            self.add_by_sql(chance)
            self.change_by_stock(chance)
            self.change_by_sql(chance)
        names = ("scheduled", "expected", "canceled", "sent", "pending", "delivered", "opened", "clicked", "replied")
        names += ("bounced", "failed", "received_ratio", "opened_ratio", "replied_ratio", "bounced_ratio")
        for mailing in self.mailings:
            kept = [mailing[name] for name in names]
            mailing.send_engine = "classic"
            mailing.invalidate_recordset()
            self.assertEqual(kept, [mailing[name] for name in names])

    def test_uninstalled(self):
        """Without the addon traces can be written, and nobody counts."""
        stop_counting(self.env)
        self.add_by_sql(random.Random(1))
        self.assertFalse(self.env["mailing.trace.count"]._groups(self.mailings.ids))
        self.env["mailing.trace.count"].init()
        self.assertCountsKept()

    def test_two_transactions(self):
        """Two transactions that change traces of one mailing at once do not wait for each other, and both count."""
        with closing(db_connect(self.cr.dbname).cursor()) as one, closing(db_connect(self.cr.dbname).cursor()) as two:
            env = self.env(cr=one)
            mailing = env["mailing.mailing"].create({"subject": "Both", "email_from": "news@example.org"})
            one.commit()
            self.addCleanup(self.delete_for_good, mailing.id)
            for cr in (one, two):
                cr.execute("SET LOCAL lock_timeout = '5s'")
                cr.execute(INSERT, [mailing.id, "queued", "outgoing", 5])
            two.execute("UPDATE mailing_trace SET delivery_state = 'sending' WHERE mass_mailing_id = %s", [mailing.id])
            one.commit()
            two.commit()
            kept = env["mailing.trace.count"]._groups(mailing.ids)
        self.assertEqual({row[1]: row[3] for row in kept}, {"queued": 5, "sending": 5})

    def delete_for_good(self, mailing_id):
        with closing(db_connect(self.cr.dbname).cursor()) as own:
            self.env(cr=own)["mailing.mailing"].browse(mailing_id).unlink()
            own.commit()


@tagged("post_install", "-at_install")
class TestCheapUpdates(BulkCase):
    def test_no_index_on_what_lanes_change(self):
        """A claim and its result change no indexed column, so that PostgreSQL has no index to bring up to date."""
        changed = "delivery_state|trace_status|sent_datetime|failure_|smtp_reply|attempt_count|bounce_"
        self.env.cr.execute(
            "SELECT indexrelid::regclass::text FROM pg_index WHERE indrelid = 'mailing_trace'::regclass"
            " AND pg_get_indexdef(indexrelid) ~ %s",
            [changed],
        )
        self.assertEqual(self.env.cr.fetchall(), [])

    def test_room_in_the_pages(self):
        """A whole batch finds room in its own pages."""
        self.env.cr.execute("SELECT reloptions FROM pg_class WHERE relname = 'mailing_trace'")
        [options] = self.env.cr.fetchone()
        self.assertIn("fillfactor=50", options)
