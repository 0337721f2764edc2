"""What is known of an address is seen on everything that has it: contacts, leads, mailing contacts."""

from odoo.exceptions import AccessError
from odoo.tests import TransactionCase, new_test_user, tagged

MODELS = {"res.partner": "email", "crm.lead": "email_from", "mailing.contact": "email"}
NAMES = ("works", "soft", "gone", "none", "intl")


@tagged("post_install", "-at_install")
class TestBlockingFields(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("nl_NL")
        events = [
            ("gone@example.org", "hard", "userunknown"),
            ("soft@example.org", "soft", "mailboxfull"),
            ("soft@example.org", "soft", "mailboxfull"),
            ("intl@xn--mnchen-3ya.example", "hard", "hostunknown"),
        ]
        cls.env["mailing.bounce"]._record(
            [
                {"email": email, "severity": severity, "reason": reason, "source": "report", "event_key": f"f:{number}"}
                for number, (email, severity, reason) in enumerate(events)
            ]
        )
        cls.env["mailing.address"].search([]).write(
            {"blocked_at": "2026-11-12 12:00:00", "last_bounce_at": "2026-11-12"}
        )
        emails = {name: f"{name}@example.org" for name in NAMES} | {"none": False, "intl": "intl@münchen.example"}
        cls.records = {
            model: cls.env[model].create([{"name": name, field: email} for name, email in emails.items()])
            for model, field in MODELS.items()
        }

    def each(self):
        for model, records in self.records.items():
            with self.subTest(model=model):
                records.invalidate_recordset()
                yield records.with_context(lang="en_US")

    def found(self, records, *condition):
        return set(records.search([("id", "in", records.ids), condition]).mapped("name"))

    def test_read(self):
        """Blocked, count, and one sentence with cause and date, in one look-up for all."""
        for records in self.each():
            records.mapped("email_problem")  # Odoo reads the language once
            records.invalidate_recordset()
            records.mapped("email_normalized")
            self.env["mailing.address"].invalidate_model()
            with self.assertQueryCount(1):
                blocked = records.mapped("email_is_blocked")
                counts = records.mapped("email_bounce_count")
            self.assertEqual(blocked, [False, False, True, False, True])
            self.assertEqual(counts, [0, 2, 1, 0, 1])
            self.assertEqual(set(records.mapped("email_validity")), {"unknown"})
            self.assertEqual(
                records.mapped("email_problem"),
                [
                    "",
                    "Mails came back (2), last on November 12, 2026. The mailbox is full.",
                    "Not mailed since November 12, 2026: the address does not exist.",
                    "",
                    "Not mailed since November 12, 2026: the domain does not exist.",
                ],
            )

    def test_search(self):
        """Found by each of them, with the usual operators."""
        for records in self.each():
            self.assertEqual(self.found(records, "email_is_blocked", "=", True), {"gone", "intl"})
            self.assertEqual(self.found(records, "email_is_blocked", "=", False), {"works", "soft", "none"})
            self.assertEqual(self.found(records, "email_is_blocked", "!=", True), {"works", "soft", "none"})
            self.assertEqual(self.found(records, "email_bounce_count", ">", 0), {"soft", "gone", "intl"})
            self.assertEqual(self.found(records, "email_bounce_count", "=", 0), {"works", "none"})
            self.assertEqual(self.found(records, "email_problem", "!=", False), {"soft", "gone", "intl"})
            self.assertEqual(self.found(records, "email_problem", "=", False), {"works", "none"})
            self.assertEqual(self.found(records, "email_problem", "ilike", "domain"), {"intl"})
            self.assertEqual(self.found(records, "email_validity", "=", "unknown"), set(NAMES))
            blocked = records.filtered_domain([("email_is_blocked", "=", True)])
            self.assertEqual(set(blocked.mapped("name")), {"gone", "intl"})

    def test_no_address(self):
        """What is no address is invalid and says so, as it is typed, read, found, sorted and grouped."""
        for records in self.each():
            [none, first] = records.filtered(lambda record: record.name in ("none", "works")).sorted("name")
            domain = [("id", "in", (none | first).ids)]
            for email, validity, problem in (
                ("at home", "invalid", "This is not a mail address."),
                ("", "unknown", ""),
            ):
                none[MODELS[none._name]] = email
                self.assertEqual((none.email_validity, none.email_problem), (validity, problem))
                self.assertFalse(none.email_is_blocked)
            none[MODELS[none._name]] = "at home"
            self.assertEqual(self.found(records, "email_validity", "in", ("risky", "invalid")), {"none"})
            self.assertEqual(self.found(records, "email_validity", "=", "unknown"), set(NAMES) - {"none"})
            self.assertEqual(self.found(records, "email_problem", "ilike", "not a mail address"), {"none"})
            self.assertEqual(records.search(domain, order="email_validity").mapped("name"), ["none", "works"])
            groups = records._read_group(domain, ["email_validity"], ["__count"])
            self.assertEqual(sorted(groups), [("invalid", 1), ("unknown", 1)])

    def test_no_addresses_at_once(self):
        """However many have no address but a text, they are looked at together."""
        contacts = self.env["mailing.contact"].create([{"email": f"at home {number}"} for number in range(30)])
        contacts.mapped("email_problem")
        contacts.invalidate_recordset()
        contacts.mapped("email_normalized")
        with self.assertQueryCount(0):
            self.assertEqual(set(contacts.mapped("email_validity")), {"invalid"})

    def test_sort(self):
        """Sorted by each of them, by several at once, and counted with a limit."""
        for records in self.each():
            domain = [("id", "in", records.ids)]
            by_count = records.search(domain, order="email_bounce_count DESC, name")
            self.assertEqual(by_count.mapped("name"), ["soft", "gone", "intl", "none", "works"])
            by_block = records.search(domain, order="email_is_blocked DESC, email_problem, id", limit=2)
            self.assertEqual(by_block.mapped("name"), ["gone", "intl"])
            for field in ("email_validity", "email_problem"):
                self.assertEqual(len(records.search(domain, order=field)), len(NAMES))

    def test_group(self):
        """Grouped by each of them, and the groups open."""
        for records in self.each():
            domain = [("id", "in", records.ids)]
            groups = records.formatted_read_group(domain, ["email_is_blocked"], ["__count", "email_bounce_count:sum"])
            told = {g["email_is_blocked"]: (g["__count"], g["email_bounce_count:sum"]) for g in groups}
            self.assertEqual(told, {False: (3, 2), True: (2, 2)})
            for field in ("email_problem", "email_validity", "email_bounce_count"):
                for group in records.formatted_read_group(domain, [field], ["__count"]):
                    opened = records.search_count([*domain, *group["__extra_domain"]])
                    self.assertEqual(opened, group["__count"], (field, group))
            description = records.fields_get(["email_problem", "email_is_blocked"], ["sortable", "groupable"])
            self.assertTrue(all(all(told.values()) for told in description.values()))

    def test_whoever_may_read_the_record(self):
        """A user without Email Marketing sees it on contacts, and reads nothing of the ledger itself."""
        user = new_test_user(self.env, "reads_contacts", groups="base.group_user")
        partners = self.records["res.partner"].with_user(user)
        self.assertEqual(partners.mapped("email_is_blocked"), [False, False, True, False, True])
        self.assertEqual(self.found(partners, "email_is_blocked", "=", True), {"gone", "intl"})
        with self.assertRaises(AccessError):
            self.env["mailing.address"].with_user(user).search([])

    def test_all_models_have_them(self):
        """Every model with Odoo's mixin has them, users too by their contact."""
        user = new_test_user(self.env, "gone_user", groups="base.group_user", email="gone@example.org")
        self.assertTrue(user.email_is_blocked)
        self.assertEqual(self.env["res.users"].search([("email_is_blocked", "=", True), ("id", "=", user.id)]), user)

    def test_indexes(self):
        """Addresses are looked up in an index on each of them."""
        for model in MODELS:
            table = self.env[model]._table
            self.env.cr.execute("SELECT indexdef FROM pg_indexes WHERE tablename = %s", [table])
            found = [definition for [definition] in self.env.cr.fetchall() if "btree (email_normalized)" in definition]
            self.assertTrue(found, table)
