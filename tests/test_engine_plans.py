"""What the lanes and the enqueue ask of the database is looked up in an index, however many wait."""

from odoo.tests import tagged
from odoo.tools import SQL

from ..models.mailing_mailing.departure import Departure
from ..models.mailing_queue.pace import Stream
from ..models.mailing_queue.table import BEGIN, READ_COMMITTED
from .common import BulkCase

WAITING = 50_000
FILL = """
    WITH trace AS (
        INSERT INTO mailing_trace (
            trace_type, model, res_id, mass_mailing_id, recipient_key, delivery_state, trace_status)
        SELECT
            'mail', 'mailing.contact', number, %(mailing)s, 'reader' || number || '@example.org', 'queued', 'outgoing'
        FROM generate_series(1, %(count)s) AS number RETURNING id, res_id
    )
    INSERT INTO mailing_queue (trace_id, mailing_id, res_id, email, provider_id, next_attempt_at, attempt_count)
    SELECT id, %(mailing)s, res_id, 'x@example.org', CASE WHEN res_id %% 2 = 0 THEN %(provider)s END, '2020-01-01', 0
    FROM trace
"""


@tagged("post_install", "-at_install")
class TestPlans(BulkCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mailing = cls.make_mailing(state="sending", flight_state="running")
        cls.provider = cls.env["mailing.provider.limit"].search([], limit=1)
        cls.env.flush_all()
        values = {"mailing": cls.mailing.id, "provider": cls.provider.id, "count": WAITING}
        cls.env.cr.execute(FILL, values)

    def nodes(self, query):
        """All nodes of a query's plan."""
        self.env.cr.execute(SQL("EXPLAIN (FORMAT JSON) %s", query))
        [[explained]] = self.env.cr.fetchall()
        return list(self.flattened(explained[0]["Plan"]))

    def flattened(self, plan):
        yield plan
        for part in plan.get("Plans", ()):
            yield from self.flattened(part)

    def scans(self, nodes, table):
        """Kind and index of each scan of a table."""
        return {
            (node["Node Type"], node.get("Index Name"))
            for node in nodes
            if node.get("Relation Name") == table and "Scan" in node["Node Type"]
        }

    def begin_as_lanes_do(self):
        self.env.cr.execute(BEGIN.removeprefix(READ_COMMITTED + "; "))

    def test_claim(self):
        """A claim reads as many rows as it takes, in the index's order, whether or not statistics know the mailing."""
        self.begin_as_lanes_do()
        for is_analyzed in (False, True):
            if is_analyzed:
                self.env.cr.execute("ANALYZE mailing_queue")
            for provider_id in (None, self.provider.id):
                stream = Stream(self.mailing.id, provider_id, 0)
                nodes = self.nodes(self.env["mailing.queue"]._claim_query(stream, "a lane", 100))
                with self.subTest(provider_id=provider_id, is_analyzed=is_analyzed):
                    index = {("Index Scan", "mailing_queue_due_idx"), ("Index Scan", "mailing_queue_pkey")}
                    self.assertEqual(self.scans(nodes, "mailing_queue"), index)
                    self.assertEqual(self.scans(nodes, "mailing_trace"), {("Index Scan", "mailing_trace_pkey")})
                    self.assertNotIn("Sort", {node["Node Type"] for node in nodes})

    def test_streams(self):
        """To find what is due takes one look into the index for each mailing and provider."""
        self.begin_as_lanes_do()
        nodes = self.nodes(self.env["mailing.queue"]._streams_query())
        kinds = {index for _kind, index in self.scans(nodes, "mailing_queue")}
        self.assertEqual(kinds, {"mailing_queue_due_idx"})
        parts = [part for node in nodes if node["Node Type"] == "Sort" for part in node["Plans"]]
        sorted_tables = {part.get("Relation Name") for part in parts}
        self.assertNotIn("mailing_queue", sorted_tables)

    def test_chunk(self):
        """A later chunk looks each address up among those that are enqueued, and reads no others."""
        departure = Departure(self.mailing)
        departure._tell_planner()
        self.env.cr.execute(
            "CREATE TEMPORARY TABLE chosen AS SELECT number AS res_id, 'x' AS raw, number || '@example.org' AS email"
            " FROM generate_series(1, 50000) AS number; CREATE INDEX ON chosen (res_id);"
            "CREATE TEMPORARY TABLE exclusions AS SELECT number || '@example.org' AS key, 'mail_bl' AS reason"
            " FROM generate_series(1, 50000, 10) AS number; ANALYZE chosen; ANALYZE exclusions"
        )
        rows = SQL("SELECT res_id, raw, email FROM chosen WHERE res_id > 20000 ORDER BY res_id LIMIT 20000")
        nodes = self.nodes(self.mailing._classified_chunk(rows, SQL.identifier("exclusions")))
        indexes = {index for _kind, index in self.scans(nodes, "mailing_trace")}
        self.assertEqual(indexes, {"mailing_trace_mass_mailing_recipient_uniq"})
        self.assertEqual({kind for kind, _index in self.scans(nodes, "exclusions")}, {"Seq Scan"})
        self.assertLess(nodes[0]["Total Cost"], 1_000_000)
