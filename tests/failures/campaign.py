"""A database with sender processes, for as many flights as a test needs."""

import subprocess
import time

import psycopg2
from bulk_mailing.tests.smtp_server import SmtpServer
from flight import Flight
from sender_process import SenderProcess

from dev.setup import templates

# however busy the machine is; nobody waits so long where all goes well
LONGEST_WAIT = 120
PAUSE = 0.03
TAIL = 5000  # of a log, where a test fails


class Campaign:
    """A copy of the prepared database; `start_sender` sends what departs."""

    def __init__(self, env, database, host=None):
        """:param host: folder of the socket of another PostgreSQL"""
        self.env, self.database, self.host = env, database, host
        self.senders, self._servers = [], []
        self._connection = None

    def end(self):
        """Kill what runs, and drop the database; a second time it does nothing."""
        if self.database is None:
            return
        for sender in self.senders:
            sender.kill()
        for server in self._servers:
            server.stop()
        self.disconnect()
        if self.host is None:
            templates.drop_database(self.env, self.database)
        self.database = None

    def flight(self, name, count=None, encryption="none", user=None, **server_options):
        """A mailing, to its first `count` recipients, that will leave through an SMTP server of its own."""
        server = SmtpServer(**{"pipelining": True, **server_options}).start()
        self._servers.append(server)
        return Flight(self, name, server, count, encryption, user)

    def limit_connections(self, maximum, threads):
        """Most e-mails on a connection of all threads together, and SMTP threads."""
        self.sql("UPDATE res_company SET bulk_max_per_connection = %s, bulk_smtp_threads = %s", maximum, threads)

    # ------------------------------------------------------------
    # Processes
    # ------------------------------------------------------------

    def start_sender(self, *arguments, lanes=1, **options):
        """A sender process for this database."""
        if self.host:
            arguments += ("--db_host", self.host)
        self.senders.append(SenderProcess(self.env, self.database, lanes, *arguments, **options))
        return self.senders[-1]

    def kill(self):
        """kill -9 for all senders with their lanes; quick enough for a server's thread."""
        for sender in self.senders:
            sender.kill_at_once()

    def kill_lanes(self):
        """kill -9 for the lanes; their parents start others."""
        for sender in self.senders:
            sender.kill_lanes()

    def stop(self):
        """Stop the senders cleanly, once they have begun."""
        self.wait(self.lanes_alive)
        for sender in self.senders:
            if sender.process.poll() is None:
                assert sender.stop() == 0, sender.log()[-TAIL:]

    def lanes_alive(self):
        """The names of the lanes that say that they live."""
        return self.sql("SELECT name FROM mailing_lane")

    def run_in_shell(self, script):
        """Run a script in an Odoo shell."""
        command = self.env.odoo_command("shell", "-d", self.database, "--no-http")
        silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "text": True}
        subprocess.run(command, env=self.env.variables, input=script, check=True, timeout=LONGEST_WAIT, **silent)

    # ------------------------------------------------------------
    # Database
    # ------------------------------------------------------------

    def sql(self, statement, *values):
        """Run a statement at once; its rows."""
        if self._connection is None:
            self._connection = psycopg2.connect(dbname=self.database, host=self.host)
            self._connection.autocommit = True
        with self._connection.cursor() as cursor:
            cursor.execute(statement, values)
            return cursor.fetchall() if cursor.description else []

    def disconnect(self):
        """Close our own connection; the next statement opens another."""
        if self._connection:
            self._connection.close()
        self._connection = None

    def notify(self):
        """Wake the lanes."""
        self.sql("NOTIFY bulk_mailing")

    def wait(self, condition, seconds=LONGEST_WAIT):
        """Until the condition holds; fails with the senders' logs when it does not come to that."""
        deadline = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < deadline, self._what_happened()
            time.sleep(PAUSE)

    def _what_happened(self):
        states = self.sql(
            """
            SELECT m.subject, m.flight_state, m.flight_reason, t.delivery_state, count(*) FROM mailing_trace t
            JOIN mailing_mailing m ON m.id = t.mass_mailing_id WHERE m.mail_server_id IS NOT NULL GROUP BY 1, 2, 3, 4
            """
        )
        logs = "\n".join(sender.log()[-TAIL:] for sender in self.senders)
        return "\n".join(["It did not come to that.", *map(str, states), logs])
