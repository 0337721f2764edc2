"""All lanes together: two database connections that want the same limit at the same time."""

from concurrent.futures import ThreadPoolExecutor

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tests import get_db_name, tagged

from ..models.mailing_queue.pace import Stream
from .locks import LockCase

MAILING = {"subject": "Two lanes", "body_html": "x", "flight_state": "running", "state": "sending"}


@tagged("post_install", "-at_install")
class TestPaceTwoLanes(LockCase):
    """What two connections are to see must be committed, and is deleted again."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            self.mailing = env["mailing.mailing"].create(
                {**MAILING, "mailing_model_id": env["ir.model"]._get_id("mailing.list")}
            )
            self.provider = env["mailing.provider.limit"].create({"name": "Two lanes"})
            self.stream = Stream(self.mailing.id, self.provider.id, 0.0)
        self.addCleanup(self.delete)

    def delete(self):
        """As if nothing had been."""
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            env["mailing.mailing"].browse(self.mailing.id).unlink()
            env["mailing.provider.limit"].browse(self.provider.id).unlink()

    def limit(self, **values):
        """Set limits of the provider, or the mailing's rate."""
        rate = values.pop("rate_per_minute", 0)
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            env["mailing.provider.limit"].browse(self.provider.id).write(values)
            env["mailing.mailing"].browse(self.mailing.id).rate_per_minute = rate

    def lane(self, name, wanted=1000):
        """What a lane is granted, in a transaction of its own."""
        with self.registry.cursor() as cr:
            return self.grant(cr, name, wanted)

    def grant(self, cr, name, wanted=1000):
        cr.execute("SET TRANSACTION ISOLATION LEVEL READ COMMITTED")
        return api.Environment(cr, SUPERUSER_ID, {})["mailing.queue"]._grant(self.stream, name, wanted, 0)

    def assertSecondWaitsForFirst(self):
        """A lane that asks while another's claim is not committed gets nothing of what that one got."""
        with ThreadPoolExecutor(1) as pool, self.registry.cursor() as cr:
            first = self.grant(cr, "first")
            second = pool.submit(self.lane, "second")
            self.wait_for_a_lock(cr)
            self.assertFalse(second.done())
            cr.commit()  # pylint: disable=invalid-commit
            return first, second.result(timeout=10)

    def test_rate_of_a_mailing(self):
        """C30: the rate of a mailing holds for all lanes together."""
        self.limit(rate_per_minute=100)
        first, second = self.assertSecondWaitsForFirst()
        self.assertEqual((first.mails, second.mails), (8, 0))

    def test_rate_of_a_provider(self):
        """C31: the rate of a provider holds for all lanes together."""
        self.limit(mails_per_minute=100)
        first, second = self.assertSecondWaitsForFirst()
        self.assertEqual((first.mails, second.mails), (8, 0))

    def test_connections(self):
        """The connections of a provider are shared by all lanes."""
        self.limit(connections=5)
        with self.registry.cursor() as cr:
            self.assertEqual(self.grant(cr, "early", wanted=60).parcels, 3)
        first, second = self.assertSecondWaitsForFirst()
        self.assertEqual((first.parcels, second.mails), (2, 0))

    def test_many_at_once(self):
        """However many lanes ask at once, they get the limit together."""
        self.limit(connections=7, mails_per_minute=600)
        with ThreadPoolExecutor(4) as pool:
            grants = list(pool.map(self.lane, (f"lane {number}" for number in range(8))))
        self.assertEqual(sum(grant.mails for grant in grants), 50)
        self.assertLessEqual(sum(grant.parcels for grant in grants), 7)

    def test_without_limits_nobody_waits(self):
        """Where nothing is limited, lanes do not keep one another waiting."""
        self.lane("before them")
        with ThreadPoolExecutor(1) as pool, self.registry.cursor() as cr:
            first = self.grant(cr, "first")
            self.assertEqual(pool.submit(self.lane, "second").result(timeout=10), first)
