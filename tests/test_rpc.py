"""Ways round the four steps, tried over JSON-RPC by who may only prepare: none lets a mail leave."""

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .rpc import RpcCase


@tagged("post_install", "-at_install")
class TestRpc(RpcCase):
    @mute_logger("odoo.http", "odoo.sql_db", "odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")
    def test_state_and_copy(self):
        """C15: write, create, import, copy, crons, server actions and the composer: a requester sends by none."""
        self.authenticate(self.requester.login, self.requester.login)
        mailing, ids = "mailing.mailing", [self.mailing.id]
        queue = self.env.ref("mass_mailing.ir_cron_mass_mailing_queue")
        server_action = queue.ir_actions_server_id.id
        leaving = {"subject": "x", "state": "in_queue", "email_from": "news@example.org"}
        refused = [
            *((mailing, "write", ids, {"state": state}) for state in ("in_queue", "sending", "done")),
            (mailing, "write", ids, {"request_state": "approved"}),
            (mailing, "write", ids, {"sender_user_id": self.sender.id}),
            (mailing, "write", ids, {"flight_state": "running"}),
            (mailing, "web_save", ids, {"state": "in_queue"}, {}),
            (mailing, "create", [leaving]),
            (mailing, "copy", ids, {"state": "in_queue"}),
            (mailing, "copy", ids, {"request_state": "approved"}),
            ("ir.cron", "method_direct_trigger", [queue.id]),
            ("ir.cron", "create", [{"name": "x", "model_id": 1, "code": "pass"}]),
            ("ir.actions.server", "create", [{"name": "x", "model_id": 1, "state": "code", "code": "pass"}]),
            ("mailing.mailing.schedule.date", "create", [{"mass_mailing_id": self.mailing.id}]),
            ("mailing.trace", "create", [{"mass_mailing_id": self.mailing.id}]),
        ]
        for call in refused:
            with self.subTest(call):
                self.assertEqual(self.call(*call), "odoo.exceptions.AccessError")
        # stock lets who may write mailings run it: it lets depart what senders have given for sending, and nothing else
        self.call("ir.actions.server", "run", [server_action])
        self.call(mailing, "load", ["subject", "state", "email_from"], [["x", "in_queue", "news@example.org"]])
        self.assertEqual(self.call(mailing, "copy", ids), "")

    @mute_logger("odoo.http", "odoo.addons.base.models.ir_model")
    def test_composer(self):
        """C15: Odoo's composer mails nobody in the name of a mailing for who may not send."""
        partner = self.env["res.partner"].create({"name": "Ann", "email": "ann@example.org"})
        values = {
            "composition_mode": "mass_mail",
            "model": "res.partner",
            "res_ids": str(partner.ids),
            "subject": "x",
            "body": "<p>x</p>",
            "mass_mailing_id": self.mailing.id,
        }
        for user in (self.requester, self.plain):
            composer = self.env["mail.compose.message"].with_user(user).create(values)
            with self.assertRaises(AccessError):
                composer.action_send_mail()

    def test_text_messages(self):
        """C15: neither the mailing's own method nor the composer texts anybody for who may not send."""
        values = {"mailing_type": "sms", "body_plaintext": "Hi", "email_from": False}
        mailing = self.make_mailing(self.requester, **values)
        with self.assertRaises(AccessError):
            mailing.action_send_sms(self.contacts.ids)
        composing = mailing._send_sms_get_composer_values(self.contacts.ids)
        for user in (self.requester, self.plain):
            with self.assertRaises(AccessError):
                self.env["sms.composer"].with_user(user).create(composing)._action_send_sms()

    def test_campaign_of_a_test_under_way(self):
        """C15, C34: who may not send does not bring the sending of a winner forward."""
        mailing = self.make_mailing(self.sender, ab_testing_enabled=True)
        campaign = mailing.campaign_id.with_user(self.plain)
        campaign.ab_testing_schedule_datetime = "2030-01-01"
        mailing.sudo().state = "done"
        for user in (self.requester, self.plain):
            with self.assertRaises(AccessError):
                campaign.with_user(user).ab_testing_schedule_datetime = "2020-01-01"
        campaign.with_user(self.sender).ab_testing_schedule_datetime = "2031-01-01"
