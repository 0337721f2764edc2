"""Who left a list, and is deleted: no way back into the mail, whatever keeps the address or brings it back."""

from urllib.parse import urlsplit

from odoo.tests import HttpCase, new_test_user, tagged

from .blocked_case import FULL, WORKS
from .common import BulkCase
from .recipients import links, make_trace
from .test_blocked_actions import ActionsCase
from .webhook_case import GONE as NO_SUCH_USER
from .webhook_case import WebhookCase

LEFT = {"opt_out": True}


@tagged("post_install", "-at_install")
class TestDeletedWhileWaiting(BulkCase):
    def setUp(self):
        super().setUp()
        [self.ann, _bob] = self.make_contacts("ann@example.org", "bob@example.org")
        self.mailing = self.make_mailing()

    def delete_ann(self):
        of_ann = self.mailing.mailing_trace_ids.filtered(lambda trace: trace.res_id == self.ann.id)
        of_ann._addresses()._delete_everywhere()

    def test_gets_nothing(self):
        """B25: who left the list while their mail waited, and was deleted then, does not get it."""
        self.enqueue(self.mailing)
        self.mailing.action_pause()
        self.ann.subscription_ids.opt_out = True
        self.delete_ann()
        self.assertFalse(self.ann.email)
        self.mailing.action_resume()
        self.run_lane()
        self.assertSummary(self.delivery_summary(self.mailing), accepted=1, sent=1, excluded=1)

    def test_address_is_another_now(self):
        """Who left while their mail waited does not get it at the address of before, whatever theirs is now."""
        self.enqueue(self.mailing)
        self.ann.write({"email": "ann@example.com", "subscription_ids": [(1, self.ann.subscription_ids.id, LEFT)]})
        self.run_lane()
        self.assertSummary(self.delivery_summary(self.mailing), accepted=1, sent=1, excluded=1)
        self.assertEqual(self.excluded_reasons(self.mailing), {"mail_optout": 1})

    def test_stays_blocked_when_the_mailing_is_done(self):
        """B25: and when nothing has the address any more, and it goes for good, it is known when it comes back."""
        self.enqueue(self.mailing)
        self.ann.subscription_ids.opt_out = True
        self.delete_ann()
        self.run_lane()
        self.delete_ann()
        self.assertFalse(self.env["mailing.address"].search([("email", "=", "ann@example.org")]))
        self.assertTrue(self.make_contacts("ann@example.org").email_is_blocked)


@tagged("post_install", "-at_install")
class TestDeletedWhoLeft(ActionsCase):
    def setUp(self):
        super().setUp()
        self.readers = self.env["mailing.list"].create({"name": "Readers"})
        self.wim = self.leave("Wim", WORKS)
        self.lists_only = new_test_user(
            self.env, "lists.only", groups="base.group_user,mass_mailing.group_mass_mailing_user"
        )

    def leave(self, name, email):
        """A contact who left the list."""
        subscription = (0, 0, {"list_id": self.readers.id, "opt_out": True})
        return self.env["mailing.contact"].create({"name": name, "email": email, "subscription_ids": [subscription]})

    def known(self, email, user=None):
        trace = self.env["mailing.trace"].create({"model": "res.partner", "res_id": 1, "email": email})
        return trace.with_user(user or self.sender)._addresses()

    def audience(self):
        values = {"subject": "News", "mailing_model_id": self.env["ir.model"]._get_id("mailing.list")}
        mailing = self.env["mailing.mailing"].create(values | {"contact_list_ids": [(6, 0, self.readers.ids)]})
        return mailing._count_audience()["to_send"]

    def test_somebody_elses_record_keeps_it(self):
        """B25: a record that the person may not change keeps the address; an import onto the list mails nobody."""
        self.env["res.partner"].create({"name": "Wim Works", "email": WORKS})
        self.known(WORKS, self.lists_only)._delete_everywhere()
        self.assertFalse(self.wim.email)
        back = self.env["mailing.contact"].create({"email": WORKS, "list_ids": [(4, self.readers.id)]})
        self.assertEqual((back.email_is_blocked, self.audience()), (True, 0))
        self.addresses(WORKS).action_clear_bounces()
        self.assertEqual(self.audience(), 0)

    def test_their_leaving_is_kept(self):
        """Where the record that left keeps its address, nothing more is blocked than before."""
        self.env["ir.rule"].create(
            {
                "name": "Wim is not to be changed",
                "model_id": self.env["ir.model"]._get_id("mailing.contact"),
                "domain_force": f"[('id', '!=', {self.wim.id})]",
                "perm_read": False,
            }
        )
        self.known(WORKS)._delete_everywhere()
        self.assertEqual((self.wim.email, self.wim.email_is_blocked), (WORKS, False))
        self.assertFalse(self.env["mailing.address.deleted"].search([]))

    def test_corrected_after_a_bounce(self):
        """B9, B25: who had left, came back and bounced is not mailed at the right address either."""
        self.env["mailing.address.deleted"]._keep(self.addresses(FULL), self.addresses(FULL))
        wizard = self.dialog(self.addresses(FULL).action_correct(), new_email="fay@example.com")
        self.assertIn("It is on the exclusion list", self.told(wizard.action_correct()))
        self.assertTrue(self.full.is_blacklisted)


