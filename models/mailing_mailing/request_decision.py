"""Approving and rejecting what was asked for, by who may send."""

from odoo import fields, models
from odoo.exceptions import UserError

from ...core import request


class MailingMailing(models.Model):
    _inherit = "mailing.mailing"

    def action_decide(self):
        """Open what was asked for, to approve or reject it."""
        self.ensure_one()
        self._check_may_send()
        self._check_is_requested()
        self._check_four_eyes()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Send “%(subject)s”?", subject=self._subject_in_words()),
            "res_model": "mailing.decision",
            "views": [[False, "form"]],
            "target": "new",
            "context": {"default_mailing_id": self.id, "dialog_size": "extra-large"},
        }

    def action_approve(self):
        """Send as asked, or schedule for the moment that was asked for."""
        self._check_may_send()
        for mailing in self:
            mailing._check_is_requested()
            mailing._check_moment_is_to_come()
            mailing._log_growth()
            mailing.action_put_in_queue()  # notes the approval: there is no other way out of the draft
            if mailing.send_when == "now" and mailing._uses_queue():
                mailing._allow_undo()
        return True

    def action_reject(self, reason):
        """Give it back, and say why."""
        self._check_may_send()
        reason = (reason or "").strip()
        if not reason:
            raise UserError(self.env._("Say why, so that your colleague knows what to change."))
        for mailing in self:
            mailing._check_is_requested()
            mailing.sudo().write({"request_state": "rejected", "request_reason": reason, "request_fingerprint": False})
            mailing.sudo()._forget_request_activities()
            mailing._record_event("rejected", note=reason)
            mailing._tell_requester(self.env._("Not approved: %(reason)s", reason=reason))
        return True

    def _check_is_requested(self):
        if self.state != "draft" or self.request_state != "requested":
            raise UserError(
                self.env._("Nobody waits for an approval of “%(subject)s”.", subject=self._subject_in_words())
            )

    def _check_moment_is_to_come(self):
        if self.schedule_date and self.schedule_date <= fields.Datetime.now():
            raise UserError(
                self.env._("The moment that was asked for has passed. Reject it, so that a new one can be chosen.")
            )

    def _note_approval(self):
        """They have left the draft by the hand of who may send: that is the approval."""
        approved = self.sudo()  # written by the server alone
        approved.write({"request_state": "approved"})
        approved._forget_request_activities()
        for mailing in self:
            mailing._record_event("approved", mailing.requested_count)
            mailing._tell_requester(self.env._("Approved."))

    def _log_growth(self):
        if growth := self._growth_in_words():
            self._message_log(body=growth)

    def _warn_of_growth(self):
        """Tell who approved it for a later moment where it is being sent to more people than that."""
        if self.sudo().request_state != "approved" or self.send_when != "later":
            return
        if growth := self._growth_in_words(self.recipient_count):
            approver = self._sender().partner_id
            self.message_post(body=growth, partner_ids=approver.ids, subtype_xmlid="mail.mt_note")

    def _growth_in_words(self, count=None):
        """The warning where the audience has grown by more than the company's share since it was asked for."""
        count, asked = self._count_audience()["to_send"] if count is None else count, self.requested_count
        if not request.has_grown(asked, count, self._bulk_company().sudo().bulk_growth_percent):
            return ""
        return self.env._(
            "More people than when it was requested: %(now)s instead of %(asked)s.",
            now=self._formatted(count),
            asked=self._formatted(asked),
        )

    def _requesters_acceptance(self):
        """The acceptance of the terms in force by who asked for it to be sent, or none."""
        return self._acceptance_of_requester("requested")

    def _acceptance_of_requester(self, state):
        acceptances, asked = self.env["mailing.terms.acceptance"].sudo(), self.sudo()
        if asked.request_state != state:
            return acceptances
        terms = self.env["mailing.terms"]._current()
        return acceptances.with_user(asked.requested_by_id).sudo()._find(self._origin, terms)
