"""A mailing gets into the queue a chunk at a time: what may happen between two chunks."""

import random
from contextlib import closing, suppress
from unittest.mock import patch

from psycopg2 import OperationalError

from odoo.sql_db import db_connect
from odoo.tests import tagged
from odoo.tools import SQL

from ..models.mailing_mailing import departure
from ..models.mailing_mailing.departure import LOCK, Departure
from .common import BulkCase


@tagged("post_install", "-at_install")
class TestEnqueueChunks(BulkCase):
    def setUp(self):
        super().setUp()
        self.set_chunk(2)
        self.env.company.bulk_undo_seconds = 0

    def set_chunk(self, rows):
        self.startPatcher(patch.object(departure, "CHUNK_ROWS", rows))

    def depart(self):
        """Run the cron that lets mailings depart."""
        with self.enter_registry_test_mode():
            self.env.ref("mass_mailing.ir_cron_mass_mailing_queue").method_direct_trigger()
        self.env.invalidate_all()

    def before_chunk(self, number, action):
        """Do something before a chunk of each departure, as another process would at that moment."""
        put = Departure._put_chunk

        def put_chunk(departing):
            if departing.chunks == number - 1:
                action()
            return put(departing)

        return patch.object(Departure, "_put_chunk", put_chunk)

    def after_step(self, number, action):
        """Do something between two steps: the first one chooses, the second puts the first chunk."""
        steps = []
        step = Departure.step

        def counted(departing):
            more = step(departing)
            steps.append(departing.mailing.id)
            if len(steps) == number:
                action()
                self.env.flush_all()
            return more

        return patch.object(Departure, "step", counted)

    def readers(self, count):
        return self.make_contacts(*(f"reader{number}@example.org" for number in range(count)))

    def ledger(self, mailing):
        """Who is in which state, by record."""
        traces = self.env["mailing.trace"].search([("mass_mailing_id", "=", mailing.id)])
        waiting = self.env["mailing.queue"].search([("mailing_id", "=", mailing.id)])
        self.assertEqual(sorted(waiting.trace_id.ids), sorted(traces.filtered(lambda t: t.message_id).ids))
        return sorted((trace.res_id, trace.delivery_state, trace.failure_type or "") for trace in traces)

    # ------------------------------------------------------------
    # The same as at once
    # ------------------------------------------------------------

    def test_any_chunk_size(self):
        """C18: whatever the size of the chunks, the same people are enqueued and excluded for the same reasons."""
        chance = random.Random(7)
        addresses = ["ann@example.org", "ANN@example.org", "ann@müller.de", "ann@xn--mller-kva.de", "", "nothing"]
        addresses += [f"reader{number}@example.org" for number in range(8)] + ["Reader <reader1@example.org>"]
        self.make_contacts(*(chance.choice(addresses) for _number in range(40)))
        self.env["mail.blacklist"]._add("reader2@example.org")
        left = self.env["mailing.contact"].search([("email", "in", ["reader3@example.org", "reader4@example.org"])])
        left.subscription_ids[1:].opt_out = True
        ledgers = []
        for rows in (1, 3, 1000):
            self.set_chunk(rows)
            mailing = self.make_mailing()
            self.enqueue(mailing)
            self.assertFalse(mailing.is_enqueuing)
            ledgers.append(self.ledger(mailing))
        self.assertEqual(len(ledgers[0]), 40)
        self.assertEqual(ledgers[0], ledgers[2])
        self.assertEqual(ledgers[1], ledgers[2])

    def test_duplicates_allowed(self):
        """Without "once per address" a later chunk has the address again."""
        self.make_contacts(*["ann@example.org"] * 5)
        mailing = self.make_mailing(exclude_duplicates=False)
        self.enqueue(mailing)
        self.assertEqual([state for _record, state, _reason in self.ledger(mailing)], ["queued"] * 5)

    def test_sample(self):
        """C33: the sample of an A/B test is drawn once, also when it is interrupted."""
        self.readers(20)
        mailing = self.make_mailing(
            ab_testing_enabled=True, ab_testing_pc=25, ab_testing_schedule_datetime="2040-01-01"
        )
        self.interrupt(mailing, before_chunk=2)
        self.assertEqual(len(self.ledger(mailing)), 2)
        self.depart()
        self.assertEqual(len(self.ledger(mailing)), 5)

    # ------------------------------------------------------------
    # Between two chunks
    # ------------------------------------------------------------

    def test_lanes_begin_with_the_first_chunk(self):
        """Who is in the first chunk is mailed while the rest is still being enqueued, and the mailing does not end."""
        self.readers(5)
        mailing = self.make_mailing()

        def send():
            self.assertTrue(mailing.is_enqueuing)
            self.run_lane()
            self.assertEqual((len(self.server.messages), mailing.state), (2, "sending"))

        with self.after_step(2, send):
            self.enqueue(mailing)
        self.run_lane()
        self.assertSummary(self.delivery_summary(mailing), accepted=5, sent=5)
        self.assertEqual(mailing.state, "done")

    def test_content_comes_first(self):
        """The content is compiled before anybody is in the queue."""
        self.readers(3)
        mailing = self.make_mailing()
        with self.before_chunk(1, lambda: self.assertTrue(mailing._content())):
            self.enqueue(mailing)
        self.assertEqual(len(self.ledger(mailing)), 3)

    def test_small_one_waits_for_no_large_one(self):
        """A mailing that becomes due while a large one departs has departed before its next chunk but one."""
        self.readers(20)
        large = self.make_mailing()
        few = self.env["mailing.list"].create({"name": "Few"})
        self.make_contacts("ann@example.net", mailing_list=few)
        small = self.make_mailing(contact_list_ids=[(6, 0, few.ids)])
        seen = []
        with (
            self.after_step(2, small.action_put_in_queue),
            self.before_chunk(4, lambda: seen.append(len(small.mailing_trace_ids))),
        ):
            self.enqueue(large)
        self.assertEqual(seen, [1])
        self.assertEqual(len(self.ledger(large)), 20)

    def test_paused(self):
        """Paused, it stays where it is; resumed, it goes on without doubles and gaps."""
        self.readers(7)
        mailing = self.make_mailing()
        with self.after_step(2, mailing.action_pause):
            self.enqueue(mailing)
        self.assertEqual((len(self.ledger(mailing)), mailing.is_enqueuing), (2, True))
        self.depart()
        self.assertEqual(len(self.ledger(mailing)), 2)
        mailing.action_resume()
        self.depart()
        self.assertEqual((len(self.ledger(mailing)), mailing.is_enqueuing), (7, False))

    def test_stopped(self):
        """Stopped, nobody else gets into the queue, nor stays there."""
        self.readers(7)
        mailing = self.make_mailing()
        with self.after_step(2, mailing.action_stop):
            self.enqueue(mailing)
        self.assertFalse(self.env["mailing.queue"].search_count([("mailing_id", "=", mailing.id)]))
        self.run_lane()
        self.assertEqual(self.server.messages, [])

    def test_undone(self):
        """Undone, it is a draft again without recipients, also those of the chunk that was just being written."""
        self.env.company.bulk_undo_seconds = 600
        self.readers(7)
        mailing = self.make_mailing()
        mailing._allow_undo()

        def undo_meanwhile():
            mailing.action_undo()
            # as if it had been enqueued by a transaction that the undoing one could not see
            mailing._insert_recipients(
                SQL("SELECT 1 AS res_id, 'x' AS raw, 'x@y.z' AS email, 'x@y.z' AS key, NULL AS reason")
            )

        with self.after_step(2, undo_meanwhile):
            self.enqueue(mailing)
        self.assertEqual((mailing.state, mailing.is_enqueuing, mailing.mailing_trace_ids.ids), ("draft", False, []))

    # ------------------------------------------------------------
    # Cut off
    # ------------------------------------------------------------

    def interrupt(self, mailing, before_chunk):
        """Lose the database's connection before a chunk; what was committed stays."""

        def lose():
            raise OperationalError("connection lost")

        mailing.action_put_in_queue()
        with self.before_chunk(before_chunk, lose), suppress(OperationalError):  # assertRaises would roll back
            self.env["mailing.mailing"]._let_depart()
            self.fail("It was not interrupted.")
        self.env.invalidate_all()

    def test_goes_on_after_a_crash(self):
        """After a crash the next run enqueues the rest: nobody twice, nobody forgotten, once per address."""
        self.readers(5)
        self.make_contacts("reader0@example.org", "reader4@example.org", "last@example.org")
        mailing = self.make_mailing()
        self.interrupt(mailing, before_chunk=3)
        self.assertEqual((mailing.is_enqueuing, len(self.ledger(mailing))), (True, 4))
        self.depart()
        states = [(state, reason) for _record, state, reason in self.ledger(mailing)]
        self.assertEqual(states.count(("queued", "")), 6)
        self.assertEqual(states.count(("excluded", "mail_dup")), 2)
        self.assertFalse(mailing.is_enqueuing)

    def test_time_is_over(self):
        """When the cron's time is over the rest is the next run's, which is asked for."""
        self.readers(5)
        mailing = self.make_mailing()
        cron = self.env.ref("mass_mailing.ir_cron_mass_mailing_queue")
        self.startPatcher(patch.object(type(mailing), "_departure_seconds", lambda _self: 0))
        self.enqueue(mailing)
        runs = 0
        while mailing.is_enqueuing:
            triggers = self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)])
            self.assertTrue(triggers)
            triggers.unlink()
            self.depart()
            runs += 1
            self.assertLess(runs, 20)
        self.assertEqual(len(self.ledger(mailing)), 5)

    def test_trouble_pauses(self):
        """What goes wrong in a later chunk pauses the mailing, and says why."""
        self.readers(5)
        mailing = self.make_mailing()

        def fail():
            raise ValueError("a strange address")

        with self.before_chunk(2, fail):
            self.enqueue(mailing)
        self.assertEqual((mailing.flight_state, mailing.flight_reason), ("paused", "a strange address"))
        mailing.action_resume()
        self.depart()
        self.assertEqual(len(self.ledger(mailing)), 5)

    def test_departs_once(self):
        """While another process lets it depart, nobody else does."""
        self.readers(3)
        mailing = self.make_mailing()
        with closing(db_connect(self.cr.dbname).cursor()) as other:
            other.execute("SELECT pg_advisory_lock(%s, %s)", [LOCK, mailing.id])
            self.enqueue(mailing)
            self.assertEqual((mailing.state, self.ledger(mailing)), ("in_queue", []))
            other.execute("SELECT pg_advisory_unlock_all()")
        self.depart()
        self.assertEqual(len(self.ledger(mailing)), 3)

    def test_nothing_left_behind(self):
        """The session keeps no table and no lock of a departure."""
        self.readers(3)
        self.enqueue(self.make_mailing())
        self.env.cr.execute("SELECT FROM pg_class WHERE relname LIKE 'bulk\\_%' AND relpersistence = 't'")
        self.assertFalse(self.env.cr.rowcount)
        self.env.cr.execute(
            "SELECT FROM pg_locks WHERE locktype = 'advisory' AND classid = %s AND pid = pg_backend_pid()", [LOCK]
        )
        self.assertFalse(self.env.cr.rowcount)
