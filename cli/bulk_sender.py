"""`odoo-bin bulk_sender -d DATABASE`: lanes in processes of their own, outside the web server."""

import logging
import optparse
import os
import socket
import sys
import threading
import uuid

import psutil
import psycopg2

from odoo import SUPERUSER_ID, api, sql_db
from odoo.cli import Command
from odoo.modules.registry import Registry
from odoo.tools import config

_logger = logging.getLogger(__name__)

CHANNEL = "bulk_mailing"
SLICE_SECONDS = 20
BEAT_SECONDS = 8
# A notification may get lost with its connection
LONGEST_WAIT_SECONDS = 30
# Where somebody is due and yet nobody may be mailed
SHORTEST_WAIT_SECONDS = 1


class BulkSender(Command):
    """Send mailings outside the web server, one process a lane; run it on as many hosts as you like."""

    name = "bulk_sender"

    def run(self, args):
        """Send until SIGTERM or SIGINT; the exit code is 0 when all letters that were under way have ended."""
        database, lanes = self._parse(args)
        from odoo.addons.bulk_mailing.cli._database import why_not  # the addon's path is known only now

        if reason := why_not(database):
            sys.exit(reason)
        threading.current_thread().dbname = database  # for the lines of the log
        sys.exit(0 if Sender(database, lanes).run() else 1)

    def _parse(self, args):
        config.parser.prog = self.prog
        group = optparse.OptionGroup(config.parser, "Bulk sender")
        group.add_option("--lanes", type="int", help="processes that send; by default one a core")
        config.parser.add_option_group(group)
        lanes = config.parse_config(args, setup_logging=True).lanes
        if len(config["db_name"]) != 1:
            sys.exit("Say with -d which one database to send for.")
        if lanes is None:
            lanes = len(os.sched_getaffinity(0))
        if lanes < 1:
            sys.exit("At least one lane is needed.")
        return config["db_name"][0], lanes


class Sender:
    """The parent: loads Odoo once, forks the lanes, and says again and again that they live."""

    def __init__(self, database, lanes):
        from odoo.addons.bulk_mailing.adapters.processes import Supervisor

        self.database = database
        self.registry = Registry(database)
        start = f"{socket.gethostname()}:{os.getpid()}:{uuid.uuid4().hex[:4]}"
        self.names = [f"{start}:{number}" for number in range(lanes)]
        self.supervisor = Supervisor(lanes, self._be_lane, before_fork=sql_db.close_all)

    def run(self):
        """Until a signal; whether all lanes ended by themselves."""
        _logger.info("Sending with %d lanes", len(self.names))
        self._in_database(lambda env: env["mailing.lane"]._beat(self.names))  # so that each knows its rank at once
        ended = self.supervisor.run(self._beat, BEAT_SECONDS)
        self._in_database(lambda env: env["mailing.lane"]._end(self.names))
        _logger.info("Stopped")
        return ended

    def _beat(self):
        names = [self.names[number] for number in self.supervisor.at_work()]
        self._in_database(lambda env: env["mailing.lane"]._beat(names))

    def _in_database(self, function):
        """A transaction of the parent's; where the database is away, the lanes notice it themselves."""
        try:
            self.registry = self.registry.check_signaling()  # what will be forked must be up to date
            with self.registry.cursor() as cr:
                env = api.Environment(cr, SUPERUSER_ID, {})
                with env["mailing.queue"]._short_transaction():
                    function(env)
        except psycopg2.Error as error:
            _logger.warning("The database does not answer: %s", str(error).strip())
            sql_db.close_all()

    def _be_lane(self, number, stop):
        try:
            LaneProcess(self.registry, self.names[number], stop).run()
        except (psycopg2.OperationalError, psycopg2.InterfaceError) as error:
            # no traceback: the parent tries again and again until the database is back
            _logger.error("Lost the database: %s", str(error).strip())
            raise SystemExit(1) from None


class LaneProcess:
    """One lane's process: slices of work while there is any, else waiting for some."""

    def __init__(self, registry, name, stop):
        self.registry, self.name, self.stop = registry, name, stop
        self.ear = None

    def run(self):
        """Until told to stop, or until the process has grown beyond Odoo's limit and is replaced."""
        with sql_db.db_connect(self.registry.db_name).cursor() as ear:
            ear.execute(f"LISTEN {CHANNEL}")
            ear.commit()
            self.ear = ear._cnx
            while not self.stop.is_set():
                settled, seconds = self._slice()
                if settled:
                    _logger.info("%d recipients settled", settled)
                elif not self.stop.is_set():
                    self._wait(max(seconds, SHORTEST_WAIT_SECONDS))
                if self._is_too_large():
                    _logger.info("Grown beyond the limit of memory, another process takes over")
                    return

    def _slice(self):
        """Work for some seconds; returns how many recipients were settled, and the seconds until the next is due."""
        self.registry = self.registry.check_signaling()
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            number, lanes = env["mailing.lane"]._rank(self.name)
            # waits: with a limit of 100 mails a minute, a slice a mail would cost twice as much
            settled = env["mailing.queue"]._run_lane(
                SLICE_SECONDS, number, lanes, waits=True, is_stopped=self.stop.is_set, sleep=self._wait
            )
            seconds = env["mailing.queue"]._seconds_until_due()
        self.registry.signal_changes()
        return settled, LONGEST_WAIT_SECONDS if seconds is None else min(seconds, LONGEST_WAIT_SECONDS)

    def _wait(self, seconds):
        """Until work arrives, it is time, or it is time to stop."""
        self.ear.poll()  # what was told meanwhile
        if not self.ear.notifies:
            self.stop.wait(seconds, self.ear)
            self.ear.poll()
        self.ear.notifies.clear()

    def _is_too_large(self):
        limit = config["limit_memory_soft"]
        return bool(limit) and psutil.Process().memory_info().vms > limit
