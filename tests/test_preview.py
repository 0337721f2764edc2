"""The preview: what a chosen recipient gets, without a mail, a count or a short link."""

import email
import email.policy
from base64 import b64encode

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .common import BODY, BulkCase
from .web_server import picture

PNG = picture(6, 4)
OF_ONES_OWN = {"Message-ID", "References", "Date", "List-Unsubscribe", "Received"}
LOOP = '<p>Hello <t t-out="object.name"/><t t-foreach="[1, 2]" t-as="x"> <t t-out="x"/></t></p>'


@tagged("post_install", "-at_install")
class TestPreview(BulkCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contacts = cls.make_contacts("ann@example.org", "bob@example.org", "cyd@example.org")

    def preview(self, mailing, contact):
        message = mailing.read_preview(contact.id)
        self.assertFalse(message["error"])
        return message

    def sent_to(self, address):
        [mail] = [mail for mail in self.server.messages if address in mail.recipients]
        return email.message_from_bytes(mail.content, policy=email.policy.default)

    def test_it_is_what_goes_out(self):
        """C37: headers and both parts are those of the mail that the recipient gets, but for the links' signatures."""
        for body in (BODY, LOOP):
            with self.subTest(body=body):
                self.server.forget()
                mailing = self.make_mailing(body_html=body, track_links=False)
                preview = self.preview(mailing, self.contacts[1])
                self.send(mailing)
                trace = self.env["mailing.trace"].search(
                    [("mass_mailing_id", "=", mailing.id), ("email", "=", "bob@example.org")]
                )
                token = mailing._recipient_link_values()(
                    {"trace_id": trace.id, "res_id": trace.res_id, "email": trace.email}
                )["recipient.token"]
                sent = self.sent_to("bob@example.org")
                text = sent.get_body(("plain",)).get_content()
                self.assertEqual(preview["text"], text.replace(token, "sample"))
                self.assertIn("Hello Reader 2", preview["light"])
                headers = [(name, str(value)) for name, value in sent.items() if name not in OF_ONES_OWN]
                self.assertEqual([pair for pair in preview["headers"] if pair[0] not in OF_ONES_OWN], headers)

    def test_nothing_stays_behind(self):
        """C37: no mail, no trace, no short link, no compiled mailing."""
        mailing, models = self.make_mailing(), ("link.tracker", "link.tracker.code", "mailing.content", "mailing.trace")
        before = [self.env[model].search_count([]) for model in models]
        self.assertRegex(self.preview(mailing, self.contacts[0])["text"], r"/r/\w+/m/0\b")
        self.assertEqual([self.env[model].search_count([]) for model in models], before)
        self.assertFalse(self.server.messages)

    def test_who_gets_it(self):
        """C37: those who get it, in their order, found by name and by address; who is excluded is not among them."""
        mailing = self.make_mailing()
        self.env["mail.blacklist"]._add("bob@example.org")
        found = mailing.find_preview_recipients()
        self.assertEqual([person["email"] for person in found["recipients"]], ["ann@example.org", "cyd@example.org"])
        self.assertFalse(found["has_more"])
        for term in ("reader 3", "CYD@example", " cyd@example.org "):
            [person] = mailing.find_preview_recipients(term)["recipients"]
            self.assertEqual((person["id"], person["name"]), (self.contacts[2].id, "Reader 3"))

    def test_who_does_not_get_it(self):
        """C37: somebody who is not in the audience has no preview."""
        stranger = self.env["mailing.contact"].create({"name": "Eve", "email": "eve@example.org"})
        self.assertIn("does not go to this recipient", self.make_mailing().read_preview(stranger.id)["error"])

    def test_after_the_departure(self):
        """C37: what was compiled is shown, also when the mailing has been changed since; of those who got it."""
        self.env["mail.blacklist"]._add("bob@example.org")
        mailing = self.make_mailing()
        self.send(mailing)
        mailing.subject = "Changed"
        self.assertIn("does not go to", mailing.read_preview(self.contacts[1].id)["error"])
        self.assertEqual(len(mailing.find_preview_recipients()["recipients"]), 2)
        self.assertEqual(self.preview(mailing, self.contacts[0])["subject"], "News for Reader 1")
        self.assertNotIn("token=sample", "".join(mail.content.decode() for mail in self.server.messages))

    def test_a_language_of_their_own(self):
        """C37: it is said where what is filled in is in another language than the user's."""
        self.env["res.lang"]._activate_lang("nl_NL")
        self.env["res.partner"].create({"name": "Bob", "email": "bob@example.org", "lang": "nl_NL"})
        partner = self.env["res.partner"].search([("email", "=", "bob@example.org")])
        model = self.env["ir.model"]._get_id("res.partner")
        mailing = self.make_mailing(mailing_model_id=model, mailing_domain=[("id", "=", partner.id)])
        self.assertIn("Dutch", self.preview(mailing, partner)["language"])
        self.assertFalse(self.preview(self.make_mailing(), self.contacts[0])["language"])

    @mute_logger("odoo.addons.base.models.ir_qweb")
    def test_trouble_is_one_sentence(self):
        """C37: a body that cannot be filled in says why, in place of the message."""
        mailing = self.make_mailing(body_html='<p><t t-out="1 / 0"/></p>')
        self.assertIn("division by zero", mailing.read_preview(self.contacts[0].id)["error"])

    def test_not_on_odoos_own_queue(self):
        """C37: what stock would render is not shown as if it were ours."""
        mailing = self.make_mailing(reply_to_mode="update")
        self.assertIn("bulk queue", mailing.read_preview(self.contacts[0].id)["error"])
        self.assertIn("bulk queue", mailing.find_preview_recipients()["obstacle"])

    def test_pictures_that_go_along(self):
        """C28, C37: what is sent in the message is shown from the message, as on any mail program."""
        picture = self.env["ir.attachment"].create({"name": "a.png", "raw": PNG, "public": True})
        mailing = self.make_mailing(body_html=f'<p><img src="/web/image/{picture.id}"/></p>', embed_images=True)
        page = self.preview(mailing, self.contacts[0])["light"]
        self.assertIn(f"data:image/png;base64,{b64encode(PNG).decode()}", page)
        self.assertNotIn("cid:", page)

    def test_text_alone(self):
        """C25, C37: a mailing of text alone has no page to show, and an own text is shown as it is filled in."""
        mailing = self.make_mailing(body_format="text", body_text="Hi {{ object.name }}")
        message = self.preview(mailing, self.contacts[0])
        self.assertEqual((message["light"], message["dark"]), (None, None))
        self.assertIn("Hi Reader 1", message["text"])

    def test_links_of_a_preview_do_nothing(self):
        """C37: neither the picture that counts opens nor the address that takes somebody off is a recipient's own."""
        mailing = self.make_mailing(track_opens=True)
        page = self.preview(mailing, self.contacts[0])["light"]
        self.assertIn("/mailing/t/0/sample.gif", page)
        self.assertIn("hash_token=sample", page)
        self.assertNotIn(mailing._generate_mailing_recipient_token(self.contacts[0].id, "ann@example.org"), page)


@tagged("post_install", "-at_install")
class TestPreviewRights(BulkCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        groups = "base.group_user,mail.group_mail_template_editor,sales_team.group_sale_salesman"
        cls.requester = new_test_user(
            cls.env, "rita", groups=f"{groups},bulk_mailing.group_requester", email="rita@example.org"
        )
        cls.sender = new_test_user(
            cls.env, "sally", groups="base.group_user,sales_team.group_sale_manager,bulk_mailing.group_sender"
        )
        cls.own, cls.other = cls.env["crm.lead"].create(
            [
                {"name": "Own", "email_from": "ann@example.org", "user_id": cls.requester.id, "type": "lead"},
                {"name": "Other", "email_from": "bob@example.org", "user_id": cls.sender.id, "type": "lead"},
            ]
        )
        cls.mailing = cls.make_mailing(
            user_id=cls.requester.id,
            mailing_model_id=cls.env["ir.model"]._get_id("crm.lead"),
            mailing_domain=[("id", "in", [cls.own.id, cls.other.id])],
        )

    def test_only_those_whom_one_may_read(self):
        """C37, C15: a requester sees their own leads, also of a mailing that a sender with more rights has sent."""
        self.mailing.sudo().sender_user_id = self.sender
        mailing = self.mailing.with_user(self.requester)
        self.assertEqual([person["id"] for person in mailing.find_preview_recipients()["recipients"]], self.own.ids)
        self.assertIn("Own", mailing.read_preview(self.own.id)["subject"])
        with mute_logger("odoo.addons.base.models.ir_rule"):
            self.assertIn("Uh-oh", mailing.read_preview(self.other.id)["error"])

    def test_what_one_may_not_read_is_not_filled_in(self):
        """C37, C15: placeholders are filled in with the rights of who looks."""
        self.mailing.body_html = '<p><t t-out="object.phone"/></p>'
        self.mailing.sudo().sender_user_id = self.sender
        self.patch(self.env["crm.lead"]._fields["phone"], "groups", "bulk_mailing.group_sender")
        self.assertFalse(self.mailing.with_user(self.sender).read_preview(self.own.id)["error"])
        self.assertTrue(self.mailing.with_user(self.requester).read_preview(self.own.id)["error"])

    @mute_logger("odoo.addons.base.models.ir_model")
    def test_not_for_everybody(self):
        """C37, C15: who may not read mailings has no preview."""
        plain = new_test_user(self.env, "plain", groups="base.group_user")
        for call in ("find_preview_recipients", "action_preview"):
            with self.assertRaises(AccessError):
                getattr(self.mailing.with_user(plain), call)()

    def test_nor_in_a_test_mail(self):
        """C27, C15: a test mail to a colleague shows nobody's data whom one may not read."""
        values = {"mass_mailing_id": self.mailing.id, "email_to": self.requester.email}
        wizard = self.env["mailing.mailing.test"].with_user(self.requester).create(values)
        self.assertEqual(wizard.recipient_id, self.own.id)
        wizard.recipient_id = self.other.id
        with mute_logger("odoo.addons.base.models.ir_rule"), self.assertRaises(AccessError):
            wizard.send_mail_test()
        self.assertFalse(self.server.messages)
