"""Former employees get no mailing, with that reason."""

from odoo.tests import tagged

from .common import BODY
from .test_blocking import BlockedCase


@tagged("post_install", "-at_install")
class TestFormerEmployeesLeftOut(BlockedCase):
    def employee(self, email, **values):
        return self.env["res.partner"].create({"name": "Eve", "email": email, "is_former_employee": True, **values})

    def test_left_out(self):
        """B28: skipped on whichever list the address is, on both engines, with a reason that comes before bounces."""
        self.employee("ann@example.org")
        self.employee("zoe@münchen.example", active=False)
        self.block("ann@example.org")
        self.make_contacts("ann@example.org", "bob@example.org", "zoe@xn--mnchen-3ya.example")
        for engine in ("queue", "classic"):
            mailing = self.make_mailing(send_engine=engine)
            self.send(mailing)
            traces = self.env["mailing.trace"].search([("mass_mailing_id", "=", mailing.id)])
            left_out = traces.filtered(lambda trace: trace.failure_type == "bulk_former")
            self.assertEqual(len(left_out), 2, engine)
            self.assertEqual(set(left_out.mapped("trace_status")), {"cancel"})

    def test_shown_before_sending(self):
        """B28: they are counted in words before the mailing goes."""
        self.employee("ann@example.org")
        self.make_contacts("ann@example.org", "bob@example.org")
        counted = self.make_mailing().with_context(lang="en_US").count_audience()
        self.assertEqual(counted["reasons"], "1 set as former employee")

    def test_on_the_way(self):
        """B28: who leaves the firm between the enqueue and the sending does not get it."""
        self.make_contacts("ann@example.org", "bob@example.org")
        mailing = self.make_mailing()
        self.enqueue(mailing)
        self.employee("ann@example.org")
        self.run_lane()
        self.assertEqual(self.excluded_reasons(mailing), {"bulk_former": 1})
        self.assertEqual(self.server.addresses(), ["bob@example.org"])

    def test_address_of_somebody_else(self):
        """An address that a present contact has as well is theirs, and is mailed."""
        self.employee("info@example.org")
        self.env["res.partner"].create({"name": "The firm", "email": "info@example.org"})
        self.assertSummary(self.send_to("info@example.org"), accepted=1, sent=1)

    def test_back_again(self):
        """Who is no former employee any more is mailed."""
        eve = self.employee("eve@example.org")
        eve.is_former_employee = False
        self.assertSummary(self.send_to("eve@example.org", body_html=BODY), accepted=1, sent=1)

    def merge(self, *partners):
        """Into the last of them, as Odoo's own wizard does."""
        ids = [partner.id for partner in partners]
        self.env["base.partner.merge.automatic.wizard"]._merge(ids, dst_partner=partners[-1])

    def test_merged(self):
        """A present contact takes over what is known of a former one, and is mailed on; a former one stays former."""
        present = self.env["res.partner"].create({"name": "Ann", "email": "ann@example.org"})
        self.merge(self.employee("ann@example.org", city="Leiden"), present)
        self.assertEqual((present.is_former_employee, present.city), (False, "Leiden"))
        former = self.employee("eve@example.org")
        self.merge(self.env["res.partner"].create({"name": "Eve", "email": "eve@example.org"}), former)
        self.assertTrue(former.is_former_employee)
        self.assertSummary(self.send_to("ann@example.org", "eve@example.org"), accepted=1, sent=1, excluded=1)

    def test_merged_into_who_has_no_address(self):
        """The address of a former one that goes to a contact without any, or to an archived one, is not mailed."""
        nobody, archived = self.env["res.partner"].create(
            [{"name": "Eve"}, {"name": "Ann", "email": "ann@example.org"}]
        )
        archived.active = False
        for email, present in (("eve@example.org", nobody), ("ann@example.org", archived)):
            self.merge(self.employee(email), present)
            self.assertTrue(present.is_former_employee)
        summary = self.send_to("ann@example.org", "eve@example.org", "bob@example.org")
        self.assertSummary(summary, accepted=1, sent=1, excluded=2)

    def test_copied(self):
        """Who is made from a former employee as a template is none."""
        self.assertFalse(self.employee("ann@example.org").copy().is_former_employee)
