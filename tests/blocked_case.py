"""Base class of the tests about the screen "Blocked addresses": some addresses, why they are blocked, who has them."""

from odoo.tests import TransactionCase, new_test_user

GONE, FULL, WORKS, SHARED = (
    f"{name}@{host}"
    for name, host in (
        ("gone", "example.org"),
        ("full", "example.net"),
        ("works", "example.org"),
        ("shared", "example.org"),
    )
)


class BlockedAddressesCase(TransactionCase):
    """`gone` does not exist, `full` came back too often, `shared` (a contact, a lead and a list's) has no domain."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        groups = "base.group_user,base.group_partner_manager,sales_team.group_sale_salesman_all_leads"
        cls.sender = new_test_user(
            cls.env,
            "sally.sender",
            groups=f"{groups},base.group_allow_export,bulk_mailing.group_sender",
            lang="en_US",
            tz="Europe/Amsterdam",
        )
        cls.mailing = cls.env["mailing.mailing"].create({"subject": "Autumn news"})
        cls.bounce(GONE, "hard", "userunknown", diagnostic="550 5.1.1 no such user")
        for _number in range(6):
            cls.bounce(FULL, "soft", "mailboxfull")
        cls.bounce(SHARED, "hard", "hostunknown", mailing_id=False)
        cls.gone = cls.env["res.partner"].create({"name": "Gus Gone", "email": GONE})
        cls.full = cls.env["mailing.contact"].create({"name": "Fay Full", "email": f'"Fay" <{FULL.upper()}>'})
        cls.shared = [
            cls.env["res.partner"].create({"name": "Sam Shared", "email": SHARED}),
            cls.env["crm.lead"].create({"name": "Shared lead", "email_from": SHARED}),
            cls.env["mailing.contact"].create({"name": "Sam of the list", "email": SHARED}),
        ]
        cls.env.flush_all()

    @classmethod
    def bounce(cls, email, severity, reason, **values):
        cls.number = getattr(cls, "number", 0) + 1
        event = {"email": email, "severity": severity, "reason": reason, "mailing_id": cls.mailing.id}
        event |= {"source": "report", "event_key": f"screen:{cls.number}"}
        return cls.env["mailing.bounce"]._record([event | values])

    def addresses(self, *emails, user=None):
        """Known addresses in this order, as the sender sees them."""
        addresses = self.env["mailing.address"].with_user(user or self.sender)
        return addresses.concat(*(addresses.search([("email", "=", email)]) for email in emails))
