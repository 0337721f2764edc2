"""The command `bulk_bounces`: what becomes of a mail where something goes wrong."""

import errno
from unittest.mock import patch

from psycopg2.errorcodes import SERIALIZATION_FAILURE
from psycopg2.errors import SerializationFailure
from psycopg2.pool import PoolError

from odoo.exceptions import ConcurrencyError
from odoo.service import model as service
from odoo.tests import TransactionCase, tagged

from ..adapters.intake import LARGEST_BYTES, Fate
from ..cli import bulk_bounces

LOGGER = bulk_bounces.__name__


class Lost(SerializationFailure):
    """As PostgreSQL says it."""

    pgcode = SERIALIZATION_FAILURE


@tagged("post_install", "-at_install")
class TestBulkBounces(TransactionCase):
    def setUp(self):
        super().setUp()
        self.enterContext(self.enter_registry_test_mode())
        self.startPatcher(patch.object(bulk_bounces.sql_db, "close_all"))
        self.intake = bulk_bounces.Intake(self.env.cr.dbname)

    def fate(self, error=None, raw=b"\n"):
        """What becomes of a mail."""
        with patch.object(self.registry["mail.thread"], "message_process", side_effect=error):
            return self.intake.deliver(raw)

    def test_taken(self):
        self.assertEqual(self.fate(), Fate.TAKEN)

    def test_trouble_of_our_own(self):
        """No mail is put aside for it: the mail server keeps them; where one needs too much, others go on."""
        full = OSError(errno.ENOSPC, "No space left on device")
        for error, fate in ((PoolError("full"), Fate.LATER), (MemoryError(), Fate.NOT_YET), (full, Fate.NOT_YET)):
            with self.subTest(error), self.assertLogs(LOGGER, "WARNING"):
                self.assertEqual(self.fate(error), fate)

    def test_not_settled(self):
        """A report that has to wait for a lane, which may be dead, holds up nobody who comes with another."""
        waiting = self.startPatcher(patch.object(service, "time")).sleep
        self.assertEqual(self.fate(ConcurrencyError("A recipient is not settled yet")), Fate.NOT_YET)
        waiting.assert_not_called()
        self.assertEqual((self.intake.taken, self.intake.refused), (0, 0))

    def test_lost_against_somebody(self):
        """A report whose rows somebody else changes meanwhile is taken at the next try."""
        self.startPatcher(patch.object(service, "time"))
        self.assertEqual(self.fate([Lost(), None]), Fate.TAKEN)

    def test_registry_cannot_be_loaded(self):
        """Another process has changed the addons, and they cannot be read: no mail has a part in it."""
        broken = patch.object(self.intake.registry, "check_signaling", side_effect=KeyError("model"))
        with broken, self.assertLogs(LOGGER, "WARNING"):
            self.assertEqual(self.fate(), Fate.LATER)

    def test_trouble_of_the_mail(self):
        self.assertEqual(self.fate(KeyError("who?")), Fate.REFUSED)

    def test_too_large(self):
        """Refused, before Odoo makes several copies of it, and the log says why."""
        with self.assertLogs(LOGGER, "WARNING") as log:
            self.assertEqual(self.fate(raw=b"x" * (LARGEST_BYTES + 1)), Fate.REFUSED)
        self.assertIn("A mail of more than 64 MB is refused", log.output[0])
        self.assertEqual((self.intake.taken, self.intake.refused), (0, 1))
