"""Odoo's "Send email" on chosen contacts, which is no mailing, and mails many all the same."""

from odoo.tests import new_test_user, tagged

from .blocked_case import GONE, WORKS, BlockedAddressesCase


@tagged("post_install", "-at_install")
class TestMassComposer(BlockedAddressesCase):
    def compose(self, people, **values):
        """A colleague who has nothing to do with mailings mails them; `{address: its mail}`."""
        groups = "base.group_user,base.group_partner_manager"
        colleague = new_test_user(self.env, "carl.colleague", groups=groups, email="carl@example.org")
        composer = self.env["mail.compose.message"].with_user(colleague)
        values |= {"composition_mode": "mass_mail", "model": "res.partner", "res_ids": people.ids, "auto_delete": False}
        composer.create({"subject": "Hello", "body": "<p>Hello</p>", **values})._action_send_mail()
        mails = self.env["mail.mail"].search([("model", "=", "res.partner"), ("res_id", "in", people.ids)])
        return {people.browse(mail.res_id).email: mail for mail in mails}

    def test_blocked(self):
        """Who is not mailed, as the sign beside the address says, is left out here, too, and gets no note of it."""
        left = self.env["res.partner"].create({"name": "Lou Left", "email": "lou@example.org"})
        self.env["mailing.address"]._add_to_check([left.email])
        self.addresses(left.email).action_set_former_employee()
        people = self.gone + left + self.env["res.partner"].create({"name": "Wim Works", "email": WORKS})
        mails = self.compose(people)
        for email in (GONE, left.email):
            mail = mails[email]
            self.assertEqual((mail.state, mail.failure_type, mail.is_notification), ("cancel", "mail_bl", False))
        self.assertNotIn(mails[WORKS].state, ("cancel", "exception"))

    def test_told_to_mail_everybody(self):
        """Who sets aside the exclusion list, as for a notice that the law asks for, sets aside this as well."""
        self.assertNotEqual(self.compose(self.gone, use_exclusion_list=False)[GONE].state, "cancel")
