"""Finding recipients again: by what became of them, and by the domain of their address."""

from ast import literal_eval

from lxml import etree

from odoo.tests import tagged

from .common import BulkCase


@tagged("post_install", "-at_install")
class TestRecipients(BulkCase):
    def setUp(self):
        super().setUp()
        self.make_contacts("ann@example.org", "bob@Example.org", "cat@example.com")
        self.mailing = self.make_mailing()
        self.enqueue(self.mailing)
        self.traces = self.env["mailing.trace"].search([("mass_mailing_id", "=", self.mailing.id)])

    def test_group_by_domain(self):
        """Recipients are grouped by the domain of their address, and each group can be opened."""
        [first, second] = self.traces.formatted_read_group(
            [("mass_mailing_id", "=", self.mailing.id)], ["email_domain"], ["__count"]
        )
        counts = {group["email_domain"]: group["__count"] for group in (first, second)}
        self.assertEqual(counts, {"example.com": 1, "example.org": 2})
        opened = self.traces.search([("mass_mailing_id", "=", self.mailing.id), ("email_domain", "=", "example.org")])
        self.assertEqual(len(opened), 2)
        self.assertEqual(set(self.traces.mapped("email_domain")), {"example.com", "example.org"})

    def test_group_without_domain(self):
        """Who has no address, a deleted one, or one without a domain, is in one group, and that one can be opened."""
        of_it = [("mass_mailing_id", "=", self.mailing.id)]
        for trace, email in zip(self.traces, ("", False, "no address"), strict=True):
            trace.email = email
        groups = self.traces.formatted_read_group(of_it, ["email_domain"], ["__count"])
        self.assertEqual([(group["email_domain"], group["__count"]) for group in groups], [(False, 3)])
        self.assertEqual(self.traces.search([*of_it, *groups[0]["__extra_domain"]]), self.traces)
        self.assertEqual(set(self.traces.mapped("email_domain")), {False})

    def test_domain_is_no_pattern(self):
        """A domain with an underscore opens its own group alone."""
        for trace, email in zip(self.traces, ("a@x_y.example", "b@xzy.example", "c@x_y.example"), strict=True):
            trace.email = email
        found = self.traces.search([("mass_mailing_id", "=", self.mailing.id), ("email_domain", "=", "x_y.example")])
        self.assertEqual(sorted(found.mapped("email")), ["a@x_y.example", "c@x_y.example"])

    def test_typed_address(self):
        """Who types an address into the search, and presses Enter, looks for an address."""
        arch = etree.fromstring(self.env["mailing.trace"].get_view(view_type="search")["arch"])
        self.assertEqual(arch.xpath("//field/@name")[0], "email")

    def listed(self, name):
        """How many recipients a filter of the list shows."""
        views = self.traces.get_views([(False, "search")])["views"]
        [found] = etree.fromstring(views["search"]["arch"]).iterfind(f".//filter[@name='{name}']")
        return len(self.traces.filtered_domain(literal_eval(found.get("domain"))))

    def test_filters_are_the_form_s(self):
        """The list shows as many as the form counts, also of those whose mail came back later."""
        statuses = [("in_doubt", "pending"), ("in_doubt", "bounce"), ("sent", "bounce")]
        for trace, (state, status) in zip(self.traces, statuses, strict=True):
            trace.write({"delivery_state": state, "trace_status": status})
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual((self.mailing.in_doubt_count, self.listed("filter_in_doubt")), (1, 1))
        self.assertEqual((self.mailing.undelivered_count, self.listed("filter_undelivered")), (2, 2))

    def test_given_up(self):
        """Who could not be reached for three days is failed, softly, and the list says it in plain words."""
        self.server.on("RCPT", recipient="ann").reply("451 4.3.0 Come back later")
        self.env["mailing.queue"].search([("email", "=", "ann@example.org")]).write(
            {"first_attempt_at": "2020-01-01", "attempt_count": 20}
        )
        self.env.flush_all()
        self.run_lane()
        trace = self.trace("ann@example.org")
        self.assertEqual((trace.delivery_state, trace.bounce_severity), ("failed", "soft"))
        self.assertTrue(trace.failure_reason.startswith("Not deliverable for 3 days."), trace.failure_reason)
