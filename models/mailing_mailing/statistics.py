"""What a mailing brought, and what nobody counted."""

from odoo import api, fields, models

from ...core import tokens
from .recipient_links import OPEN_SCOPE

NEVER_ARRIVED = ("bounce", "error", "cancel")


class MailingMailing(models.Model):
    _inherit = "mailing.mailing"

    is_opens_measured = fields.Boolean(compute="_compute_is_opens_measured")

    @api.depends("send_engine", "track_opens", "mailing_type")
    def _compute_is_opens_measured(self):
        for mailing in self:
            mailing.is_opens_measured = mailing.track_opens or not mailing._uses_queue()

    @api.model
    def _count_open(self, trace_id, signature):
        """Count an open if the signature is the trace's own; returns whether it is."""
        if not tokens.is_signature(self._token_key(), OPEN_SCOPE, trace_id, signature):
            return False
        # sudo: who reads a mail has no account; the signature is the right
        trace = self.env["mailing.trace"].sudo().browse(trace_id).exists()
        # a bounce stays a bounce, also when a machine on the way fetched the picture
        if trace.mass_mailing_id.track_opens and trace.trace_status not in NEVER_ARRIVED:
            trace.set_opened()
        return True
