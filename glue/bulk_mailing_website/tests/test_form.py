"""Forms of the website refuse an address that no mail can reach, and pass when the DNS does not answer."""

import json
import threading

from odoo.http import root
from odoo.tests import tagged

from odoo.addons.bulk_mailing.adapters.dns import FakeMailDomains
from odoo.addons.bulk_mailing.core.validity import DomainAnswer
from odoo.addons.bulk_mailing.tests.dns_case import DnsCase


class AllAtOnce(FakeMailDomains):
    """A DNS that says nothing before so many have been asked about."""

    def __init__(self, number):
        super().__init__({})
        self._all = threading.Barrier(number, timeout=10)

    def ask(self, domain):
        super().ask(domain)
        self._all.wait()
        return DomainAnswer.MAIL_SERVER


@tagged("post_install", "-at_install")
class TestForm(DnsCase):
    def send(self, email, name="email_from", **values):
        """Send the contact form as a visitor; what comes back."""
        return self.post({"name": "Ann", "subject": "Hello", "company": "Garden", name: email, **values})

    def post(self, values):
        return json.loads(self.url_open("/website/form/crm.lead", data=values).text)

    def leads(self, email):
        return self.env["crm.lead"].search([("email_from", "=", email)])

    def test_alive(self):
        """An address whose domain takes mail becomes a lead."""
        self.assertEqual(self.send("ann@alive.example")["id"], self.leads("ann@alive.example").id)

    def test_dead(self):
        """B7: a domain that does not exist, or takes no mail, is refused with a sentence beside the field."""
        told = self.send("ann@dead.example")
        sentence = "“ann@dead.example” cannot get mail: “dead.example” does not exist. Please look at it again."
        self.assertEqual(told, {"error": sentence, "error_fields": {"email_from": sentence}})
        self.assertIn("“no-mail.example” takes none", self.send("ann@no-mail.example")["error"])
        self.assertIn("is not a mail address. Did you mean ann@gmail.com?", self.send("ann@gmail,com")["error"])
        self.assertFalse(self.leads("ann@dead.example"))

    def test_no_answer(self):
        """A DNS that is silent or broken keeps nobody out."""
        for email in ("ann@silent.example", "ann@broken.example"):
            self.assertEqual(self.send(email)["id"], self.leads(email).id)

    def test_silence_is_remembered(self):
        """Who looks at the form again does not wait again for a DNS that was silent a moment ago."""
        self.send("ann@silent.example")
        asked = self.dns.asked.count("silent.example")
        self.assertTrue(asked)
        self.assertTrue(self.send("bob@silent.example")["id"])
        self.assertEqual(self.dns.asked.count("silent.example"), asked)

    def test_addresses_at_once(self):
        """The domains of all fields are asked about at once: one silence is as long as three."""
        dns = AllAtOnce(3)
        self.patch(self.registry["mailing.recipient.domain"], "_dns", lambda model, **options: dns)
        others = {"Your e-mail": "bob@two.example", "Her e-mail": "cyd@three.example"}
        self.assertTrue(self.send("ann@one.example", **others)["id"])
        self.assertEqual(sorted(dns.asked), ["one.example", "three.example", "two.example"])

    def test_typo(self):
        """A likely slip is asked about once; whoever sends it again means it."""
        question = "Did you mean ann@gmail.com? If “ann@gmial.com” is right, send it once more."
        self.assertEqual(self.send("ann@gmial.com")["error"], question)
        self.assertEqual(self.send("ann@gmial.com")["id"], self.leads("ann@gmial.com").id)

    def test_session_stays_small(self):
        """What is too long for an address is refused, and not remembered."""
        self.send("ann@gmial.com")
        self.assertIn("is not a mail address", self.send("a" * 5_000)["error"])
        session = root.session_store.get(self.opener.cookies["session_id"])
        self.assertEqual(session["bulk_mailing_asked_about"], ["ann@gmial.com"])

    def test_megabytes_are_refused_in_short(self):
        """Who sends a megabyte for an address is told so in a sentence, whatever stands in it, and nobody is asked."""
        letters, asked = "abcde" * 50_000, len(self.dns.asked)
        for email in (letters, f"ann@{letters}", f"ann@{letters}.example", f"Ann <ann@alive.example> {'(' * 250_000}"):
            told = self.send(email)["error"]
            self.assertIn("is not a mail address", told)
            self.assertLess(len(told), 200)
        self.assertEqual(len(self.dns.asked), asked)

    def test_dead_is_not_confirmed(self):
        """A dead domain is refused however often it is sent."""
        for _time in range(3):
            self.assertIn("does not exist", self.send("ann@dead.example")["error"])

    def test_own_field(self):
        """A field that the website's owner added, and called an address, counts as well; others do not."""
        self.assertIn("does not exist", self.send("ann@alive.example", **{"Your E-mail": "bob@dead.example"})["error"])
        values = {"Subject of the e-mail_subject": "bob@dead.example", "Remarks": "bob@dead.example"}
        self.assertTrue(self.send("ann@alive.example", **values)["id"])

    def test_labels_that_speak_of_mail(self):
        """A box to tick, a choice and a question are no addresses, whatever their labels say; the form is sent."""
        for label, value in (
            ("Send me e-mails", "Yes"),
            ("E-mail me", "on"),
            ("Contact by mail or phone?", "Phone"),
            ("What is wrong with our e-mails?", "They come twice\nto me @ home"),
            ("Other e-mail addresses", "bob@dead.example, cyd@alive.example"),
            ("More e-mail addresses", "bob@dead.example;cyd@dead.example"),
            ("E-mail or Mastodon", "@ann@dead.example"),
            ("E-mail or Instagram", "@ann"),
            ("E-mail or page", "https://dead.example/@ann"),
            ("E-mail or blog", "dead.example/@ann"),
            ("email_cc", "bob@dead.example, cyd@dead.example"),
        ):
            with self.subTest(label):
                self.assertTrue(self.send("ann@alive.example", **{label: value}).get("id"))

    def test_own_field_with_name(self):
        """In a field that was added, an address with a name before it counts."""
        self.assertIn("does not exist", self.send("ann@alive.example", **{"E-mail": "Bob <bob@dead.example>"})["error"])

    def test_own_field_is_no_box(self):
        """The form's own address is refused when it is none, or several."""
        for text in ("Yes", "ann@alive.example, bob@alive.example"):
            self.assertIn("is not a mail address", self.send(text)["error"])

    def test_others_hide_no_address(self):
        """However many fields speak of mail, the form's own address is looked at, and the first added ones."""
        boxes = {f"E-mail about {topic}": "Yes" for topic in ("tulips", "roses", "weeds", "tools")}
        values = {**boxes, "Your e-mail": "bob@dead.example", "name": "Ann", "email_from": "ann@alive.example"}
        self.assertEqual(list(self.post(values)["error_fields"]), ["Your e-mail"])
        people = {f"E-mail of friend {number}": f"bob@friend-{number}.example" for number in range(4)}
        self.assertIn(
            "email_from", self.post({**people, "name": "Ann", "email_from": "ann@dead.example"})["error_fields"]
        )

    def test_unknown_model(self):
        """Who names a model that does not exist gets stock's answer."""
        told = json.loads(self.url_open("/website/form/no.model", data={"email_from": "Yes"}).text)
        self.assertIn("does not exist", told["error"])

    def test_what_is_known_needs_no_question(self):
        """The answer that the background has is taken."""
        self.env["mailing.recipient.domain"]._keep({"known.example": "does_not_exist", "fine.example": "mail_server"})
        self.assertIn("does not exist", self.send("ann@known.example")["error"])
        self.assertTrue(self.send("ann@fine.example")["id"])
        self.assertFalse({"known.example", "fine.example"}.intersection(self.dns.asked))

    def test_tour(self):
        """B7: in a browser, the sentence stands beneath the address, and the mended one is sent."""
        self.start_tour("/contactus", "bulk_mailing_website_form")
        self.assertTrue(self.env["mail.mail"].search([("reply_to", "=", "ann@alive.example")]))
