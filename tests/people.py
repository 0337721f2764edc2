"""Base class of the tests about people: who prepares, who sends, who administers, and a mailing that may go."""

from odoo.tests import TransactionCase, new_test_user

BODY = '<div><p>Hello</p><p><a href="/unsubscribe_from_list">Unsubscribe</a></p></div>'


class PeopleCase(TransactionCase):
    """Terms and checks are enforced; nothing leaves."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.mail_server"].search([]).active = False
        cls.enforce("1")
        cls.requester = cls.make_user("requester", "bulk_mailing.group_requester")
        cls.sender = cls.make_user("sender", "bulk_mailing.group_sender")
        cls.stock_user = cls.make_user("stock", "mass_mailing.group_mass_mailing_user")
        cls.admin = cls.make_user("mailadmin", "bulk_mailing.group_mail_admin")
        cls.plain = cls.make_user("plain", "base.group_user")
        cls.list = cls.env["mailing.list"].create({"name": "Readers", "usable_for_mailing": True})
        cls.contacts = cls.env["mailing.contact"].create(
            [
                {"name": name, "email": email, "list_ids": [(6, 0, cls.list.ids)]}
                for name, email in (("Ann", "ann@example.org"), ("Bob", "bob@example.org"), ("Nobody", False))
            ]
        )

    @classmethod
    def enforce(cls, value):
        cls.env["ir.config_parameter"].sudo().set_param("bulk_mailing.enforce_terms_and_checks", value)

    @classmethod
    def make_user(cls, login, group):
        groups = f"base.group_user,mail.group_mail_template_editor,{group}"
        return new_test_user(
            cls.env, f"bulk_{login}", groups=groups, tz="Europe/Amsterdam", email=f"{login}@example.org"
        )

    def make_mailing(self, user, **values):
        """A mailing of this user that has nothing against it but the terms."""
        return (
            self.env["mailing.mailing"]
            .with_user(user)
            .create(
                {
                    "subject": "News",
                    "body_arch": BODY,
                    "body_html": BODY,
                    "email_from": "news@example.org",
                    "mailing_model_id": self.env["ir.model"]._get_id("mailing.list"),
                    "contact_list_ids": [(6, 0, self.list.ids)],
                    **values,
                }
            )
        )

    def make_wizard(self, mailing):
        return mailing.env["mailing.send"].create({"mailing_id": mailing.id})

    def walk(self, wizard, step="review"):
        """Go on to a step, accepting the terms."""
        wizard.terms_accepted = True
        while wizard.step != step:
            wizard.action_next()
        return wizard
