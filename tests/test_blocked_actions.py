"""What can be done with chosen addresses: into a list, former employees, deleted, corrected, exported."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .blocked_case import FULL, GONE, SHARED, WORKS, BlockedAddressesCase


class ActionsCase(BlockedAddressesCase):
    def dialog(self, action, **values):
        """The dialog that an action opens, filled in."""
        wizard = self.env[action["res_model"]].with_user(self.sender).browse(action["res_id"])
        wizard.write(values)
        return wizard

    def told(self, action):
        self.env.invalidate_all()
        return action["params"]["message"]


@tagged("post_install", "-at_install")
class TestBlockedToList(ActionsCase):
    def test_new(self):
        """B21: a new list has one contact for each address; those that exist are used."""
        wizard = self.dialog(self.addresses(GONE, FULL, SHARED).action_add_to_list(), name=" To be put right ")
        self.assertIn("“To be put right”: 3", self.told(wizard.action_add()))
        made = self.env["mailing.list"].search([("name", "=", "To be put right")])
        self.assertEqual(set(made.contact_ids.mapped("email_normalized")), {GONE, FULL, SHARED})
        self.assertIn(self.full, made.contact_ids)
        self.assertIn(self.shared[2], made.contact_ids)
        self.assertEqual(made.contact_ids.filtered(lambda contact: contact.email == GONE).name, "Gus Gone")

    def names_in_new_list(self, *emails):
        """`{address: (name, company)}` of the mailing contacts that a new list gets."""
        for email in emails:
            self.bounce(email, "hard", "userunknown")
        wizard = self.dialog(self.addresses(*emails).action_add_to_list(), name="Named")
        wizard.action_add()
        made = self.env["mailing.list"].search([("name", "=", "Named")]).contact_ids
        return {contact.email: (contact.name, contact.company_name) for contact in made}

    def test_name(self):
        """B21: a new contact is called as one person who has the address, not as a company, a lead or all of them."""
        shared, lead, titled, nobody = (f"{name}@linde.example" for name in ("info", "lead", "titled", "nobody"))
        company = self.env["res.partner"].create({"name": "De Linde", "email": shared, "is_company": True})
        self.env["res.partner"].create({"name": "Bob Bakker", "email": shared, "parent_id": company.id})
        self.env["crm.lead"].create(
            [
                {"name": "Greenhouse", "email_from": lead, "contact_name": "Lea Lee", "partner_name": "School"},
                {"name": "Greenhouse for a school", "email_from": titled},
            ]
        )
        expected = {
            shared: ("Bob Bakker", "De Linde"),
            lead: ("Lea Lee", "School"),
            titled: (False, False),
            nobody: (False, False),
        }
        self.assertEqual(self.names_in_new_list(*expected), expected)

    def test_names_of_thousands(self):
        """B21: who has the addresses is asked for all of them at once."""
        emails = [f"bulk{number}@linde.example" for number in range(60)]
        for email in emails:
            self.bounce(email, "hard", "userunknown")
        self.env["res.partner"].create([{"name": email, "email": email} for email in emails])
        queries = []
        for some in (emails[:10], emails[10:]):
            wizard = self.dialog(self.addresses(*some).action_add_to_list(), name="Named")
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            wizard._contacts(self.env["mailing.list"])
            queries.append(self.env.cr.sql_log_count - before)
        self.assertLess(queries[1], queries[0] + 10)

    def test_existing(self):
        """B23: an existing list gets those that are not in it, and who left it stays out."""
        chosen = self.env["mailing.list"].create({"name": "Spring", "contact_ids": [(4, self.full.id)]})
        self.env.invalidate_all()
        self.full.subscription_ids.opt_out = True
        chosen.contact_ids += self.shared[2]
        addresses = self.addresses(GONE, FULL, SHARED)
        wizard = self.dialog(addresses.action_add_to_list(), kind="existing", list_id=chosen.id)
        told = "Added to “Spring”: 1. In it already: 1. Left the list, and stay out: 1."
        self.assertEqual(self.told(wizard.action_add()), told)
        self.assertEqual(len(chosen.contact_ids), 3)
        self.assertTrue(self.full.subscription_ids.opt_out)

    def test_who_left_under_another_contact(self):
        """B23: whoever of several contacts with the address has left the list, none of them comes into it."""
        chosen = self.env["mailing.list"].create({"name": "Spring"})
        again = self.env["mailing.contact"].create({"name": "Fay", "email": FULL, "list_ids": [(4, chosen.id)]})
        again.subscription_ids.opt_out = True
        self.assertLess(self.full.id, again.id)
        wizard = self.dialog(self.addresses(FULL).action_add_to_list(), kind="existing", list_id=chosen.id)
        self.assertEqual(self.told(wizard.action_add()), "Added to “Spring”: 0. Left the list, and stay out: 1.")
        self.assertEqual(chosen.contact_ids, again)

    def test_who_is_in_it_under_another_contact(self):
        """B23: whoever left under one contact and is in the list under another gets its mail, and is in it already."""
        self.full.copy()
        chosen = self.env["mailing.list"].create({"name": "Spring"})
        chosen.contact_ids = self.env["mailing.contact"].search([("email_normalized", "=", FULL)])
        self.full.subscription_ids.opt_out = True
        wizard = self.dialog(self.addresses(FULL).action_add_to_list(), kind="existing", list_id=chosen.id)
        self.assertEqual(self.told(wizard.action_add()), "Added to “Spring”: 0. In it already: 1.")

    def test_what_is_missing(self):
        """A list without a name, no list, and no address are said so."""
        addresses = self.addresses(GONE)
        for values in ({"name": " "}, {"kind": "existing"}):
            with self.assertRaises(UserError):
                self.dialog(addresses.action_add_to_list(), **values).action_add()
        with self.assertRaisesRegex(UserError, "at least one"):
            addresses.browse().action_add_to_list()


@tagged("post_install", "-at_install")
class TestFormerEmployees(ActionsCase):
    def test_set(self):
        """B28: the person is kept and recognisable; who is no person, or is not there, is told."""
        self.env["res.partner"].create({"name": "Full Ltd", "email": FULL, "is_company": True})
        told = self.told(self.addresses(GONE, FULL).action_set_former_employee())
        self.assertEqual(
            told, f"Former employees now: 1. No person among the contacts, whom you may change, has: {FULL}."
        )
        self.assertTrue(self.gone.is_former_employee and self.gone.active)
        found = self.env["res.partner"].search([("is_former_employee", "=", True), ("id", ">=", self.gone.id)])
        self.assertEqual(found, self.gone)

    def test_rights(self):
        """Whoever may not change contacts changes none."""
        user = new_test_user(self.env, "reads.only", groups="base.group_user,mass_mailing.group_mass_mailing_user")
        self.assertIn("now: 0", self.told(self.addresses(GONE, user=user).action_set_former_employee()))
        self.assertFalse(self.gone.is_former_employee)


@tagged("post_install", "-at_install")
class TestCorrection(ActionsCase):
    def test_everywhere(self):
        """B9, B14: the right address stands on every record that had the wrong one, names as they were."""
        wizard = self.dialog(self.addresses(SHARED).action_correct(), new_email="sam@example.com")
        self.assertEqual(wizard.old_email, SHARED)
        told = self.told(wizard.action_correct())
        self.assertTrue(told.startswith("Corrected: Contact: 1, "), told)
        self.assertEqual({record.email_normalized for record in self.shared}, {"sam@example.com"})
        self.assertEqual(self.addresses(SHARED).corrected_to, "sam@example.com")
        wizard = self.dialog(self.addresses(FULL).action_correct(), new_email="fay@example.com")
        wizard.action_correct()
        self.assertEqual(self.full.email, '"Fay" <fay@example.com>')
        self.assertFalse(self.full.email_is_blocked)

    def test_suggestion(self):
        """B29: a slip of the pen is offered put right, and a new slip is told while it is typed."""
        self.bounce("ann@gmial.com", "hard", "hostunknown")
        self.env["res.partner"].create({"name": "Ann", "email": "ann@gmial.com"})
        wizard = self.dialog(self.addresses("ann@gmial.com").action_correct())
        self.assertEqual((wizard.new_email, wizard.objection), ("ann@gmail.com", ""))
        wizard.new_email = "ann@hotmial.com"
        self.assertIn("hotmail.com", wizard.objection)
        wizard.new_email = "no address"
        with self.assertRaisesRegex(UserError, "no mail address"):
            wizard.action_correct()

    def test_blocked_as_well(self):
        """B9: whoever types an address that is not mailed either reads why, before they save it."""
        wizard = self.dialog(self.addresses(FULL).action_correct(), new_email=f" {GONE.upper()}")
        self.assertRegex(wizard.objection, "^Not mailed since .*: the address does not exist")
        self.addresses(SHARED).action_clear_bounces()
        wizard.new_email = SHARED
        self.assertEqual(wizard.objection, "")

    def test_rights(self):
        """Only where the person may: what they may not change keeps its address, which is told."""
        user = new_test_user(self.env, "lists.only", groups="base.group_user,mass_mailing.group_mass_mailing_user")
        address = self.addresses(SHARED, user=user)
        wizard = self.env["mailing.address.correction"].with_user(user)
        wizard = wizard.create({"address_ids": address.ids, "new_email": "sam@example.com"})
        told = self.told(wizard.action_correct())
        self.assertIn("Kept, because you may not change it: Contact: 1, Lead", told)
        self.assertEqual([record.email_normalized for record in self.shared], [SHARED, SHARED, "sam@example.com"])
        self.assertFalse(self.addresses(SHARED).corrected_to)

    def test_comes_back(self):
        """B9: a corrected address that an import brings back stands in the list again, as it is skipped again."""
        self.dialog(self.addresses(GONE).action_correct(), new_email="gus@example.com").action_correct()
        self.assertEqual(self.addresses(GONE).corrected_to, "gus@example.com")
        self.env["mailing.contact"].create({"name": "Gus again", "email": GONE})
        self.env.flush_all()
        self.assertFalse(self.addresses(GONE).corrected_to)

    def test_corrected_already(self):
        """B9: whoever wants to correct an address that no record has now is told where it went, or that it is gone."""
        wizards = [self.dialog(self.addresses(GONE).action_correct(), new_email="gus@example.com") for _ in range(2)]
        wizards[0].action_correct()
        for act in (self.addresses(GONE).action_correct, wizards[1].action_correct):
            with self.assertRaisesRegex(UserError, "^gone@example.org was corrected to gus@example.com already"):
                act()
        self.full.email = False
        with self.assertRaisesRegex(UserError, "^No record has full@example.net any more"):
            self.addresses(FULL).action_correct()

    def test_recipient_without_address(self):
        """A recipient whose address was deleted has none to act upon, and the screen says so."""
        trace = self.env["mailing.trace"].create({"model": "res.partner", "res_id": self.gone.id, "email": False})
        traces = trace.with_user(self.sender)
        for name in ("action_correct_address", "action_clear_bounces", "action_set_former_employee"):
            with self.assertRaisesRegex(UserError, "The recipients chosen have no address"):
                getattr(traces, name)()
        with self.assertRaisesRegex(UserError, "Choose at least one address"):
            traces.browse().action_clear_bounces()

    def test_who_wants_no_mail(self):
        """B9: who called our mail spam, or is on the exclusion list, is not mailed at the right address either."""
        self.addresses(GONE).sudo().blocked_reason = "complaint"
        self.env["mail.blacklist"]._add(FULL)
        for old, new in ((GONE, "gus@example.com"), (FULL, "fay@example.com"), (SHARED, "sam@example.com")):
            wizard = self.dialog(self.addresses(old).action_correct(), new_email=new)
            action = wizard.action_correct()
            told = self.told(action)
            self.assertEqual("It is on the exclusion list, as whoever had" in told, old != SHARED, told)
            self.assertEqual(action["params"]["sticky"], old != SHARED)  # else it is gone before it is read
        self.env.invalidate_all()
        self.assertEqual((self.gone.is_blacklisted, self.full.is_blacklisted), (True, True))
        self.assertFalse(self.shared[0].is_blacklisted)


@tagged("post_install", "-at_install")
class TestActionRights(ActionsCase):
    ACTIONS = ("action_clear_bounces", "action_add_to_list", "action_set_former_employee")

    def test_who_may_only_prepare(self):
        """A requester does none of it, from neither list."""
        requester = new_test_user(self.env, "only.prepares", groups="base.group_user,bulk_mailing.group_requester")
        trace = self.env["mailing.trace"].create(
            {"model": "res.partner", "res_id": self.gone.id, "email": GONE, "mass_mailing_id": self.mailing.id}
        )
        for name in (*self.ACTIONS, "action_delete", "action_correct"):
            with self.assertRaises(AccessError):
                getattr(self.addresses(GONE).with_user(requester), name)()
        for name in (*self.ACTIONS, "action_delete_addresses", "action_correct_address"):
            with self.assertRaises(AccessError):
                getattr(trace.with_user(requester), name)()

    def test_recipients(self):
        """B13: the same from the recipients of a mailing, also for those of whom nothing was known."""
        traces = (
            self.env["mailing.trace"]
            .create(
                [
                    {"model": "res.partner", "res_id": 1, "email": email, "mass_mailing_id": self.mailing.id}
                    for email in (GONE, WORKS, False)
                ]
            )
            .with_user(self.sender)
        )
        self.assertEqual(self.told(traces.action_clear_bounces()), "Cleared: 1.")
        self.assertFalse(self.addresses(GONE).is_blocked)
        wizard = self.dialog(traces.action_add_to_list(), name="Both")
        wizard.action_add()
        self.assertEqual(set(wizard.address_ids.mapped("email")), {GONE, WORKS})
        self.assertFalse(self.addresses(WORKS).is_blocked)
