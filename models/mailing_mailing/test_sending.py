"""A test sending: it goes to its audience like any mailing, and its results say nothing about the recipients."""

from odoo import fields, models


class MailingMailing(models.Model):
    _inherit = "mailing.mailing"

    is_test_send = fields.Boolean(
        "Test sending",
        help="It goes out like any mailing. Its results are not kept with the recipients, and count in no statistics.",
    )

    def _overview_rows(self):
        rows = super()._overview_rows()
        if self.is_test_send:
            rows.append((self.env._("Test sending"), self.env._("Yes: its results are not kept with the recipients")))
        return rows
