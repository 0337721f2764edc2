"""Addresses in fields that Odoo's blacklist does not know: a second one of a contact, that of a registration."""

from unittest.mock import patch

from odoo.tests import new_test_user, tagged

from .blocked_case import GONE, SHARED, WORKS
from .common import BulkCase
from .test_audience_email_field import add_field
from .test_blocked_actions import ActionsCase


@tagged("post_install", "-at_install")
class TestOtherFields(ActionsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        add_field(cls.env, "x_work", "Work e-mail")
        values = [
            {"name": "Plain", "email": WORKS, "x_work": f" {GONE.upper()} "},
            {"name": "Named", "email": GONE, "x_work": f'"Gus" <{GONE}>, {SHARED}'},
            {"name": "Other", "email": WORKS, "x_work": f"Else  <not.{GONE}>"},
        ]
        cls.people = cls.env["res.partner"].create(values)
        cls.env.flush_all()

    def test_deleted(self):
        """B25: an address goes from every field that mails can be sent to; the others there stay as they are."""
        wizard = self.dialog(self.addresses(GONE).action_delete())
        self.assertEqual((wizard.on_records, wizard.kept_count), ("Contact: 3", 0))
        self.assertEqual(self.told(wizard.action_delete()), "Deleted from Contact: 3.")
        self.assertEqual(self.people.mapped("x_work"), [False, SHARED, f"Else  <not.{GONE}>"])
        self.assertEqual(self.people.mapped("email"), [WORKS, False, WORKS])

    def test_corrected(self):
        """B9: so is the wrong address there put right."""
        self.dialog(self.addresses(GONE).action_correct(), new_email="gus@example.com").action_correct()
        self.assertEqual(self.people[:2].mapped("x_work"), ["gus@example.com", f'"Gus" <gus@example.com>, {SHARED}'])

    def test_kept(self):
        """B25: where the person may not change the field the address is told as kept, and stays blocked."""
        self.patch(type(self.people)._fields["x_work"], "groups", "base.group_system")
        told = self.told(self.dialog(self.addresses(GONE).action_delete()).action_delete())
        self.assertIn("Kept, because you may not change it: Contact: 2.", told)
        self.assertEqual(self.people[1].email, False)
        self.assertTrue(self.addresses(GONE).is_blocked)

    def test_other_model(self):
        """B25: a record without Odoo's blacklist is one that has the address: kept where the person may not change it,
        and the address stays blocked; else deleted."""
        # as a registration for an event: it names its field as those with the blacklist do, and is none of them
        for name, value in (("_mailing_enabled", True), ("_primary_email", "email")):
            self.startPatcher(patch.object(self.env.registry["res.bank"], name, value, create=True))
        bank = self.env["res.bank"].create({"name": "Bank", "email": GONE})
        user = new_test_user(self.env, "lists.only", groups="base.group_user,mass_mailing.group_mass_mailing_user")
        _changed, kept, in_use = self.addresses(GONE, user=user)._delete_everywhere()
        self.assertEqual((kept["res.bank"], in_use, bank.email), (1, 1, GONE))
        self.assertTrue(self.addresses(GONE).is_blocked)
        self.addresses(GONE)._delete_everywhere()
        self.assertFalse(bank.email or self.addresses(GONE))


@tagged("post_install", "-at_install")
class TestBackInOtherField(BulkCase):
    def test_not_mailed(self):
        """B25: a blocked address that was deleted gets nothing when it comes back in such a field, sent either way."""
        field, old = add_field(self.env, "x_work", "Work e-mail"), "gus@example.org"
        bounce = {"email": old, "severity": "hard", "reason": "userunknown", "source": "report", "event_key": "1"}
        self.env["mailing.bounce"]._record([bounce])
        self.env["mailing.address"].search([("email", "=", old)])._delete_everywhere()
        people = self.env["res.partner"].create(
            [{"name": "Gus", "x_work": old}, {"name": "Ann", "x_work": "a@b.example"}]
        )
        mailing = self.make_mailing(
            mailing_model_id=self.env["ir.model"]._get_id("res.partner"),
            mailing_domain=[("id", "in", people.ids)],
            email_field_id=field.id,
        )
        self.assertEqual(mailing._reasons_to_leave_out([old]), {old: "mail_blocked"})
        self.assertSummary(self.send(mailing), accepted=1, sent=1, excluded=1)
        self.assertEqual(self.excluded_reasons(mailing), {"mail_blocked": 1})
        [trace] = mailing.mailing_trace_ids.filtered(lambda trace: trace.email == old)
        self.assertEqual(trace._addresses().blocked_reason, "userunknown")
