"""One campaign: a database of its own, an SMTP server, sender processes, and the delivery summary of both ends."""

import time
from collections import Counter

import psycopg2
from sender_process import SenderProcess

from dev.setup import templates

WAITING = ("queued", "sending")
# the word before the colon of a mailing's subject is its name here
NAMED = "split_part(subject, ':', 1) = %s"


class Campaign:
    """`fly` lets mailings depart, `start_sender` sends them, `summary` compares."""

    def __init__(self, env, source, database, server):
        self.env, self.database, self.server = env, database, server
        templates.copy_database(env, source, database)
        self.senders = []
        self._connection = None
        self.sql("UPDATE ir_mail_server SET smtp_host = %s, smtp_port = %s", server.host, server.port)

    def end(self):
        """Kill what runs, and drop the database; a second time it does nothing."""
        if self.database is None:
            return
        for sender in self.senders:
            sender.kill()
        self.server.stop()
        self._disconnect()
        templates.drop_database(self.env, self.database)
        self.database = None

    # ------------------------------------------------------------
    # What is done
    # ------------------------------------------------------------

    def fly(self, name="news", count=None):
        """Let a mailing depart, to its first `count` recipients."""
        if count is not None:
            self.sql(
                f"""
                DELETE FROM mailing_trace WHERE id IN (
                    SELECT t.id FROM mailing_trace t JOIN mailing_mailing m ON m.id = t.mass_mailing_id
                    WHERE {NAMED} ORDER BY t.email OFFSET %s)
                """,
                name,
                count,
            )
        self.sql(f"UPDATE mailing_mailing SET flight_state = 'running' WHERE {NAMED}", name)
        self.notify()

    def limit_connections(self, maximum, threads):
        """Most e-mails on a connection of all threads together, and SMTP threads."""
        self.sql("UPDATE res_company SET bulk_max_per_connection = %s, bulk_smtp_threads = %s", maximum, threads)

    def start_sender(self, *arguments, lanes=1, **variables):
        """A sender process for this database."""
        self.senders.append(SenderProcess(self.env, self.database, lanes, *arguments, **variables))
        return self.senders[-1]

    def make_due(self):
        """The time of the next attempt has come."""
        self.sql("UPDATE mailing_queue SET next_attempt_at = now() AT TIME ZONE 'UTC' - interval '1 second'")
        self.notify()

    def notify(self):
        """Wake the lanes."""
        self.sql("NOTIFY bulk_mailing")

    def sql(self, statement, *values):
        """Run a statement at once; its rows."""
        if self._connection is None:
            self._connection = psycopg2.connect(dbname=self.database)
            self._connection.autocommit = True
        with self._connection.cursor() as cursor:
            cursor.execute(statement, values)
            return cursor.fetchall() if cursor.description else []

    def _disconnect(self):
        if self._connection:
            self._connection.close()
        self._connection = None

    # ------------------------------------------------------------
    # What is seen
    # ------------------------------------------------------------

    def states(self, name="news"):
        """How many recipients of a mailing are in which delivery state."""
        return Counter(state for state, _reply in self.recipients(name).values())

    def recipients(self, name="news"):
        """Delivery state and last reply of each recipient of a mailing."""
        rows = self.sql(
            f"""
            SELECT t.email, t.delivery_state, t.smtp_reply FROM mailing_trace t
            JOIN mailing_mailing m ON m.id = t.mass_mailing_id WHERE {NAMED}
            """,
            name,
        )
        return {email: (state, reply) for email, state, reply in rows}

    def addresses_in(self, state, name="news"):
        """The recipients in a state."""
        return {email for email, (own, _reply) in self.recipients(name).items() if own == state}

    def mailing(self, name="news"):
        """State, flight state and reason of a mailing."""
        [row] = self.sql(f"SELECT state, flight_state, flight_reason FROM mailing_mailing WHERE {NAMED}", name)
        return row

    def wait(self, condition, seconds=30):
        """Until the condition holds; fails with the sender's log when it does not come to that."""
        deadline = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < deadline, self._what_happened()
            time.sleep(0.02)

    def wait_settled(self, name="news", seconds=30):
        """Until nobody of a mailing waits for a first attempt, or is being mailed."""
        self.wait(lambda: not any(self.states(name)[state] for state in WAITING), seconds)

    def send(self, name="news", lanes=1):
        """Send until nobody waits, and stop cleanly."""
        sender = self.start_sender(lanes=lanes)
        self.wait(self.senders_alive)
        self.wait_settled(name)
        assert sender.stop() == 0, sender.log()

    def senders_alive(self):
        """The names of the lanes that say that they live."""
        return self.sql("SELECT name FROM mailing_lane")

    def summary(self, name="news"):
        """Both ends: messages that the server accepted, how many of them twice, and recipients by delivery state."""
        accepted = Counter(self.server.addresses())
        doubles = sum(count - 1 for count in accepted.values())
        return {"accepted": len(accepted), "doubles": doubles, **self.states(name)}

    def check_promise(self, name="news", in_doubt=0):
        """Nobody twice, nobody forgotten, and at most so many in doubt."""
        accepted = Counter(self.server.addresses())
        assert max(accepted.values(), default=0) <= 1, self.summary(name)
        sent, doubtful = self.addresses_in("sent", name), self.addresses_in("in_doubt", name)
        assert sent <= set(accepted), "sent, but the server has not got it"
        assert set(accepted) <= sent | doubtful, "the server has got it, but we do not know"
        assert len(doubtful) <= in_doubt, self.summary(name)

    def _what_happened(self):
        logs = "\n".join(sender.log() for sender in self.senders)
        states = self.sql(
            """
            SELECT m.subject, m.flight_state, t.delivery_state, count(*) FROM mailing_trace t
            JOIN mailing_mailing m ON m.id = t.mass_mailing_id WHERE m.flight_state != 'paused' GROUP BY 1, 2, 3
            """
        )
        return f"It did not come to that. {states}, {len(self.server.messages)} accepted\n{logs}"
