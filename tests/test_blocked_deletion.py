"""Deleting addresses from the database: everywhere where the person may, and for good."""

from lxml import etree

from odoo.tests import new_test_user, tagged

from .blocked_case import FULL, GONE, SHARED, WORKS
from .test_blocked_actions import ActionsCase


@tagged("post_install", "-at_install")
class TestDeletion(ActionsCase):
    def delete(self, *emails, user=None):
        addresses = self.addresses(*emails, user=user)
        action = addresses.action_delete()
        wizard = addresses.env[action["res_model"]].browse(action["res_id"])
        return self.told(wizard.action_delete())

    def known(self, *emails):
        return set(self.env["mailing.address"].search([("email", "in", emails)]).mapped("email"))

    def test_counts_first(self):
        """B25: before anything goes it is said what would."""
        wizard = self.dialog(self.addresses(GONE, SHARED).action_delete())
        self.assertEqual((wizard.address_count, wizard.kept_count), (2, 0))
        self.assertIn("Contact: 2", wizard.on_records)
        self.assertEqual(self.gone.email, GONE)

    def test_everywhere(self):
        """B25: cleared on every record, archived ones too, and in what was sent; the records stay."""
        trace = self.env["mailing.trace"].create(
            {
                **{"model": "res.partner", "res_id": self.gone.id, "email": SHARED, "trace_status": "bounce"},
                **{"mass_mailing_id": self.mailing.id, "smtp_reply": f"550 <{SHARED}> unknown"},
            }
        )
        self.shared[0].active = False
        told = self.delete(SHARED)
        self.assertTrue(told.startswith("Deleted from Contact: 1, Lead"), told)
        self.assertEqual([record.email_normalized for record in self.shared], [False] * 3)
        self.assertFalse(self.known(SHARED))
        self.assertEqual((trace.email, trace.smtp_reply, trace.trace_status), (False, False, "bounce"))
        self.env.flush_all()
        self.env.cr.execute("SELECT count(*) FROM mailing_bounce WHERE diagnostic ILIKE %s", [f"%{SHARED}%"])
        self.assertEqual(self.env.cr.fetchone(), (0,))

    def test_nowhere_in_the_log_of_changes(self):
        """B25: what is deleted is not kept as the old value of a change."""
        self.env.flush_all()
        self.cr.precommit.run()
        self.delete(SHARED)
        self.env.flush_all()
        self.cr.precommit.run()
        values = self.env["mail.tracking.value"].search([("old_value_char", "ilike", SHARED)])
        self.assertFalse(values)

    def test_only_this_address(self):
        """B25: a second address in the same field stays."""
        self.gone.email = f"Gus <{GONE}>, {WORKS}"
        self.delete(GONE)
        self.assertEqual(self.gone.email, WORKS)

    def test_stays_blocked(self):
        """B25: an address that was blocked is blocked again when it comes back by an import; no text tells it."""
        self.delete(GONE, FULL)
        self.env.cr.execute("SELECT * FROM mailing_address_deleted")
        self.assertNotIn("example", str(self.env.cr.fetchall()))
        imported = self.env["mailing.contact"].load(["name", "email"], [["Gus", GONE.upper()], ["New", WORKS]])
        self.assertFalse(imported["messages"])
        contacts = self.env["mailing.contact"].browse(imported["ids"])
        self.assertEqual(contacts.mapped("email_is_blocked"), [True, False])
        self.assertEqual(self.addresses(GONE).blocked_reason, "userunknown")
        self.gone.email = FULL
        self.assertTrue(self.gone.email_is_blocked)

    def test_cleared_for_good(self):
        """B26: whoever clears such a block has it cleared the next time as well."""
        self.delete(GONE)
        self.gone.email = GONE
        self.env.flush_all()
        self.addresses(GONE).action_clear_bounces()
        self.env.invalidate_all()
        self.assertFalse(self.gone.email_is_blocked)
        self.gone.email = False
        self.gone.email = GONE
        self.assertFalse(self.gone.email_is_blocked)

    def test_who_unsubscribed(self):
        """B25, B26: who left a list and was deleted stays blocked when they come back, and clearing revives nobody."""
        readers = self.env["mailing.list"].create({"name": "Readers"})
        self.env["mailing.contact"].create(
            {"name": "Wim", "email": WORKS, "subscription_ids": [(0, 0, {"list_id": readers.id, "opt_out": True})]}
        )
        trace = self.env["mailing.trace"].create({"model": "res.partner", "res_id": 1, "email": WORKS})
        addresses = trace.with_user(self.sender)._addresses()
        self.assertFalse(addresses.is_blocked)
        addresses._delete_everywhere()
        back = self.env["mailing.contact"].create({"name": "Wim again", "email": WORKS})
        self.assertTrue(back.email_is_blocked)
        self.assertRegex(back.email_problem, r"^Not mailed since .*: the recipient unsubscribed\.$")
        self.assertIn(back, back.search([("email_problem", "ilike", "unsubscribed")]))
        told = self.addresses(WORKS, GONE).action_clear_bounces()
        self.assertEqual(told["params"]["message"], "Cleared: 1. Still blocked, as they unsubscribed: 1.")
        self.env.invalidate_all()
        self.assertTrue(back.email_is_blocked)

    def test_who_unsubscribed_and_bounced_since(self):
        """B26: neither a bounce that is cleared nor a second deletion hides that somebody had unsubscribed."""
        deleted = self.env["mailing.address.deleted"]
        deleted._keep(self.addresses(FULL), self.addresses(FULL))
        back = self.env["mailing.contact"].create({"name": "Fay again", "email": FULL})
        self.assertEqual(self.addresses(FULL).blocked_reason, "soft_bounces")
        self.assertIn("Still blocked", self.addresses(FULL).action_clear_bounces()["params"]["message"])
        self.env.invalidate_all()
        self.assertEqual((back.email_is_blocked, self.addresses(FULL).blocked_reason), (True, "opted_out"))
        self.addresses(FULL).sudo().blocked_reason = "complaint"
        self.delete(FULL)
        self.assertEqual(deleted.search([]).mapped("blocked_reason"), ["opted_out"])

    def test_in_names_and_corrections(self):
        """B25: an address that somebody is called by, or that another was corrected to, goes as well."""
        nameless = self.env["res.partner"].create({"name": SHARED.upper(), "email": SHARED})
        self.addresses(GONE).sudo().corrected_to = SHARED
        self.delete(SHARED)
        self.assertEqual(nameless.name, "Deleted address")
        self.assertEqual(self.shared[0].name, "Sam Shared")
        self.assertFalse(self.addresses(GONE).corrected_to)

    def test_about_to_be_checked(self):
        """B25: what was noted to be checked before it was deleted does not bring it back."""
        self.env["mailing.address.noted"]._note([GONE])
        self.env.cr.precommit.run()
        self.delete(GONE)
        self.env["mailing.address.noted"]._take()
        self.assertFalse(self.known(GONE))

    def test_not_blocked(self):
        """Who neither bounced nor left may come back."""
        trace = self.env["mailing.trace"].create({"model": "res.partner", "res_id": 1, "email": WORKS})
        trace.with_user(self.sender)._addresses()._delete_everywhere()
        back = self.env["mailing.contact"].create({"name": "Wim", "email": WORKS})
        self.assertFalse(back.email_is_blocked)

    def test_exclusion_list(self):
        """What keeps somebody's wish is kept, and told."""
        self.env["mail.blacklist"]._add(GONE)
        self.assertIn("Still on the exclusion list, which keeps their wish: 1.", self.delete(GONE))

    def test_rights(self):
        """B25: only where the person may; what was kept is told, and stays blocked."""
        user = new_test_user(self.env, "lists.only", groups="base.group_user,mass_mailing.group_mass_mailing_user")
        told = self.delete(SHARED, user=user)
        self.assertIn("Deleted from Mailing Contact: 1. Kept, because you may not change it: Contact: 1, Lead", told)
        self.assertIn("Still known here, because they are in use: 1.", told)
        self.assertEqual([record.email_normalized for record in self.shared], [SHARED, SHARED, False])
        self.assertTrue(self.addresses(SHARED).is_blocked)

    def test_nothing_to_delete(self):
        """Delete is not offered where every record is kept, and none of the addresses would go."""
        user = new_test_user(self.env, "no.contacts", groups="base.group_user,mass_mailing.group_mass_mailing_user")
        self.bounce("nobody@example.org", "hard", "userunknown")
        for emails, expected in (([GONE], True), ([GONE, "nobody@example.org"], False), ([SHARED], False)):
            action = self.addresses(*emails, user=user).action_delete()
            wizard = self.env[action["res_model"]].with_user(user).browse(action["res_id"])
            self.assertEqual(wizard.is_all_kept, expected, emails)
        wizard = self.dialog(self.addresses(GONE).action_delete())
        self.assertFalse(wizard.is_all_kept)
        button = etree.fromstring(wizard.get_view(view_type="form")["arch"]).find(".//button[@name='action_delete']")
        self.assertEqual(button.get("invisible"), "is_all_kept")

    def test_rule_of_a_record(self):
        """A record whose own rule forbids it is kept; the others are not."""
        self.env["ir.rule"].create(
            {
                "name": "Sam is not to be changed",
                "model_id": self.env["ir.model"]._get_id("crm.lead"),
                "domain_force": f"[('id', '!=', {self.shared[1].id})]",
                "perm_read": False,
            }
        )
        self.delete(SHARED)
        self.assertEqual([record.email_normalized for record in self.shared], [False, SHARED, False])
