"""What is given for sending begins at once."""

from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .people import PeopleCase


@tagged("post_install", "-at_install")
class TestAtOnce(PeopleCase):
    def woken_at(self, **values):
        """When the job that lets mailings depart is woken, after the last "Send"."""
        cron = self.env.ref("mass_mailing.ir_cron_mass_mailing_queue")
        triggers = self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)])
        wizard = self.make_wizard(self.make_mailing(self.sender))
        wizard.write(values)
        self.walk(wizard).action_send()
        return (self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)]) - triggers).mapped("call_at")

    def test_the_job_is_woken(self):
        """C20, C38: in that very moment, not at the next full hour; later only for later."""
        [at_once] = self.woken_at()
        self.assertLessEqual(at_once, fields.Datetime.now())
        moment = fields.Datetime.now().replace(microsecond=0) + timedelta(days=2)
        self.assertEqual(self.woken_at(when="later", send_at=moment), [moment])
