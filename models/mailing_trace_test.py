"""The recipients of a test sending: they were mailed, or not; whether they read it is not kept."""

from odoo import api, fields, models


class MailingTrace(models.Model):
    _inherit = "mailing.trace"

    # stock's related field but for tests: by it campaigns count, and know who has been reached
    campaign_id = fields.Many2one("utm.campaign", compute="_compute_campaign_id", related=None)

    @api.depends("mass_mailing_id.campaign_id", "is_test_trace")
    def _compute_campaign_id(self):
        for trace in self:
            trace.campaign_id = not trace._is_of_test_mail() and trace.mass_mailing_id.campaign_id

    def _is_of_test_mail(self):
        # text messages have tests of their own, which stock counts
        return self.is_test_trace and self.trace_type == "mail"

    def _without_test_mails(self, domain):
        return (self + self.search(domain or [(0, "=", 1)])).filtered(lambda trace: not trace._is_of_test_mail())

    def set_opened(self, domain=None):
        return super(MailingTrace, self._without_test_mails(domain)).set_opened()

    def set_clicked(self, domain=None):
        return super(MailingTrace, self._without_test_mails(domain)).set_clicked()

    def set_replied(self, domain=None):
        return super(MailingTrace, self._without_test_mails(domain)).set_replied()


class MailingTraceReport(models.Model):
    _inherit = "mailing.trace.report"

    def _report_get_request_where_items(self):
        is_test_mail = "(trace.is_test_trace IS TRUE AND trace.trace_type = 'mail')"
        return [*super()._report_get_request_where_items(), f"NOT {is_test_mail}"]
