"""Who a recipient of a mailing is, in titles and exports; seen by whoever may read the record."""

from odoo import api, fields, models

from .mailing_address_people import company_of


class MailingTrace(models.Model):
    _inherit = "mailing.trace"

    recipient_name = fields.Char("Who", compute="_compute_recipient")
    recipient_company = fields.Char("Company", compute="_compute_recipient")

    @api.depends("email")
    def _compute_display_name(self):
        """A recipient is called by the address; stock's name is a number, which nobody knows them by."""
        named = self.filtered("email")
        for trace in named:
            trace.display_name = trace.email
        super(MailingTrace, self - named)._compute_display_name()

    @api.depends("model", "res_id")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_recipient(self):
        self.recipient_name = self.recipient_company = ""
        for name, traces in self.grouped("model").items():
            readable = self._recipients(name, traces.mapped("res_id"))
            for trace in traces:
                if record := readable.get(trace.res_id):
                    trace.recipient_name = record.display_name
                    trace.recipient_company = company_of(record)

    def _recipients(self, name, ids):
        """`{id: record}` of those that are still there, and that the user may read."""
        if name not in self.env:
            return {}
        records = self.env[name].browse(ids).exists()._filtered_access("read")
        return {record.id: record for record in records}
