"""Keys: made, published, replaced; and a private half that nobody gets out."""

import json

from psycopg2 import IntegrityError

from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, HttpCase, tagged
from odoo.tools import mute_logger

from ..adapters.dkim import generate
from .people import PeopleCase


class KeyCase(PeopleCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.keys = cls.env["mailing.dkim.key"].with_user(cls.admin)
        cls.key = cls.keys.create({"domain": "example.org", "selector": "bulk1"})
        cls.system = cls.make_user("system", "base.group_system,bulk_mailing.group_mail_admin")


@tagged("post_install", "-at_install")
class TestDkimKey(KeyCase):
    def pem(self, key=None):
        return (key or self.key).sudo().private_key

    def test_a_key_is_made(self):
        """A new record has a key at once, and says what to publish."""
        self.assertIn("BEGIN PRIVATE KEY", self.pem())
        self.assertEqual(self.key.dns_name, "bulk1._domainkey.example.org")
        self.assertEqual(self.key.dns_value, f"v=DKIM1; k=rsa; p={self.key.public_key}")
        self.assertIn("IN TXT ( ", self.key.dns_zone_line)
        self.assertEqual(self.key.bits, 2048)
        self.assertEqual(self.keys.create({"domain": "example.com"}).selector[:6], "bulk20")

    def test_form(self):
        """A mail administrator needs to know no more than the domain; a selector that is taken is not proposed."""
        form = Form(self.keys)
        self.assertFalse(form.selector)
        form.domain = "example.org"
        proposed = form.selector
        self.keys.create({"domain": "example.com", "selector": proposed})
        form.domain = "example.com"
        self.assertEqual(form.selector, f"{proposed}-2")
        form.domain = "News.example.net."
        self.assertTrue(form.selector)
        self.assertEqual(form.save().dns_name, f"{form.selector}._domainkey.news.example.net")

    def test_own_key(self):
        """A pasted key is taken over with its kind, replaces another, and is not shown again."""
        own = generate("ed25519")
        key = self.keys.create({"domain": "example.com", "pasted_key": own.to_pem()})
        self.assertEqual((key.algorithm, key.public_key), ("ed25519", own.public_key()))
        self.assertEqual(self.pem(key), own.to_pem())
        self.assertFalse(key.pasted_key)
        self.key.pasted_key = own.to_pem()
        self.assertEqual(self.key.public_key, own.public_key())
        self.assertFalse(self.key.pasted_key)

    def test_a_new_key(self):
        """A new key does not sign before somebody says so; then it replaces the old one."""
        new = self.keys.browse(self.key.action_make_new_key()["res_id"])
        self.assertFalse(new.active)
        self.assertNotEqual((new.selector, new.public_key), (self.key.selector, self.key.public_key))
        new.action_sign_with_this()
        self.assertEqual((new.active, self.key.active), (True, False))

    def test_refused(self):
        """What makes no key is refused in a sentence."""
        for values, sentence in (
            ({"domain": "example"}, "not a whole domain"),
            ({"domain": "news@example.org"}, "not a domain"),
            ({"domain": "192.0.2.1."}, "not a whole domain"),
            ({"domain": "example.com", "selector": "a b"}, "cannot be a selector"),
            ({"domain": "example.com", "pasted_key": "secret"}, "not a private key"),
        ):
            with self.subTest(**values), self.assertRaisesRegex(ValidationError, sentence):
                self.keys.create(values)

    @mute_logger("odoo.sql_db")
    def test_one_of_a_kind(self):
        """A domain signs with one key of each kind, and a selector names one key."""
        for values in ({"selector": "bulk1", "algorithm": "ed25519"}, {"selector": "bulk2"}):
            with self.subTest(**values), self.assertRaises(IntegrityError), self.env.cr.savepoint():
                self.keys.create({"domain": "EXAMPLE.org", **values})
        self.keys.create({"domain": "example.org", "selector": "bulk2", "algorithm": "ed25519"})

    def test_a_copy_has_a_key_of_its_own(self):
        """A duplicate does not take the private key along."""
        copy = self.key.copy({"active": False})
        self.assertNotEqual(self.pem(copy), self.pem())

    def test_nothing_in_the_log(self):
        """Not even a statement that fails brings a private key into the log."""
        with self.assertLogs(level="DEBUG") as logs, self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self.keys.create({"domain": "example.org", "selector": "bulk1"})
        self.assertNotIn("PRIVATE KEY", "\n".join(logs.output))


@tagged("post_install", "-at_install")
class TestDkimKeyRights(KeyCase, HttpCase):
    """By JSON-RPC, as a program of somebody's own would ask."""

    def call(self, user, method, *arguments, **options):
        self.authenticate(user.login, user.login)
        params = {"model": "mailing.dkim.key", "method": method, "args": arguments, "kwargs": options}
        response = self.url_open(f"/web/dataset/call_kw/mailing.dkim.key/{method}", json={"params": params})
        self.assertNotIn("PRIVATE KEY", response.text)
        return response.json()

    def assertDenied(self, answer):
        self.assertEqual(answer["error"]["data"]["name"], "odoo.exceptions.AccessError", json.dumps(answer)[:500])

    def reads(self):
        """All ways to ask for it: method and arguments."""
        ids, name = self.key.ids, "private_key"
        return (
            ("read", [ids, [name]]),
            ("search_read", [[], [name]]),
            ("search", [[(name, "like", "BEGIN")]]),
            ("search_count", [[(name, "!=", False)]]),
            ("formatted_read_group", [[], [name], ["__count"]]),
            ("export_data", [ids, [name]]),
            ("web_read", [ids, {name: {}}]),
            ("web_search_read", [[], {name: {}}]),
        )

    @mute_logger("odoo.http", "odoo.addons.base.models.ir_model", "odoo.models")
    def test_private_key_is_closed(self):
        """Whoever asks, whichever way, does not get it: mail administrators and system administrators included."""
        users = (self.requester, self.sender, self.admin, self.system)
        self.env.ref("base.group_allow_export").user_ids += self.env["res.users"].union(*users)
        for user in users:
            for method, arguments in self.reads():
                with self.subTest(user=user.login, method=method):
                    self.assertDenied(self.call(user, method, *arguments))

    def test_whole_record(self):
        """What administrators get of a whole key, its defaults and its fields is without the private half."""
        for user in (self.admin, self.system):
            [values] = self.call(user, "read", self.key.ids)["result"]
            self.assertNotIn("private_key", values)
            self.assertFalse(values["pasted_key"])
            self.assertNotIn("private_key", self.call(user, "fields_get")["result"])
            self.assertNotIn("private_key", self.call(user, "default_get", ["private_key", "domain"])["result"])

    @mute_logger("odoo.http", "odoo.addons.base.models.ir_model")
    def test_others_have_no_keys(self):
        """Who only prepares or sends sees no keys at all, and makes none."""
        for user in (self.requester, self.sender, self.stock_user, self.plain):
            self.assertDenied(self.call(user, "search_read", [], ["domain"]))
            self.assertDenied(self.call(user, "create", [{"domain": "example.com"}]))
            self.assertDenied(self.call(user, "action_make_new_key", self.key.ids))
            self.assertDenied(self.call(user, "action_sign_with_this", self.key.ids))

    def test_pasting_answers_nothing(self):
        """Saving a pasted key does not send it back."""
        values = {"domain": "example.com", "pasted_key": generate("ed25519").to_pem()}
        [saved] = self.call(self.admin, "web_save", [], values, {"pasted_key": {}, "domain": {}})["result"]
        self.assertEqual((saved["domain"], saved["pasted_key"]), ("example.com", False))

    def test_export_screen(self):
        """The export screen does not offer it."""
        self.authenticate(self.system.login, self.system.login)
        params = {"model": "mailing.dkim.key", "domain": [], "import_compat": False}
        answer = self.url_open("/web/export/get_fields", json={"params": params}).json()["result"]
        names = {field["id"] for field in answer}
        self.assertIn("domain", names)
        self.assertFalse({"private_key", "pasted_key"} & names)

    def test_templates(self):
        """Nor can it be had by way of a rendered text."""
        for user in (self.admin, self.system):
            renderer = self.env["mail.render.mixin"].with_user(user)
            with self.assertRaises(UserError):
                renderer._render_template("{{ object.private_key }}", "mailing.dkim.key", self.key.ids)
