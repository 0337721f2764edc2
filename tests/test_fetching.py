"""What Odoo fetches from a mailbox: one mail that cannot be taken, or not yet, and those behind it."""

from unittest.mock import patch

from odoo.exceptions import ConcurrencyError
from odoo.service import model as service
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.mail.models.fetchmail import FetchmailServer

from .bounce_mails import garbage
from .delivery_reports import delivery_report
from .test_bounce_gateway import HARD, SOFT, GatewayCase

LOST = "DO $$ BEGIN RAISE EXCEPTION 'lost' USING ERRCODE = 'serialization_failure'; END $$"


class Mailbox:
    """What Odoo's fetcher takes for a connection: what it has not handled is new at the next look."""

    def __init__(self, *mails):
        self.new = dict(enumerate(mails))

    def check_unread_messages(self):
        return len(self.new)

    def retrieve_unread_messages(self):
        yield from [*self.new.items()]

    def handled_message(self, number):
        del self.new[number]

    def disconnect(self):
        pass


@tagged("post_install", "-at_install")
class TestFetching(GatewayCase):
    def setUp(self):
        super().setUp()
        self.waiting = self.startPatcher(patch.object(service, "time")).sleep  # between its tries
        self.soft = delivery_report(self.mail, **SOFT)
        self.hard = delivery_report(self.mail_to("bob@example.org"), **HARD)
        self.env["fetchmail.server"].create(
            {"name": "Bounces", "server_type": "imap", "server": "x", "user": "x", "state": "done"}
        )

    def look(self, mails):
        """Let Odoo's job fetch; what is new after it."""
        # one connection a look, as stock makes it
        mailbox = Mailbox(*mails)
        cron = self.env.ref("mail.ir_cron_mail_gateway_action")
        with (
            self.enter_registry_test_mode(),
            patch.object(FetchmailServer, "_connect__", lambda *_args, **_kw: mailbox),
            mute_logger("odoo.sql_db"),
        ):
            cron.method_direct_trigger()
        self.env.invalidate_all()
        return [*mailbox.new.values()]

    def look_while(self, mishap):
        """Look at two reports, while something is wrong with taking the first."""
        with patch.object(self.registry["mailing.trace"], "_take_soft_bounce", mishap):
            return self.look([self.soft, self.hard])

    def test_goes_on(self):
        """A mail that nobody can read stops nothing: the reports behind it arrive."""
        self.assertEqual(self.look([garbage(self.mail), b"", b"\0\xff", self.hard]), [])
        self.assertTrue(self.address("bob@example.org").is_blocked)

    def test_not_settled(self):
        """A report that has to wait for a lane stays new, holds up nothing, and is taken at a later look."""

        def wait(*_args):
            raise ConcurrencyError("A recipient is not settled yet")

        self.assertEqual(self.look_while(wait), [self.soft])
        self.waiting.assert_not_called()  # Odoo ends a job that takes longer than 10 s, before it comes to the others
        self.assertTrue(self.address("bob@example.org").is_blocked)
        self.assertEqual(self.state()[0], "sent")
        self.assertEqual(self.look([self.soft]), [])
        self.assertEqual(self.state()[0], "deferred")

    def test_lost_against_somebody(self):
        """A report whose rows somebody else changes at each try stays new as well."""
        self.assertEqual(self.look_while(lambda trace, *_args: trace.env.cr.execute(LOST)), [self.soft])
        self.assertTrue(self.address("bob@example.org").is_blocked)

    def test_broken(self):
        """One that will never be taken is marked, as stock does, and does not come again and again."""

        def fail(*_args):
            raise KeyError("broken")

        self.assertEqual(self.look_while(fail), [])
        self.assertTrue(self.address("bob@example.org").is_blocked)
