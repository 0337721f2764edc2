"""A campaign whose A/B test is under way: its settings decide when a mail leaves by cron."""

from odoo import models

TEST_FIELDS = {"ab_testing_schedule_datetime", "ab_testing_winner_selection", "ab_testing_winner_mailing_id"}


class UtmCampaign(models.Model):
    _inherit = "utm.campaign"

    def write(self, vals):
        # any internal user may write campaigns, and stock's cron sends the winner at the date that stands here
        if TEST_FIELDS & vals.keys() and self._is_test_under_way():
            self.env["mailing.mailing"]._check_may_send()
        return super().write(vals)

    def _is_test_under_way(self):
        tested = self.sudo().mailing_mail_ids.filtered("ab_testing_enabled")
        return any(mailing.state != "draft" for mailing in tested)
