"""Asking somebody who may send: requested, then approved, rejected or withdrawn.

An approval is bound to what was asked for (see `request_parts`): whatever changes it takes the request back.
"""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...core import request

REQUEST_FIELDS = {
    *("request_state", "requested_by_id", "requested_at", "requested_count"),
    *("request_fingerprint", "request_reason"),
}
NO_REQUEST = {"request_state": "none", "request_fingerprint": False}


class MailingMailing(models.Model):
    _inherit = "mailing.mailing"

    request_state = fields.Selection(
        [("none", "Not requested"), ("requested", "Requested"), ("approved", "Approved"), ("rejected", "Rejected")],
        "Request",
        default="none",
        required=True,
        readonly=True,
        copy=False,
    )
    requested_by_id = fields.Many2one("res.users", "Requested by", readonly=True, copy=False)
    requested_at = fields.Datetime("Requested on", readonly=True, copy=False)
    requested_count = fields.Integer("Recipients when requested", readonly=True, copy=False)
    request_reason = fields.Text("Why it was not approved", readonly=True, copy=False)
    request_fingerprint = fields.Json(readonly=True, copy=False)

    # ------------------------------------------------------------
    # Rights
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        mailings = super().create(vals_list)
        # the records, not the values: defaults may come with the request's context
        if any(mailing.request_state != "none" or mailing.request_fingerprint for mailing in mailings.sudo()):
            self._check_may_write_request()
        return mailings

    def write(self, vals):
        if REQUEST_FIELDS & vals.keys():
            self._check_may_write_request()
        if vals.get("state", "draft") != "draft":
            self._requested()._note_approval()
        result = super().write(vals)
        if vals.get("state") == "draft":  # taken back: whoever wants it sent asks again
            self.sudo().filtered(lambda mailing: mailing.request_state == "approved").write(NO_REQUEST)
        self._bound_to_request(vals)._withdraw_if_changed()
        return result

    @api.model
    def _check_may_write_request(self):
        if not self.env.su:
            raise AccessError(self.env._("Requests and approvals are noted by the system, and by nobody else."))

    # ------------------------------------------------------------
    # Asking
    # ------------------------------------------------------------

    def _request_sending(self, schedule):
        """Ask for it to be sent as it is now, at the moment that these values name."""
        self.ensure_one()
        self.check_access("write")
        self._check_is_draft()
        if self._enforces_terms_and_checks():
            self._check_terms_accepted()
            self._check_findings()
        asked = self.sudo()  # nobody writes a request; and stock refuses any write beside another's placeholders
        asked.write(schedule)
        asked.write(
            {
                "request_state": "requested",
                "requested_by_id": self.env.uid,
                "requested_at": fields.Datetime.now(),
                "requested_count": self._count_audience()["to_send"],
                "request_fingerprint": asked._fingerprint(),
            }
        )
        self._record_event("requested", self.requested_count)
        self._tell_senders()

    def _check_is_draft(self):
        if self.state != "draft":
            raise UserError(
                self.env._("“%(subject)s” has been given for sending already.", subject=self._subject_in_words())
            )

    def action_withdraw_request(self):
        """Take the request back; the mailing is a draft as before."""
        self.check_access("write")
        for mailing in self._requested():
            mailing._withdraw(self.env._("The request was withdrawn."))
        return True

    def _withdraw(self, words):
        withdrawn = self.sudo()  # also where the change came from who may not write requests
        withdrawn.write(NO_REQUEST)
        withdrawn._forget_request_activities()
        self._record_event("withdrawn", note=words)
        self._message_log(body=words)

    def _requested(self):
        return self.filtered(lambda mailing: mailing.sudo().request_state == "requested")

    # ------------------------------------------------------------
    # Bound to what was asked for
    # ------------------------------------------------------------

    def _bound_to_request(self, vals):
        """Those that wait for an approval, or are approved and have not begun to leave, where these values matter."""
        bound = {("draft", "requested"), ("in_queue", "approved")}
        found = self.filtered(lambda m: (m.state, m.sudo().request_state) in bound and not m.flight_state)
        return found if found and found._requested_fields() & vals.keys() else self.browse()

    def _changed_since_request(self):
        """What is not as it was asked for, as names of parts."""
        return request.changed(self.sudo().request_fingerprint or {}, self.sudo()._fingerprint())

    def _changes_in_words(self):
        parts = self._changed_since_request()
        return ", ".join(dict.fromkeys(self._translate(request.in_words(part)) for part in parts))

    def _withdraw_if_changed(self):
        for mailing in self:
            changes = mailing._changes_in_words()
            if changes:
                is_scheduled = mailing.state == "in_queue"
                mailing._withdraw(
                    self.env._(
                        "Changed after it was requested: %(changes)s. The request is withdrawn.", changes=changes
                    )
                )
                if is_scheduled:
                    mailing.sudo().action_cancel()

    def _check_request(self):
        """Raise unless a mailing that was asked for leaves as it was, and by the hand of who may let it."""
        self._check_four_eyes()
        self._requested()._check_unchanged()

    def _check_as_approved(self):
        """Raise where something was put in the place of a picture or file since the approval."""
        self.sudo().filtered(lambda m: m.request_state == "approved" and not m.flight_state)._check_unchanged()

    def _check_unchanged(self):
        for mailing in self:
            changes = mailing._changes_in_words()
            if changes:
                raise UserError(
                    self.env._(
                        "“%(subject)s” is not what was asked for any more: %(changes)s. It has to be requested again.",
                        subject=mailing._subject_in_words(),
                        changes=changes,
                    )
                )
