"""One mailing on its way into the queue: its recipients are chosen once, and put in a chunk at a time."""

from contextlib import nullcontext
from functools import partial

from psycopg2 import OperationalError

from odoo.exceptions import UserError
from odoo.tools import SQL

from ..mailing_queue.table import READ_COMMITTED

# A second or two: so long others wait who want to depart as well, or to pause
CHUNK_ROWS = 20_000
# The first half of the key of PostgreSQL's advisory locks, the second is the mailing
LOCK = 0x62756C6B


class Departure:
    """Holds a lock and two temporary tables of its session for as long as it lasts: nobody else lets it depart."""

    def __init__(self, mailing, res_ids=None):
        self.mailing = mailing._in_language_of_who_sent_it()
        self.res_ids = res_ids
        self.env, self.cr = self.mailing.env, mailing.env.cr
        self.chosen = SQL.identifier(f"bulk_chosen_{mailing.id}")
        self.exclusions = SQL.identifier(f"bulk_exclusions_{mailing.id}")
        self.last_record, self.chunks = None, 0
        self.is_locked = False
        # without what keeps the lanes' plans small: here everybody is read
        self.transaction = partial(self.env["mailing.queue"]._short_transaction, READ_COMMITTED)

    def enqueue_at_once(self):
        """Everybody, in the transaction there is."""
        self.transaction = nullcontext
        self.mailing._lock()
        try:
            self._begin()
            while self._put_chunk():
                pass
        finally:
            self._drop_tables()
        self._arrive()

    def step(self):
        """Go on for a second or two, and commit; whether there is anything left to do. Trouble pauses the mailing."""
        try:
            # in one transaction with the lock: whoever pauses, stops or undoes it waits for the end of this step
            with self.transaction(), self.cr.savepoint():
                return self._go_on()
        except OperationalError:
            raise  # the database's trouble, not the mailing's: the next run goes on
        except Exception as error:
            self.env.invalidate_all()
            with self.transaction():
                self.mailing.write({"flight_state": "paused", "flight_reason": str(error)})
            return False

    def end(self):
        """Let go of the session; what is not enqueued yet is found again by the next departure."""
        self.env["mailing.queue"]._abandon_transaction()
        with self.transaction():
            self._drop_tables()
            if self.is_locked:
                self.cr.execute("SELECT pg_advisory_unlock(%s, %s)", [LOCK, self.mailing.id])

    # ------------------------------------------------------------
    # One step
    # ------------------------------------------------------------

    def _go_on(self):
        is_first = self.last_record is None
        if is_first and not self._lock():
            return False
        self.mailing._lock()
        if not self.mailing.exists():
            return False
        if is_first:
            return self._is_due() and self._begin()
        if not self._is_wanted():
            return False
        if not self._put_chunk():
            self._arrive()
            return False
        return True

    def _lock(self):
        """Whether no other process lets it depart at this moment; it is let go with the session, however that ends."""
        self.cr.execute("SELECT pg_try_advisory_lock(%s, %s)", [LOCK, self.mailing.id])
        [self.is_locked] = self.cr.fetchone()
        return self.is_locked

    def _is_due(self):
        return bool(self.mailing.filtered_domain(self.mailing._due_for_departure()))

    def _is_wanted(self):
        """Whether nobody has paused, stopped or undone it; who was enqueued at that moment is not left behind."""
        mailing = self.mailing
        if mailing.is_enqueuing:
            return mailing.flight_state == "running"
        if mailing.flight_state == "stopped":
            mailing._exclude_waiting()
            mailing._finish_if_settled()
        elif not mailing.flight_state:
            mailing._forget_enqueued()
        return False

    def _begin(self):
        """Choose the recipients; the content is compiled before the first of them can be sent to."""
        mailing = self.mailing
        mailing._check_as_approved()
        mailing._check_still_usable()
        mailing.state = "sending"
        self._create_tables()
        if mailing.is_enqueuing:
            self._tell_planner()
        else:
            mailing._header_from_and_envelope()  # says best what is wrong with a sender
            mailing._compile_content()
            mailing.write({"flight_state": "running", "flight_reason": False, "is_enqueuing": True})
        self.last_record = 0
        return True

    def _put_chunk(self):
        """Enqueue the next recipients; whether there may be more."""
        rows = SQL(
            "SELECT res_id, raw, email FROM %s WHERE res_id > %s ORDER BY res_id LIMIT %s",
            self.chosen,
            self.last_record,
            CHUNK_ROWS,
        )
        count, last_record = self.mailing._insert_recipients(self.mailing._classified_chunk(rows, self.exclusions))
        self.last_record = last_record or self.last_record
        self.chunks += 1
        if count == CHUNK_ROWS and self.chunks == 1:
            self._tell_planner()
        self.env["mailing.queue"]._trigger_lanes()
        return count == CHUNK_ROWS

    def _tell_planner(self):
        """Let plans know the mailing.

        As it was never seen, each look-up of an address in the next chunk read all traces of the mailing (424 s instead
        of 5), and a lane would sort all that waits.
        """
        self.cr.execute("ANALYZE mailing_trace")
        self.cr.execute("ANALYZE mailing_queue")

    def _arrive(self):
        self.mailing.is_enqueuing = False
        self.mailing._warn_of_growth()
        self.mailing._finish_if_settled()

    # ------------------------------------------------------------
    # Temporary tables
    # ------------------------------------------------------------

    def _create_tables(self):
        self._drop_tables()
        self.env.flush_all()
        self.cr.execute("SET LOCAL jit = off")  # compiling takes longer than it saves
        recipients = self.mailing._recipients_query(self.res_ids)
        self.cr.execute(SQL("CREATE TEMPORARY TABLE %s AS %s", self.chosen, recipients))
        if not self.cr.rowcount and not self.mailing._trace_count():
            raise UserError(self.env._("There are no recipients selected."))
        self.cr.execute(SQL("CREATE INDEX ON %s (res_id)", self.chosen))
        spellings = self.mailing._spellings(self.mailing._foreign_left_out())
        self.cr.execute(
            SQL(
                "CREATE TEMPORARY TABLE %s AS WITH spelling(written, email, key) AS (%s) %s",
                self.exclusions,
                spellings,
                self.mailing._exclusions_query(),
            )
        )
        self.cr.execute(SQL("ANALYZE %s", self.chosen))
        self.cr.execute(SQL("ANALYZE %s", self.exclusions))

    def _drop_tables(self):
        self.cr.execute(SQL("DROP TABLE IF EXISTS %s, %s", self.chosen, self.exclusions))
