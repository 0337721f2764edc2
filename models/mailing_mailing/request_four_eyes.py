"""Four eyes: nobody approves what they prepared or asked for themselves, and nothing leaves without an approval."""

from odoo import api, fields, models
from odoo.exceptions import AccessError


class MailingMailing(models.Model):
    _inherit = "mailing.mailing"

    may_decide = fields.Boolean(compute="_compute_may_decide", help="Whether you may approve or reject it.")

    @api.depends("requested_by_id", "user_id")
    @api.depends_context("uid")
    def _compute_may_decide(self):
        for mailing in self:
            mailing.may_decide = mailing._may_send() and not (mailing._needs_four_eyes() and mailing._is_own())

    def _needs_four_eyes(self):
        if self.mailing_type != "mail" or self._is_sent_in_part():
            return False
        # of all who have to do with it: nobody gets round it by giving the mailing to somebody elsewhere
        companies = self.sudo()._bulk_company() | self.env.user.company_id | self.sudo().create_uid.company_id
        return any(companies.sudo().mapped("bulk_four_eyes"))

    def _is_own(self):
        return self.env.user in self.sudo()._who_prepared()

    def _who_prepared(self):
        return self.create_uid | self.user_id | self.requested_by_id

    def _check_four_eyes(self):
        """Raise where the setting asks for somebody else's approval."""
        for mailing in self.filtered(lambda mailing: mailing._needs_four_eyes()):
            if mailing.sudo().request_state != "requested":
                raise AccessError(
                    self.env._(
                        "“%(subject)s” needs the approval of a colleague: request it to be sent.",
                        subject=mailing._subject_in_words(),
                    )
                )
            if mailing._is_own():
                raise AccessError(
                    self.env._(
                        "Nobody approves their own mailing. “%(subject)s” waits for another colleague.",
                        subject=mailing._subject_in_words(),
                    )
                )
