"""Two companies in one database, for tests about who sees and mails whom."""

from odoo.tests import new_test_user

GROUPS = (
    "base.group_user,base.group_partner_manager,mail.group_mail_template_editor,"
    "sales_team.group_sale_salesman_all_leads,bulk_mailing.group_sender"
)


class CompaniesMixin:
    """`ours` and `theirs`, each with somebody who sends; `both` works in both."""

    @classmethod
    def make_companies(cls):
        cls.ours, cls.theirs = cls.env.company, cls.env["res.company"].create({"name": "Other"})
        companies = {"our": cls.ours, "their": cls.theirs, "both": cls.ours + cls.theirs}
        cls.our_sender, cls.their_sender, cls.both = (
            new_test_user(
                cls.env,
                f"{name}.sender",
                groups=GROUPS,
                company_id=own[0].id,
                company_ids=own.ids,
                email=f"{name}@example.org",
            )
            for name, own in companies.items()
        )
