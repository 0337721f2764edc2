"""`odoo-bin bulk_bounces -d DATABASE`: takes mail that comes back, from a Maildir or by LMTP."""

import logging
import optparse
import sys
import threading
from functools import partial

from odoo import SUPERUSER_ID, api, sql_db
from odoo.cli import Command
from odoo.modules.registry import Registry
from odoo.tools import config

_logger = logging.getLogger(__name__)

LOOK_AGAIN_SECONDS = 5
LOG_EVERY = 1000


class BulkBounces(Command):
    """Take mail that comes back, from a Maildir or by LMTP, quicker than Odoo can fetch it from a mailbox."""

    name = "bulk_bounces"

    def run(self, args):
        """Until the Maildir is empty; with --watch or --lmtp until SIGTERM or SIGINT."""
        options = self._parse(args)
        database = config["db_name"][0]
        from odoo.addons.bulk_mailing.cli._database import why_not  # the addon's path is known only now

        if reason := why_not(database):
            sys.exit(reason)
        threading.current_thread().dbname = database  # for the lines of the log
        intake = Intake(database)
        sys.exit(_listen(intake, options) if options.lmtp else _empty(intake, options))

    def _parse(self, args):
        config.parser.prog = self.prog
        group = optparse.OptionGroup(config.parser, "Bulk bounces")
        group.add_option("--maildir", help="the folder to empty; what Odoo takes is deleted")
        group.add_option("--watch", action="store_true", help="stay, and take what arrives in the Maildir later")
        group.add_option("--lmtp", help="listen: a port of this host, HOST:PORT, or the path of a UNIX socket")
        config.parser.add_option_group(group)
        options = config.parse_config(args, setup_logging=True)
        if len(config["db_name"]) != 1:
            sys.exit("Say with -d which one database to take mail for.")
        if bool(options.maildir) == bool(options.lmtp):
            sys.exit("Say either with --maildir which folder to empty, or with --lmtp where to listen.")
        return options


def _empty(intake, options):
    """Empty a Maildir; the exit code."""
    from odoo.addons.bulk_mailing.adapters.intake import Maildir, NoMaildir
    from odoo.addons.bulk_mailing.adapters.processes import Stop

    stop = Stop()
    try:
        maildir = Maildir(options.maildir)
    except NoMaildir as error:
        sys.exit(str(error))
    is_empty = maildir.empty(intake.deliver, stop.is_set)
    while options.watch and not stop.is_set():
        stop.wait(LOOK_AGAIN_SECONDS)
        is_empty = maildir.empty(intake.deliver, stop.is_set)
    _logger.info("%d mails taken, %d refused and put aside", intake.taken, intake.refused)
    return 0 if is_empty or stop.is_set() else 1


def _listen(intake, options):
    """Speak LMTP; the exit code."""
    from odoo.addons.bulk_mailing.adapters.intake.lmtp import NoPlace, listening_place, serve_lmtp
    from odoo.addons.bulk_mailing.adapters.processes.stop import STOP_SIGNALS

    try:
        serve_lmtp(listening_place(options.lmtp), intake.deliver, STOP_SIGNALS)
    except NoPlace as error:
        sys.exit(str(error))
    except (OSError, ValueError) as error:
        sys.exit(f"Cannot listen at {options.lmtp}: {error}")
    return 0


class Intake:
    """Hands each mail to Odoo's gateway, which takes reports about mailings first, in a transaction of its own."""

    def __init__(self, database):
        from odoo.addons.bulk_mailing.adapters import intake
        from odoo.addons.bulk_mailing.models import put_off

        self.ways, self.fates, self.tries = intake, intake.Fate, put_off
        self.registry = Registry(database)
        self.taken = self.refused = 0

    def deliver(self, raw, *recipients):
        """Process one mail; `recipients` are those of its envelope, where they are known."""
        if len(raw) > self.ways.LARGEST_BYTES:
            _logger.warning("A mail of more than %d MB is refused", self.ways.LARGEST_BYTES >> 20)
            return self._refuse()
        try:
            self.registry = self.registry.check_signaling()
        except Exception as error:  # whatever it is, no mail has a part in it
            return self._put_off(error, self.fates.LATER)
        try:
            self._process(raw, recipients)
        except self.tries.PutOff:
            return self.fates.NOT_YET
        except Exception as error:  # a stranger's mail may make any of Odoo's models raise
            fate = self.ways.fate_after(error)
            if fate is not self.fates.REFUSED:
                return self._put_off(error, fate)
            # a ValueError is how the gateway says that it is for nobody; what is said may hold addresses
            _logger.info("A mail is refused: %s", type(error).__name__)
            _logger.debug("It was refused here", exc_info=True)
            return self._refuse()
        self.taken += 1
        if not self.taken % LOG_EVERY:
            _logger.info("%d mails taken", self.taken)
        return self.fates.TAKEN

    def _put_off(self, error, fate):
        what = "Mail" if fate is self.fates.LATER else "One mail"
        _logger.warning("%s cannot be taken now: %s: %s", what, type(error).__name__, " ".join(str(error).split()))
        sql_db.close_all()
        return fate

    def _refuse(self):
        self.refused += 1
        return self.fates.REFUSED

    def _process(self, raw, recipients):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {"bulk_mailing_recipients": recipients})
            self.tries.retried(partial(env["mail.thread"].message_process, None, raw), env)
        self.registry.signal_changes()
