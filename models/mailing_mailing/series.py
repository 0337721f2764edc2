"""A mailing that is repeated, and the mailings that come of it."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...core import request
from ..mailing_recurrence import RULE_FIELDS
from .request_parts import WHEN


class MailingMailing(models.Model):
    _inherit = "mailing.mailing"

    repeated_by_ids = fields.One2many("mailing.series", "mailing_id", "Repeated by", readonly=True)
    series_run_ids = fields.One2many("mailing.series.run", "mailing_id", readonly=True)
    series_id = fields.Many2one(
        "mailing.series", compute="_compute_series_id", help="The series that repeats it, or that it is a part of."
    )

    @api.depends("repeated_by_ids.state", "series_run_ids.series_id")
    def _compute_series_id(self):
        for mailing in self:
            repeated = mailing.repeated_by_ids.sorted("id", reverse=True)
            mailing.series_id = repeated[:1] or mailing.series_run_ids.series_id[:1]

    def _repeating(self):
        """The running series that repeat these mailings."""
        # sudo: whoever changes a mailing meets its series, also without the right to read that
        return self.sudo().repeated_by_ids.filtered(lambda series: series.state == "running")

    def _leaving_series(self):
        """The series that sends it at this moment; later it is a mailing as others."""
        # sudo: as above
        return self.sudo().series_run_ids.filtered(lambda run: run.state == "held").series_id

    def _own_acceptance(self):
        # who started a series accepted the terms for the mailing that it repeats
        series = self._leaving_series() if isinstance(self.id, int) else None
        return super(MailingMailing, series.mailing_id.with_env(self.env) if series else self)._own_acceptance()

    def _requesters_acceptance(self):
        # an approved series was asked for by somebody who accepted the terms for the mailing that it repeats
        series = self._leaving_series()
        if not series:
            return super()._requesters_acceptance()
        return series.mailing_id._acceptance_of_requester("approved")

    def _needs_four_eyes(self):
        # four eyes saw the series when it was started, and whatever is changed since pauses it
        return not self._leaving_series() and super()._needs_four_eyes()

    def _check_warnings_read(self):
        # warnings were read at the start; nobody sits there to read them at each date, and errors hold it
        if not self._leaving_series():
            super()._check_warnings_read()

    def _check_may_leave_draft(self):
        if self._repeating():
            raise UserError(
                self.env._("A series repeats this mailing. Stop the series first, or duplicate the mailing.")
            )
        return super()._check_may_leave_draft()

    def write(self, vals):
        result = super().write(vals)
        if (self._requested_fields() - WHEN) & vals.keys():
            self._tell_series_of_change()
        return result

    def _tell_series_of_change(self):
        """Who may send has seen what they changed; what others change has to be approved first."""
        for mailing in self if not self.env.su else ():
            if mailing.must_request:
                mailing._repeating()._pause_after_change()
            else:
                mailing._repeating()._note_seen()

    # ------------------------------------------------------------
    # The four steps and requests
    # ------------------------------------------------------------

    def action_open_send(self):
        """The four steps; where a series is running, the series."""
        return self.action_view_series() if self._repeating() else super().action_open_send()

    def action_view_series(self):
        """Open the series."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "mailing.series",
            "res_id": self.series_id.id,
            "views": [[False, "form"]],
        }

    def _series_to_start(self):
        return self.repeated_by_ids.filtered(lambda series: series.state in ("draft", "paused"))

    def action_approve(self):
        """As before; a series that was asked for is started, and covers all its dates."""
        self._check_may_send()
        periodic = self.filtered(lambda mailing: mailing.send_when == "periodic")
        for mailing in periodic:
            mailing._check_is_requested()
            if not mailing._series_to_start():
                raise UserError(
                    self.env._("The dates that were asked for are gone. Reject it, so that it is asked anew.")
                )
            mailing._log_growth()
            mailing._series_to_start().action_start()
            mailing._note_approval()
        return super(MailingMailing, self - periodic).action_approve()

    def _when_in_words(self):
        """As before; of a series its dates."""
        series = self._series_to_start() if self.send_when == "periodic" else self.repeated_by_ids.browse()
        return series[:1].rule_in_words or super()._when_in_words()

    def _request_parts(self):
        """An approval is bound to the dates too."""
        parts = super()._request_parts()
        if self.send_when == "periodic":
            series = self.sudo()._series_to_start()  # sudo: compared, not shown
            parts["when"]["series"] = [str(series[name]) for name in RULE_FIELDS] if series else []
        return parts

    # ------------------------------------------------------------
    # What who may send has seen
    # ------------------------------------------------------------

    def _fingerprint_for_series(self):
        """What is sent, to whom and how, but for the time; files and pictures by what is in them."""
        return {part: digest for part, digest in self.sudo()._fingerprint().items() if part != "when"}

    def _check_seen(self, seen):
        """Raise where something was put in the place of a picture or file, by whomever."""
        if request.changed(seen or {}, self._fingerprint_for_series()):
            raise UserError(
                self.env._("It is not what was started: look at its pictures and files, and save it or start it again.")
            )
