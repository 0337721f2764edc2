"""Where records have several e-mail addresses, the chosen one is mailed."""

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from ..models.mailing_mailing.address_columns import address_fields
from .common import BulkCase
from .test_audience_left_out import LeftOutCase


def add_field(env, name, label, **values):
    """A field that an administrator made, as in Odoo's settings."""
    model = env["ir.model"]._get("res.partner")
    return env["ir.model.fields"].create(
        {"model_id": model.id, "name": name, "field_description": label, "ttype": "char", "state": "manual", **values}
    )


@tagged("post_install", "-at_install")
class TestEmailField(LeftOutCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.field = add_field(cls.env, "x_work", "Work e-mail")
        cls.people[0].x_work = '"Ada" <ADA@work.example>'
        cls.people[1].x_work = "bea@work.example"

    def mail_at_work(self, user=None, **values):
        mailing = self.mail_to(self.dutch, user or self.env.user)
        mailing.write({"email_field_id": self.field.id, **values})
        return mailing

    def test_counted_and_sent_at_that_address(self):
        """C14: the chosen field counts, in the count as in the queue; who has none there has no address."""
        mailing = self.mail_at_work()
        self.assertEqual(mailing._count_audience(), {"to_send": 2, "excluded": {"mail_email_missing": 1}})
        mailing.action_send_mail()
        traces = mailing.mailing_trace_ids
        self.assertEqual(sorted(traces.mapped("email")), ["", "ada@work.example", "bea@work.example"])
        self.assertIn("at the address in “Work e-mail”", mailing._describe_audience())

    def test_left_out_and_once_at_that_address(self):
        """C14, C18: exclusions and doubles are those of the address that is mailed."""
        self.people[2].x_work = "Bea@work.example"
        self.env["mail.blacklist"]._add("ada@work.example")
        self.env["mail.blacklist"]._add("bea@example.net")
        self.assertEqual(
            self.mail_at_work()._count_audience(), {"to_send": 1, "excluded": {"mail_bl": 1, "mail_dup": 1}}
        )
        self.people[1].function = "buyer"
        mailing = self.mail_at_work(left_out_filter_ids=[(6, 0, self.buyers.ids)])
        self.assertEqual(mailing._count_audience()["excluded"], {"mail_bl": 1, "bulk_left_out": 2})

    def test_what_can_be_chosen(self):
        """C14: lines that people fill in and that are called e-mail; not what is reckoned from them, or a secret."""
        secret = add_field(self.env, "x_secret_email", "E-mail of the doctor")
        Partner = self.env["res.partner"].with_user(self.requester)
        self.patch(type(Partner)._fields["x_secret_email"], "groups", "base.group_system")
        self.assertEqual(set(address_fields(Partner)), {"email", "x_work"})
        self.assertEqual(address_fields(self.env["crm.lead"]), ["email_from"])
        mailing = self.mail_to(self.dutch, self.requester)
        for field in (secret, self.env["ir.model.fields"]._get("res.partner", "vat")):
            with self.assertRaises(ValidationError):
                mailing.email_field_id = field
        mailing.sudo().with_user(self.env.user).email_field_id = secret
        with self.assertRaises(AccessError):
            mailing._count_audience()

    def test_in_the_four_steps(self):
        """C14: asked only where there is a choice; another kind of record forgets it; a request is bound to it."""
        self.enforce("1")
        mailing = self.mail_to(self.dutch, self.requester)
        wizard = self.walk(self.make_wizard(mailing), "audience")
        form = Form(wizard)
        self.assertTrue(form.has_email_field_choice)
        form.email_field_id = self.field
        self.assertEqual((form.to_send_count, form.excluded_count), (2, 1))
        form.save()
        self.walk(wizard).action_request()
        mailing.with_user(self.sender).email_field_id = False
        self.assertEqual(mailing.request_state, "none")
        other = self.walk(self.make_wizard(self.mail_at_work(self.sender)), "audience")
        form = Form(other)
        form.audience_kind = "list"
        self.assertFalse(form.has_email_field_choice or form.email_field_id)
        form.contact_list_ids.add(self.list)
        form.save()
        self.assertFalse(other.mailing_id.email_field_id)

    def test_not_in_odoos_own_queue(self):
        """C14: stock would mail the usual address, so that is an error in the checks."""
        self.enforce("1")
        mailing = self.mail_at_work(send_engine="classic")
        mailing.action_run_checks()
        self.assertIn("another e-mail field", " ".join(mailing.finding_ids.mapped("title")))
        mailing.with_user(self.sender)._accept_terms()
        with self.assertRaisesRegex(UserError, "another e-mail field"):
            mailing.with_user(self.sender).action_put_in_queue()


@tagged("post_install", "-at_install")
class TestEmailFieldOnTheWire(BulkCase):
    def test_to_header_and_envelope(self):
        """C14: the mail goes to the chosen address and names it, compiled or rendered record by record."""
        add_field(self.env, "x_work", "Work e-mail")
        partner = self.env["res.partner"].create(
            {"name": "Ada", "email": "ada@home.example", "x_work": "ada@work.example"}
        )
        torn = '<p><t t-foreach="range(object.id, object.id + 1)" t-as="n"><t t-out="n"/></t></p>'
        for number, body in enumerate(("<p>Hello</p>", torn), start=1):
            mailing = self.make_mailing(
                mailing_model_id=self.env["ir.model"]._get_id("res.partner"),
                mailing_domain=repr([("id", "=", partner.id)]),
                email_field_id=self.env["ir.model.fields"]._get("res.partner", "x_work").id,
                body_html=body,
            )
            self.send(mailing)
            self.assertEqual(self.server.addresses(), ["ada@work.example"] * number)
            self.assertIn(b"To: Ada <ada@work.example>", self.server.messages[-1].content.replace(b'"', b""))
