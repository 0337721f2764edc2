"""A mailing that is repeated, and the mailings that come of it."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...core import request
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
        if not self.env.su and (self._requested_fields() - WHEN) & vals.keys():
            if self._may_send():
                self._repeating()._note_seen()
            else:
                self._repeating()._pause_after_change()
        return result

    def _fingerprint_for_series(self):
        """What is sent, to whom and how, but for the time; files and pictures by what is in them."""
        return {part: digest for part, digest in self.sudo()._fingerprint().items() if part != "when"}

    def _check_seen(self, seen):
        """Raise where something was put in the place of a picture or file, by whomever."""
        if request.changed(seen or {}, self._fingerprint_for_series()):
            raise UserError(
                self.env._("It is not what was started: look at its pictures and files, and save it or start it again.")
            )
