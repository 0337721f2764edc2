"""Who cannot be reached is left out of mailings, and everybody who has the address can read why."""

from odoo.tests import tagged

from .common import BulkCase


class UnreachableCase(BulkCase):
    @classmethod
    def judge(cls, email, **values):
        """Let this be known of an address."""
        cls.env["mailing.address"]._add_to_check([email])
        address = cls.env["mailing.address"].search([("email", "=", email)])
        address.write({"validity": "invalid", "validity_reason": "no_domain", **values})
        cls.env.flush_all()
        return address


@tagged("post_install", "-at_install")
class TestUnreachable(UnreachableCase):
    def test_left_out(self):
        """A18: a domain that was dead on two days is left out as invalid; one that was dead once gets the mail."""
        self.judge("ann@example.org", is_unreachable=True)
        self.judge("bob@example.org", is_unreachable=False)
        self.make_contacts("ann@example.org", "bob@example.org")
        mailing = self.make_mailing()
        self.assertEqual(mailing._count_audience(), {"to_send": 1, "excluded": {"mail_email_invalid": 1}})
        self.assertSummary(self.send(mailing), accepted=1, sent=1, excluded=1)
        self.assertEqual(self.excluded_reasons(mailing), {"mail_email_invalid": 1})

    def test_on_the_way(self):
        """Who turns out to be unreachable after the enqueue is left out, too."""
        self.make_contacts("ann@example.org", "bob@example.org")
        mailing = self.make_mailing()
        self.enqueue(mailing)
        self.judge("ann@example.org", is_unreachable=True)
        self.run_lane()
        self.assertSummary(self.delivery_summary(mailing), accepted=1, sent=1, excluded=1)

    def test_classic(self):
        """Odoo's own queue leaves out the same, with the same reason."""
        self.judge("ann@example.org", is_unreachable=True)
        self.make_contacts("ann@example.org", "bob@example.org")
        mailing = self.make_mailing(send_engine="classic")
        mailing.action_send_mail()
        traces = self.env["mailing.trace"].search([("mass_mailing_id", "=", mailing.id)])
        self.assertEqual(
            traces.filtered(lambda trace: trace.email == "ann@example.org").failure_type, "mail_email_invalid"
        )
        self.assertFalse(traces.filtered(lambda trace: trace.email == "bob@example.org").failure_type)

    def test_checks(self):
        """The checks count addresses that look wrong and would be mailed all the same, each once."""
        self.judge("ann@example.org", is_unreachable=False)
        self.judge("bob@example.org", is_unreachable=True)
        self.judge("ann@xn--mller-kva.de")
        self.make_contacts("ann@example.org", "Ann@example.org", "bob@example.org", "cyd@example.org", "ann@müller.de")
        mailing = self.make_mailing()
        mailing.action_run_checks()
        finding = mailing.with_context(lang="en_US").finding_ids.filtered(lambda f: f.code == "doubtful_addresses")
        self.assertEqual(finding.severity, "warning")
        self.assertTrue(finding.explanation.startswith("2 of the addresses"))

    def test_problem(self):
        """The icon's sentence says what is wrong and what was meant; a risk alone is no problem."""
        contact = self.make_contacts("ann@gmial.com").with_context(lang="en_US")
        address = self.judge("ann@gmial.com", suggestion="ann@gmail.com")
        self.assertEqual(contact.email_problem, "The domain does not exist. Did you mean ann@gmail.com?")
        self.assertEqual(contact.email_validity, "invalid")
        address.is_unreachable = True
        contact.invalidate_recordset()
        self.assertEqual(contact.email_problem, "Not mailed: the domain does not exist. Did you mean ann@gmail.com?")
        address.write({"validity": "risky", "validity_reason": "role", "suggestion": False, "is_unreachable": False})
        contact.invalidate_recordset()
        self.assertFalse(contact.email_problem)

    def test_problem_is_found(self):
        """What the sentence says can be searched and grouped by."""
        contacts = self.make_contacts("ann@gmial.com", "bob@example.org").with_context(lang="en_US")
        self.judge("ann@gmial.com")
        found = contacts.search([("id", "in", contacts.ids), ("email_problem", "ilike", "does not exist")])
        self.assertEqual(found, contacts[0])
        groups = contacts._read_group([("id", "in", contacts.ids)], ["email_validity"], ["__count"])
        self.assertEqual(sorted(groups), [("invalid", 1), ("unknown", 1)])