@tagged("post_install", "-at_install")
class TestCallAboutDeleted(WebhookCase):
    def test_late_bounce(self):
        """B25: a provider that tells of a bounce after the deletion does not bring the address back; a complaint is
        a wish, and is kept."""
        email, signer = "fay@example.org", self.signers["sendgrid"]
        for reason in ("userunknown", "opted_out"):
            self.env["mailing.bounce"]._record(
                [{"email": email, "severity": "hard", "reason": "userunknown", "source": "report", "event_key": reason}]
            )
            address = self.address(email)
            self.env["mailing.address.deleted"]._keep(address, address if reason == "opted_out" else address.browse())
            address.unlink()
            self.tell("sendgrid", signer.bounce(email, "", words=NO_SUCH_USER, event=reason))
            self.assertFalse(self.address(email))
        self.tell("sendgrid", signer.complaint(email, ""))
        self.assertEqual(self.address(email).blocked_reason, "complaint")
        self.assertTrue(self.env["mail.blacklist"].search([("email", "=", email)]))

    def test_came_back(self):
        """Once the address is here again, what comes back from it is kept as ever."""
        email, signer = "fay@example.org", self.signers["sendgrid"]
        self.tell("sendgrid", signer.bounce(email, "", words=NO_SUCH_USER, event="1"))
        self.env["mailing.address.deleted"]._keep(self.address(email), self.address(email))
        self.address(email).unlink()
        self.env["mailing.contact"].create({"email": email})
        self.tell("sendgrid", signer.bounce(email, "", words=NO_SUCH_USER, event="2"))
        self.assertEqual(self.bounces(email).mapped("source"), ["webhook"])


@tagged("post_install", "-at_install")
class TestComesBackThemselves(HttpCase):
    def setUp(self):
        super().setUp()
        self.trace = make_trace(self.env, "ann@example.org")
        contact = self.env["mailing.contact"].browse(self.trace.res_id)
        self.list = contact.list_ids
        contact.subscription_ids.opt_out = True
        self.trace._addresses()._delete_everywhere()
        self.back = self.env["mailing.contact"].create({"name": "Ann", "email": "ann@example.org"})
        self.assertTrue(self.back.email_is_blocked)
        self.list.is_public = True

    def choose(self, lists, **values):
        """Save the page where one chooses one's lists, opened by the link of the old mail."""
        mailing, number = self.trace.mass_mailing_id, self.trace.res_id
        token = mailing._generate_mailing_recipient_token(number, "ann@example.org")
        told = {"mailing_id": mailing.id, "document_id": number, "email": "ann@example.org", "hash_token": token}
        answer = self.make_jsonrpc_request("/mailing/list/update", told | {"lists_optin_ids": lists.ids} | values)
        self.env.invalidate_all()
        return answer

    def test_is_let_back(self):
        """Who had left, was deleted, and subscribes again by the link of a mail is mailed, and stays so."""
        self.choose(self.list)
        self.assertFalse(self.back.email_is_blocked)
        self.assertFalse(self.env["mailing.address.deleted"].search([]))

    def test_leaving_lets_nobody_back(self):
        """Neither does leaving, or saving the page as it is, nor a link that was made up."""
        other = self.env["mailing.list"].create({"name": "Other", "is_public": True})
        self.back.list_ids = other
        for lists in (other, self.list, other.browse()):
            self.choose(lists)
            self.assertTrue(self.back.email_is_blocked)
        self.assertEqual(self.choose(other, hash_token="0" * 64), "unauthorized")
        self.assertTrue(self.back.email_is_blocked)


@tagged("post_install", "-at_install")
class TestLeavesAfterwards(HttpCase):
    def setUp(self):
        super().setUp()
        self.trace = make_trace(self.env, "ann@example.org")
        self.contact = self.env["mailing.contact"].browse(self.trace.res_id)
        self.link = urlsplit(links(self.trace)["one_click_url"])

    def leave(self):
        """One click in the mail that they have still."""
        answer = self.url_open(f"{self.link.path}?{self.link.query}", data={"List-Unsubscribe": "One-Click"})
        self.assertEqual(answer.status_code, 200)
        self.env.invalidate_all()

    def come_back(self):
        return self.env["mailing.contact"].create({"name": "Ann", "email": "ann@example.org"})

    def test_was_deleted(self):
        """Who leaves a list by the link of a mail after their deletion is off it, and blocked when they come back."""
        self.trace._addresses()._delete_everywhere()
        self.leave()
        self.assertTrue(self.contact.subscription_ids.opt_out)
        self.assertTrue(self.come_back().email_is_blocked)

    def test_colleagues_record_has_the_address(self):
        """Where a record of another kind has it still, that is blocked at once, not when it is changed by chance."""
        partner = self.env["res.partner"].create({"name": "Ann", "email": "ann@example.org"})
        self.contact.email = False
        self.leave()
        self.assertTrue(partner.email_is_blocked)

    def test_is_on_its_way(self):
        """Where the address is still in use, as another mail is on its way, the answer by mail counts as well."""
        self.contact.email = False
        mailing = self.trace.mass_mailing_id
        mailing._unsubscribe_recipient("ann@example.org", "", self.contact.id)
        self.env.flush_all()
        left = mailing._who_left([{"email": "ann@example.org", "res_id": self.contact.id}])
        self.assertEqual(left, {"ann@example.org": "mail_optout"})

    def test_has_another_address(self):
        """Whose address was corrected since the mail is off the list, and nothing is blocked."""
        self.contact.email = "ann@example.com"
        self.leave()
        self.assertTrue(self.contact.subscription_ids.opt_out)
        self.assertFalse(self.come_back().email_is_blocked)

    def test_somebody_else_has_the_address(self):
        """Where another contact has the address now, it is that one who leaves, as ever, and nothing is blocked."""
        self.contact.email = False
        again = self.come_back()
        again.list_ids = self.contact.list_ids
        self.leave()
        self.assertTrue(again.subscription_ids.opt_out)
        self.assertFalse(self.env["mailing.address.deleted"].search([]))
