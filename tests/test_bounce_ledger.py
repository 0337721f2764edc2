"""The ledger of bounces: each event once, counted on its address, which is blocked when it does not work."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import TransactionCase, new_test_user, tagged


class LedgerCase(TransactionCase):
    def record(self, email="ann@example.org", severity="soft", key=None, **values):
        """Record one event; the ledger's answer."""
        self.number = getattr(self, "number", 0) + 1
        event = {"email": email, "severity": severity, "source": "report", "event_key": key or str(self.number)}
        return self.env["mailing.bounce"]._record([event | values])

    def address(self, email="ann@example.org"):
        return self.env["mailing.address"].search([("email", "=", email)])

    def counts(self, email="ann@example.org"):
        address = self.address(email)
        return address.hard_bounce_count, address.soft_bounce_count


@tagged("post_install", "-at_install")
class TestBounceLedger(LedgerCase):
    def test_hard(self):
        """A permanent bounce blocks at once, with cause, time and evidence."""
        bounce = self.record(severity="hard", reason="hostunknown", diagnostic="550 no such\0 domain")
        address = self.address()
        self.assertEqual((address.is_blocked, address.blocked_reason), (True, "hostunknown"))
        self.assertEqual((address.evidence_id, address.last_bounce_id), (bounce, bounce))
        self.assertTrue(fields.Datetime.now() - address.blocked_at < timedelta(minutes=1))
        self.assertEqual(bounce.diagnostic, "550 no such  domain")
        self.record(severity="hard", reason="userunknown")
        self.assertEqual((address.blocked_reason, address.evidence_id), ("hostunknown", bounce))
        self.assertEqual(self.counts(), (2, 0))

    def test_hard_without_a_known_reason(self):
        """Whoever says "hard" without a cause that we know is believed."""
        self.record(severity="hard", reason="undefined")
        self.assertEqual(self.address().blocked_reason, "hard_bounce")

    def test_more_than_five_soft(self):
        """B18: five soft bounces are accepted, the sixth blocks."""
        for _number in range(5):
            self.record()
        self.assertEqual((self.counts(), self.address().is_blocked), ((0, 5), False))
        last = self.record(reason="mailboxfull")
        address = self.address()
        self.assertEqual((address.is_blocked, address.blocked_reason), (True, "soft_bounces"))
        self.assertEqual(address.evidence_id, last)

    def test_limit_is_a_setting(self):
        """B18: the number of bounces accepted is the mail administrator's; nonsense in its place is the usual one."""
        admin = new_test_user(self.env, "mail_admin", groups="base.group_user,bulk_mailing.group_mail_admin")
        settings = self.env["mailing.settings"].with_user(admin).browse(self.env.company.id)
        self.assertEqual(settings.soft_bounce_limit, 5)
        settings.soft_bounce_limit = 1
        self.record()
        self.assertFalse(self.address().is_blocked)
        self.record()
        self.assertTrue(self.address().is_blocked)
        self.env["ir.config_parameter"].set_param("bulk_mailing.soft_bounce_limit", "many")
        self.record("bob@example.org")
        self.assertFalse(self.address("bob@example.org").is_blocked)

    def test_far_too_many_days(self):
        """A number of days that no calendar has is refused; typed elsewhere, it keeps no bounce from being counted."""
        settings = self.env["mailing.settings"].browse(self.env.company.id)
        settings.soft_bounce_days = 3650
        with self.assertRaisesRegex(ValidationError, "^Give 1 to 3650 days; 3 is usual.$"):
            settings.soft_bounce_days = 9_999_999
        self.env["ir.config_parameter"].set_param("bulk_mailing.soft_bounce_days", "9" * 40)
        self.record()
        self.assertEqual(self.counts(), (0, 1))

    def test_heard_of_in_any_way(self):
        """What is known of an address begins the same: with a bounce, a check, or a block of who was deleted."""
        self.env["mailing.bounce"]._addresses(["ann@example.org"], [None])
        self.env["mailing.address"]._add_to_check(["bob@example.org"])
        self.env["mailing.address"]._block_as([("cyd@example.org", None, "userunknown", fields.Datetime.now())])
        for email in ("ann@example.org", "bob@example.org", "cyd@example.org"):
            known = self.address(email)
            self.assertEqual((known.validity, self.counts(email)), ("unknown", (0, 0)), email)
            self.assertEqual((known.create_uid, known.write_uid), (self.env.user, self.env.user), email)
            self.assertTrue(known.create_date and known.write_date, email)
        self.assertEqual((known.is_blocked, known.blocked_reason), (True, "userunknown"))

    def test_policy(self):
        """What is about us is kept, and held against nobody, however often."""
        for _number in range(10):
            self.record(severity="policy", reason="spamdetected")
        self.assertEqual((self.counts(), self.address().is_blocked), ((0, 0), False))
        self.assertEqual(len(self.address().bounce_ids), 10)
        self.assertFalse(self.address().last_bounce_at)

    def test_complaint(self):
        """A complaint blocks, whatever else is known."""
        self.record(severity=None, source="complaint")
        self.assertEqual(self.address().blocked_reason, "complaint")

    def test_told_late(self):
        """What happened before is counted, and is not the last."""
        now = fields.Datetime.now()
        last = self.record(reason="mailboxfull", occurred_at=now)
        self.record(reason="expired", occurred_at=now - timedelta(days=1))
        address = self.address()
        self.assertEqual((self.counts(), address.last_bounce_at), ((0, 2), now))
        self.assertEqual((address.last_bounce_id, address.last_bounce_reason), (last, "mailboxfull"))

    def test_one_event_twice(self):
        """The same event counts once: in one batch, and later."""
        event = {"email": "ann@example.org", "severity": "soft", "source": "report", "event_key": "a"}
        first = self.env["mailing.bounce"]._record([event, event | {"email": "ANN@example.org"}])
        self.assertEqual(len(first), 1)
        self.assertFalse(self.record(key="a"))
        self.assertEqual(self.counts(), (0, 1))

    def test_several_addresses(self):
        """One batch counts each event on its own address; nothing is recorded of none."""
        events = [("b@example.org", "hard"), ("a@example.org", "soft"), ("A@Example.org", "soft"), ("", "hard")]
        self.env["mailing.bounce"]._record(
            [
                {"email": email, "severity": severity, "source": "smtp", "event_key": f"several:{number}"}
                for number, (email, severity) in enumerate(events)
            ]
        )
        self.assertEqual((self.counts("a@example.org"), self.counts("b@example.org")), ((0, 2), (1, 0)))
        self.assertFalse(self.env["mailing.bounce"]._record([]))
        self.assertFalse(self.record(""))

    def test_two_spellings_of_a_domain(self):
        """An international domain in either spelling is one address, shown as people write it."""
        self.record("zoe@münchen.example")
        self.record("Zoe@xn--mnchen-3ya.example")
        address = self.address("zoe@xn--mnchen-3ya.example")
        self.assertEqual(address.soft_bounce_count, 2)
        self.assertEqual(address.display_name, "zoe@münchen.example")

    def test_texts_of_strangers(self):
        """Whatever a server says is kept as text."""
        words = 'a "quoted" \\ {text}, with \n lines and 漢字' + "x" * 5000
        bounce = self.record(diagnostic=words, smtp_reply_code=550, enhanced_status_code="5.1.1")
        self.assertEqual(bounce.diagnostic, words[:2000])
        self.assertEqual((bounce.smtp_reply_code, bounce.enhanced_status_code), ("550", "5.1.1"))


