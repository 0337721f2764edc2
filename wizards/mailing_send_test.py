"""The four steps of a test sending say at each place that it is one."""

from odoo import api, fields, models


class MailingSend(models.TransientModel):
    _inherit = "mailing.send"

    is_test_send = fields.Boolean(related="mailing_id.is_test_send", readonly=False)

    @api.depends("is_test_send")
    def _compute_question(self):
        return super()._compute_question()

    def _question(self):
        if not self.is_test_send:
            return super()._question()
        if self.when == "now":
            return self.env._("Send this TEST to %(people)s?", people=self._people_in_words())
        return self.env._("TEST: %(question)s", question=super()._question())

    @api.depends("is_test_send")
    def _compute_options_in_words(self):
        return super()._compute_options_in_words()

    def _options_in_words(self):
        words = super()._options_in_words()
        return [*words, self.env._("test sending")] if self.is_test_send else words
