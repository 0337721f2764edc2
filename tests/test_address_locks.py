"""Whatever changes several addresses locks them in one order: a lane that meets it waits, and is never the victim."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from unittest.mock import patch

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tests import get_db_name, tagged

from ..core.bounces import Reason, Severity
from ..core.webhooks.event import Event
from .locks import LockCase

# in the order of their rows; a dictionary leaves out the hyphen
EMAILS = ["c@locks.example", "ab@locks.example", "a-c@locks.example"]
BOUNCED = """
    INSERT INTO mailing_address (email, hard_bounce_count, soft_bounce_count, is_blocked, last_bounce_at)
    SELECT unnest(%s), 0, 1, FALSE, now() AT TIME ZONE 'UTC' - interval '6 days'
"""
ACCEPTED = """
    INSERT INTO mailing_trace (email, trace_type, trace_status, model, res_id, sent_datetime)
    SELECT unnest(%s), 'mail', 'sent', 'res.partner', 1, now() AT TIME ZONE 'UTC' - interval '5 days' RETURNING id
"""


@tagged("post_install", "-at_install")
class TestAddressLocks(LockCase):
    """What two connections are to see must be committed, and is deleted again."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        self.addCleanup(self.run_alone, self.delete)
        self.run_alone(self.make)

    def run_alone(self, action):
        """In a transaction of its own, as a lane has them; rows are read as they lie there, which PostgreSQL may do."""
        with self.registry.cursor() as cr:
            cr.execute("SET TRANSACTION ISOLATION LEVEL READ COMMITTED")
            cr.execute("SET LOCAL enable_indexscan = off; SET LOCAL enable_bitmapscan = off")
            action(api.Environment(cr, SUPERUSER_ID, {})["mailing.address"])

    def make(self, addresses):
        """Addresses that have bounced, and worked since."""
        addresses.env.cr.execute(BOUNCED, [EMAILS])
        addresses.env.cr.execute(ACCEPTED, [EMAILS])
        self.trace_ids = [id_ for [id_] in addresses.env.cr.fetchall()]

    def delete(self, addresses):
        """As if nothing had been."""
        addresses.env.cr.execute("DELETE FROM mailing_trace WHERE id = ANY(%s)", [self.trace_ids])
        addresses.env.cr.execute("DELETE FROM mailing_address WHERE email = ANY(%s)", [EMAILS])
        addresses.env["mailing.address.deleted"].search([]).unlink()
        addresses.env.registry.clear_cache()

    def lock(self, cr, email, waits=True):
        """The id of an address that we have locked; nothing where somebody else has."""
        query = "SELECT id FROM mailing_address WHERE email = %s FOR NO KEY UPDATE"
        cr.execute(query if waits else f"{query} SKIP LOCKED", [email])
        return [id_ for [id_] in cr.fetchall()]

    def assertLocksInOrder(self, action):
        """While it waits for one that we have, those behind it are free: we could take them, and both go on."""
        first, held, last = sorted(EMAILS)
        with ThreadPoolExecutor(1) as pool, self.registry.cursor() as cr:
            self.assertTrue(self.lock(cr, held))
            waiting = pool.submit(self.run_alone, action)
            self.wait_for_a_lock(cr)
            self.assertTrue(self.lock(cr, last, waits=False), "We would wait for each other")
            self.assertFalse(self.lock(cr, first, waits=False))
            cr.commit()  # pylint: disable=invalid-commit
            waiting.result(timeout=10)

    def browse(self, addresses):
        addresses.env.cr.execute("SELECT id FROM mailing_address WHERE email = ANY(%s)", [EMAILS])
        return addresses.browse(id_ for [id_] in addresses.env.cr.fetchall())

    def test_verdicts(self):
        """What the DNS says of a thousand addresses."""
        rows = [(email, "valid", None, None, False, True, 1) for email in EMAILS]
        self.assertLocksInOrder(lambda addresses: addresses._keep_verdicts(rows))

    def test_count_anew(self):
        """The nightly look at who works again."""
        self.assertLocksInOrder(lambda addresses: addresses._show_who_works_again())

    def test_clear_bounces(self):
        """Somebody clears the bounces of many."""
        self.assertLocksInOrder(lambda addresses: self.browse(addresses).action_clear_bounces())

    def test_delete(self):
        """Somebody deletes many."""
        self.assertLocksInOrder(lambda addresses: self.browse(addresses).unlink())

    def test_delete_one_on_its_way(self):
        """Somebody deletes many, of which the last one is not let go yet, and blocked instead."""
        self.assertLocksInOrder(self.delete_but_the_last)

    def delete_but_the_last(self, addresses):
        found = self.browse(addresses)
        last = {"return_value": found.sorted("email")[-1]}
        with patch.object(type(found), "_in_use", **last), patch.object(type(found), "_forgotten_by", **last):
            found._delete_everywhere()

    def test_provider_tells(self):
        """A mail provider tells of many at once that they do not exist."""
        self.assertLocksInOrder(self.take_events)

    def take_events(self, addresses):
        traces = addresses.env["mailing.trace"].search([("email", "in", EMAILS)], order="id")
        of_all = {"occurred_at": datetime.now(UTC), "severity": Severity.HARD, "reason": Reason.USER_UNKNOWN}
        events = [Event(str(trace.id), trace.email, trace_id=trace.id, **of_all) for trace in traces]
        addresses.env["mailing.webhook"].new({"name": "Provider"})._take_events(events)