@tagged("post_install", "-at_install")
class TestClearingBounces(LedgerCase):
    def setUp(self):
        super().setUp()
        self.sender = new_test_user(self.env, "clearing", groups="base.group_user,bulk_mailing.group_sender")

    def clear(self):
        self.address().with_user(self.sender).action_clear_bounces()

    def test_counts_anew(self):
        """B26, B27: who may send clears what was our own fault, or passed: the address is mailed again.

        Who did it is kept, and the history too; old events never count again.
        """
        self.record(severity="hard", key="old")
        self.record()
        self.clear()
        address = self.address()
        self.assertEqual((self.counts(), address.is_blocked, address.blocked_reason), ((0, 0), False, False))
        self.assertEqual((len(address.bounce_ids), address.cleared_by_id), (2, self.sender))
        self.record(severity="hard", key="old")
        self.record(severity="hard", occurred_at=fields.Datetime.now() - timedelta(hours=1))
        self.assertFalse(address.is_blocked)
        self.record(severity="hard", occurred_at=fields.Datetime.now() + timedelta(seconds=1))
        self.assertTrue(address.is_blocked)

    def test_revives_nobody_who_left(self):
        """Clearing has nothing to do with opting out."""
        self.env["mail.blacklist"]._add("ann@example.org")
        self.record(severity="hard")
        self.clear()
        self.assertTrue(self.env["mail.blacklist"].search([("email", "=", "ann@example.org")]))

    def test_stocks_counter(self):
        """Odoo's own counter on whoever has the address begins anew too; others keep theirs."""
        people = self.env["res.partner"].create(
            [{"name": name, "email": f"{name}@example.org", "message_bounce": 3} for name in ("ann", "bob")]
        )
        self.record(severity="hard")
        self.clear()
        self.assertEqual(people.mapped("message_bounce"), [0, 3])

    def test_stocks_counter_of_who_is_archived(self):
        """Who comes out of the archive after the clearing shows no bounces of before; until then each one counts."""
        archived = self.env["res.partner"].create({"name": "Ann", "email": "ann@example.org", "active": False})
        self.record(severity="hard")
        self.env["mail.thread"]._count_bounce_on_records("ann@example.org")
        self.assertEqual(archived.message_bounce, 1)
        self.clear()
        self.assertEqual(archived.message_bounce, 0)

    def test_rights(self):
        """Who may only prepare, or do nothing, may not clear; nobody but the server writes."""
        self.record(severity="hard")
        for groups in ("base.group_user", "base.group_user,bulk_mailing.group_requester"):
            user = new_test_user(self.env, groups.replace(".", "_"), groups=groups)
            with self.assertRaises(AccessError):
                self.address().with_user(user).action_clear_bounces()
        for model in ("mailing.address", "mailing.bounce"):
            with self.assertRaises(AccessError):
                self.env[model].with_user(self.sender).search([]).write({"create_date": fields.Datetime.now()})
        self.assertTrue(self.address().is_blocked)
