"""How many traces of a mailing are in which state: kept by the database, so that nobody counts a million rows."""

from collections import Counter, defaultdict

from odoo import api, fields, models
from odoo.tools import SQL

COUNTED = ("mass_mailing_id", "delivery_state", "trace_status", "links_click_datetime", "sent_datetime")
COMPACT_ABOVE_ROWS = 50

# One function for three triggers: each knows only its own of the two tables, and no branch is planned before it runs.
# A row is what one statement changed; rows are only added, so that nobody who sends ever waits for anybody else.
FUNCTION = """
    CREATE OR REPLACE FUNCTION mailing_trace_keep_counts() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'INSERT' THEN
            INSERT INTO mailing_trace_count (mailing_id, delivery_state, trace_status, traces, clicked, sent)
            SELECT mass_mailing_id, delivery_state, trace_status,
                count(*), count(links_click_datetime), count(sent_datetime)
            FROM added WHERE mass_mailing_id IS NOT NULL GROUP BY 1, 2, 3;
        ELSIF TG_OP = 'DELETE' THEN
            INSERT INTO mailing_trace_count (mailing_id, delivery_state, trace_status, traces, clicked, sent)
            SELECT mass_mailing_id, delivery_state, trace_status,
                -count(*), -count(links_click_datetime), -count(sent_datetime)
            FROM gone WHERE mass_mailing_id IS NOT NULL GROUP BY 1, 2, 3;
        ELSE
            INSERT INTO mailing_trace_count (mailing_id, delivery_state, trace_status, traces, clicked, sent)
            SELECT mass_mailing_id, delivery_state, trace_status, sum(traces), sum(clicked), sum(sent)
            FROM (
                SELECT mass_mailing_id, delivery_state, trace_status, count(*) AS traces,
                    count(links_click_datetime) AS clicked, count(sent_datetime) AS sent
                FROM added GROUP BY 1, 2, 3
                UNION ALL
                SELECT mass_mailing_id, delivery_state, trace_status,
                    -count(*), -count(links_click_datetime), -count(sent_datetime)
                FROM gone GROUP BY 1, 2, 3
            ) AS change
            WHERE mass_mailing_id IS NOT NULL GROUP BY 1, 2, 3
            HAVING sum(traces) <> 0 OR sum(clicked) <> 0 OR sum(sent) <> 0;
        END IF;
        RETURN NULL;
    END $$
"""
TRIGGERS = {
    "INSERT": "REFERENCING NEW TABLE AS added",
    "UPDATE": "REFERENCING NEW TABLE AS added OLD TABLE AS gone",
    "DELETE": "REFERENCING OLD TABLE AS gone",
}


def stop_counting(env):
    """When the addon is uninstalled: a trigger without its table would let nobody write a trace."""
    env.cr.execute("DROP FUNCTION IF EXISTS mailing_trace_keep_counts CASCADE")


class MailingTraceCount(models.Model):
    _name = "mailing.trace.count"
    _description = "Kept counts of traces"
    _log_access = False

    # no foreign key: the traces of a mailing that is deleted are counted down when it is gone already
    mailing_id = fields.Integer(required=True, index=True, readonly=True)
    delivery_state = fields.Char(readonly=True)
    trace_status = fields.Char(readonly=True)
    traces = fields.Integer(required=True, readonly=True)
    clicked = fields.Integer(required=True, readonly=True, help="Of these, how many clicked.")
    sent = fields.Integer(required=True, readonly=True, help="Of these, how many have a time of sending.")

    def init(self):
        """Make the triggers, and count once what was there before them."""
        super().init()
        cr = self.env.cr
        cr.execute("SELECT FROM pg_proc WHERE proname = 'mailing_trace_keep_counts'")
        is_new = not cr.rowcount
        cr.execute(FUNCTION)
        for operation, tables in TRIGGERS.items():
            trigger = SQL.identifier(f"mailing_trace_keep_counts_{operation.lower()}")
            cr.execute(
                SQL(
                    "CREATE OR REPLACE TRIGGER %s AFTER %s ON mailing_trace %s"
                    " FOR EACH STATEMENT EXECUTE FUNCTION mailing_trace_keep_counts()",
                    trigger,
                    SQL(operation),
                    SQL(tables),
                )
            )
        if is_new:
            self._count_anew()

    def _count_anew(self):
        """Count all traces."""
        self.env.cr.execute(
            """
            DELETE FROM mailing_trace_count;
            INSERT INTO mailing_trace_count (mailing_id, delivery_state, trace_status, traces, clicked, sent)
            SELECT mass_mailing_id, delivery_state, trace_status,
                count(*), count(links_click_datetime), count(sent_datetime)
            FROM mailing_trace WHERE mass_mailing_id IS NOT NULL GROUP BY 1, 2, 3
            """
        )

    @api.model
    def _groups(self, mailing_ids):
        """Rows of mailing id, delivery state, status, and how many traces, clicked and sent ones these are."""
        if not mailing_ids:
            return []
        self.env["mailing.trace"].flush_model(COUNTED)
        return self.env.execute_query(
            SQL(
                """
                SELECT mailing_id, delivery_state, trace_status,
                    sum(traces)::int, sum(clicked)::int, sum(sent)::int
                FROM mailing_trace_count WHERE mailing_id = ANY(%s)
                GROUP BY 1, 2, 3 HAVING sum(traces) <> 0
                """,
                list(mailing_ids),
            )
        )

    @api.model
    def _statistics(self, mailing_ids):
        """The rows that stock's statistics of mailings read from the traces: one a mailing and status."""
        sums = defaultdict(Counter)
        for mailing_id, _state, status, traces, clicked, sent in self._groups(mailing_ids):
            sums[mailing_id, status].update(traces=traces, clicked=clicked, sent=sent)
        mailings = self.env["mailing.mailing"]
        return [
            (mailings.browse(mailing_id), status, count["traces"], count["clicked"], count["sent"])
            for (mailing_id, status), count in sums.items()
        ]

    @api.autovacuum
    def _compact_large(self):
        """Compact what has changed after the end of its mailing, or is long on its way."""
        query = SQL("SELECT mailing_id FROM mailing_trace_count GROUP BY 1 HAVING count(*) > %s", COMPACT_ABOVE_ROWS)
        self._compact([mailing_id for [mailing_id] in self.env.execute_query(query)])

    @api.model
    def _compact(self, mailing_ids):
        """One row a state instead of one a statement."""
        self.env.cr.execute(
            """
            WITH gone AS (
                DELETE FROM mailing_trace_count WHERE id IN (
                    SELECT id FROM mailing_trace_count WHERE mailing_id = ANY(%s) FOR UPDATE SKIP LOCKED
                ) RETURNING *
            )
            INSERT INTO mailing_trace_count (mailing_id, delivery_state, trace_status, traces, clicked, sent)
            SELECT mailing_id, delivery_state, trace_status, sum(traces), sum(clicked), sum(sent) FROM gone
            GROUP BY 1, 2, 3 HAVING sum(traces) <> 0 OR sum(clicked) <> 0 OR sum(sent) <> 0
            """,
            [list(mailing_ids)],
        )
