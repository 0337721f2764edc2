"""Among a million addresses each is looked up in an index."""

from odoo.fields import Domain
from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL

from ..models.mailing_queue.table import BEGIN, READ_COMMITTED

KNOWN = 50_000
FILL = """
    INSERT INTO mailing_address (email, hard_bounce_count, soft_bounce_count, is_blocked, last_bounce_at)
    SELECT 'reader' || number || '@example.org', 0, number %% 20, number %% 50 = 0, '2026-01-01'
    FROM generate_series(1, %(count)s) AS number;
    INSERT INTO res_partner (name, email, email_normalized, active, type)
    SELECT 'x', 'reader' || number || '@example.org', 'reader' || number || '@example.org', TRUE, 'contact'
    FROM generate_series(1, %(count)s) AS number;
    ANALYZE mailing_address; ANALYZE res_partner
"""


@tagged("post_install", "-at_install")
class TestBlockingPlans(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.cr.execute(FILL, {"count": KNOWN})
        cls.emails = [f"reader{number}@example.org" for number in range(200)]

    def scans(self, query, table="mailing_address"):
        """Kind and index of each scan of a table in the plan."""
        self.env.cr.execute(SQL("EXPLAIN (FORMAT JSON) %s", query))
        [[explained]] = self.env.cr.fetchall()
        nodes, found = [explained[0]["Plan"]], set()
        while nodes:
            node = nodes.pop()
            nodes += node.get("Plans", ())
            if "Scan" in node["Node Type"] and table in (
                node.get("Relation Name"),
                node.get("Index Name", "")[: len(table)],
            ):
                found.add((node["Node Type"], node.get("Index Name")))
        return found

    def told(self, run):
        """The statements that a call sends to the database."""
        queries, execute = [], self.env.cr.execute

        def note(query, *args, **kwargs):
            queries.append(query)
            return execute(query, *args, **kwargs)

        self.patch(self.env.cr, "execute", note)
        run()
        self.env.cr.execute = execute
        return [query for query in queries if isinstance(query, SQL)]

    def test_between_claim_and_sending(self):
        """A lane's question who is blocked looks each of its recipients up, and reads no others."""
        self.env.cr.execute(BEGIN.removeprefix(READ_COMMITTED + "; "))
        mailing = self.env["mailing.mailing"]
        [query] = self.told(lambda: mailing._blocked(self.emails))
        self.assertLessEqual(
            {index for _kind, index in self.scans(query)},
            {"mailing_address_email_is_unique", "mailing_address_blocked_idx", "mailing_address__is_unreachable_idx"},
        )

    def test_recording(self):
        """To record a batch reads no more of the ledger than the batch, whoever records it."""
        for begin in ("", BEGIN.removeprefix(READ_COMMITTED + "; ")):
            self.env.cr.execute(begin or "SELECT 1")
            events = [
                {"email": email, "severity": "soft", "source": "report", "event_key": f"{begin}{email}"}
                for email in self.emails
            ]
            for query in self.told(lambda events=events: self.env["mailing.bounce"]._record(events)):
                kinds = {kind for kind, _index in self.scans(query)}
                self.assertNotIn("Seq Scan", kinds, query.code)

    def test_page_of_a_list(self):
        """A page of contacts asks for its own addresses, and who is blocked is found from the blocked ones."""
        partners = self.env["res.partner"].search([("email", "=like", "reader1%")], limit=80)
        partners.invalidate_recordset()
        partners.mapped("email_normalized")
        queries = self.told(lambda: partners.mapped("email_is_blocked"))
        for query in queries:
            self.assertNotIn("Seq Scan", {kind for kind, _index in self.scans(query)})
        few = Domain("email_is_blocked", "=", True) & Domain("email_normalized", "in", self.emails[:20])
        query = self.env["res.partner"]._search(few).select()
        self.assertNotIn("Seq Scan", {kind for kind, _index in self.scans(query)})
        self.assertNotIn("Seq Scan", {kind for kind, _index in self.scans(query, "res_partner")})

    def test_one_address(self):
        """The gateway finds whoever has an address in an index, on each model."""
        for model in ("res.partner", "crm.lead", "mailing.contact"):
            self.env.cr.execute("SET LOCAL enable_seqscan = off")
            query = self.env[model]._search([("email_normalized", "in", self.emails[:1])]).select()
            indexes = {index or "" for _kind, index in self.scans(query, self.env[model]._table)}
            self.assertTrue(any("email_normalized" in index for index in indexes), (model, indexes))
