"""Webhooks are the mail administrator's; their keys go in, and come out for nobody."""

from odoo.exceptions import ValidationError
from odoo.tests import Form, HttpCase, tagged
from odoo.tools import mute_logger

from .people import PeopleCase

KEY = "key-0123456789abcdef0123"


@tagged("post_install", "-at_install")
class TestWebhookRights(PeopleCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.webhooks = cls.env["mailing.webhook"].with_user(cls.admin)
        cls.webhook = cls.webhooks.create({"name": "News", "provider": "mailgun", "pasted_key": KEY})
        cls.system = cls.make_user("system", "base.group_system,bulk_mailing.group_mail_admin")

    def call(self, user, method, *arguments, model="mailing.webhook", **options):
        self.authenticate(user.login, user.login)
        params = {"model": model, "method": method, "args": arguments, "kwargs": options}
        response = self.url_open(f"/web/dataset/call_kw/{model}/{method}", json={"params": params})
        self.assertNotIn(KEY, response.text)
        return response.json()

    def assertDenied(self, answer):
        self.assertEqual(answer["error"]["data"]["name"], "odoo.exceptions.AccessError")

    def secret(self, webhook=None):
        return (webhook or self.webhook).sudo().secret

    def test_form(self):
        """Name, provider, save; then the address to set there, and a key that is not shown."""
        form = Form(self.webhooks)
        form.name, form.provider = "News", "postmark"
        webhook = form.save()
        self.assertFalse(webhook.has_key)
        self.assertRegex(webhook.url, r"^https?://[^/]+/mailing/webhook/[\w-]{32}$")
        with Form(webhook) as form:
            form.pasted_key = f" {KEY}\n"
        self.assertEqual(self.secret(webhook), KEY)
        self.assertTrue(webhook.has_key)
        self.assertFalse(webhook.pasted_key)

    def test_keys(self):
        """What cannot be a key is refused in a sentence, when it is set and when it is changed."""
        for provider, key, sentence in (
            ("amazon_ses", "arn:aws:s3:::bucket", "not the ARN"),
            ("sendgrid", "SG.something", "not the verification key"),
            ("mailgun", "short", "too short"),
            ("postmark", "short", "at least 16"),
        ):
            with self.subTest(provider), self.assertRaisesRegex(ValidationError, sentence):
                self.webhooks.create({"name": "x", "provider": provider, "pasted_key": key})
        with self.assertRaises(ValidationError):
            self.webhook.pasted_key = "short"
        self.assertEqual(self.secret(), KEY)

    def test_another_provider(self):
        """The key of one provider is none of another's."""
        self.webhook.provider = "postmark"
        self.assertFalse(self.webhook.has_key)
        self.webhook.write({"provider": "amazon_ses", "pasted_key": "arn:aws:sns:eu-west-1:123456789012:mail"})
        self.assertTrue(self.webhook.has_key)

    def test_address(self):
        """The server makes addresses that nobody can guess, one for each, and another when it is asked to."""
        other = self.webhooks.create({"name": "x", "provider": "mailgun"})
        before = self.webhook.token
        self.webhook.action_change_address()
        copy = self.webhook.copy()
        tokens = {before, other.token, self.webhook.token, copy.token}
        self.assertEqual(len(tokens), 4)
        self.assertEqual({len(token) for token in tokens}, {32})
        self.assertFalse(copy.has_key)
        self.assertFalse(self.secret(copy))

    @mute_logger("odoo.http", "odoo.addons.base.models.ir_model", "odoo.models")
    def test_key_is_closed(self):
        """Whoever asks, whichever way, does not get it."""
        ids, users = self.webhook.ids, (self.requester, self.sender, self.admin, self.system)
        self.env.ref("base.group_allow_export").user_ids += self.env["res.users"].union(*users)
        for user in users:
            for method, arguments in (
                ("read", [ids, ["secret"]]),
                ("search_read", [[], ["secret"]]),
                ("search", [[("secret", "like", "key")]]),
                ("formatted_read_group", [[], ["secret"], ["__count"]]),
                ("export_data", [ids, ["secret"]]),
                ("web_read", [ids, {"secret": {}}]),
            ):
                with self.subTest(user=user.login, method=method):
                    self.assertDenied(self.call(user, method, *arguments))
        [values] = self.call(self.admin, "read", ids)["result"]
        self.assertNotIn("secret", values)
        self.assertFalse(values["pasted_key"])
        values = {"pasted_key": KEY}
        [saved] = self.call(self.admin, "web_save", ids, values, {"pasted_key": {}, "has_key": {}})["result"]
        self.assertEqual((saved["has_key"], saved["pasted_key"]), (True, False))

    @mute_logger("odoo.http", "odoo.addons.base.models.ir_model")
    def test_others(self):
        """Who only prepares or sends sees no webhook, makes none, and changes none; nobody writes a call."""
        values = {"name": "x", "provider": "mailgun"}
        for user in (self.requester, self.sender, self.stock_user, self.plain):
            self.assertDenied(self.call(user, "search_read", [], ["token"]))
            self.assertDenied(self.call(user, "create", [values]))
            self.assertDenied(self.call(user, "write", self.webhook.ids, {"pasted_key": KEY}))
            self.assertDenied(self.call(user, "action_change_address", self.webhook.ids))
        call = {"webhook_id": self.webhook.id, "call_key": "x", "called_at": "2026-01-01", "event_count": 1}
        self.assertDenied(self.call(self.admin, "create", [call], model="mailing.webhook.call"))

    def test_menu(self):
        """Mail administrators find it in the menu, and nobody else."""
        menu = self.env.ref("bulk_mailing.mailing_webhook_menu").id
        users = (self.requester, self.sender, self.stock_user, self.admin)
        found = [user for user in users if menu in self.env["ir.ui.menu"].with_user(user)._visible_menu_ids()]
        self.assertEqual(found, [self.admin])
