"""How long things may take: each time-out leaves room for what may happen inside of it."""

import inspect

from odoo.tests import BaseCase, tagged
from odoo.tools import config

from odoo.addons.base.models.ir_mail_server import SMTP_TIMEOUT

from ..adapters.processes import supervisor
from ..adapters.smtp.dialogue import ENVELOPE
from ..adapters.smtp.line import PATIENCE_AT_QUIT_SECONDS, PATIENCE_SECONDS
from ..adapters.smtp.wire import Wire
from ..cli import bulk_sender
from ..models.mailing_queue import cron
from ..models.mailing_queue.claim import LEASE_SECONDS

# MAIL, RCPT, DATA and the final dot
COMMANDS = len(ENVELOPE) + 1
LONGEST_END = inspect.signature(Wire.finish).parameters["seconds"].default


@tagged("post_install", "-at_install")
class TestTimeOuts(BaseCase):
    def test_end_of_a_slice(self):
        """The end of a slice waits for a reply as long as the wire does, and for its goodbye."""
        self.assertGreaterEqual(PATIENCE_SECONDS, 60)
        self.assertGreater(LONGEST_END, PATIENCE_SECONDS)
        self.assertLess(PATIENCE_AT_QUIT_SECONDS, PATIENCE_SECONDS)

    def test_cron(self):
        """A slice ends before Odoo kills its cron worker, however mute the server is: after 120 s by default."""
        defaults = config._default_options
        limit = defaults["limit_time_real_cron"]
        limit = defaults["limit_time_real"] if limit < 0 else limit
        self.assertLess(cron.SLICE_SECONDS + LONGEST_END, limit)

    def test_sender(self):
        """A lane of a sender process that is told to stop is not killed while its letters end."""
        self.assertGreater(supervisor.PATIENCE_SECONDS, LONGEST_END)

    def test_lease(self):
        """No claim runs out under a lane that lives: neither in its slice, nor in the slowest mail begun in time."""
        self.assertEqual(LEASE_SECONDS, 15 * 60)  # as docs/engine.md says
        slice_seconds = max(cron.SLICE_SECONDS, bulk_sender.SLICE_SECONDS)
        self.assertGreater(LEASE_SECONDS / 2, slice_seconds + LONGEST_END + SMTP_TIMEOUT)
        # mails begin in the first half of their lease
        self.assertGreater(LEASE_SECONDS / 2, COMMANDS * PATIENCE_SECONDS)
