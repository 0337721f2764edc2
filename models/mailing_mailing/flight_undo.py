"""Taking back what was just sent: some seconds in which recipients are put into the queue and nobody is mailed."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL


class MailingMailing(models.Model):
    _inherit = "mailing.mailing"

    undo_until = fields.Datetime(readonly=True, copy=False, help="Until then nobody is mailed, and all can be undone.")
    undo_seconds_left = fields.Float(
        compute="_compute_undo_seconds_left",
        help="By the clock of the database, whatever the clocks of visitors say.",
    )

    @api.depends("undo_until", "state", "flight_state")
    def _compute_undo_seconds_left(self):
        self.undo_seconds_left = 0
        for mailing, seconds in self._seconds_to_undo():
            mailing.undo_seconds_left = seconds

    def _seconds_to_undo(self):
        """Pairs of mailing and seconds left, for those that can still be undone."""
        self.flush_recordset(["undo_until", "state", "flight_state"])
        query = SQL(
            """
            SELECT id, EXTRACT(EPOCH FROM undo_until - clock_timestamp() AT TIME ZONE 'UTC')::float
            FROM mailing_mailing
            WHERE id = ANY(%s) AND undo_until > clock_timestamp() AT TIME ZONE 'UTC'
              AND state IN ('in_queue', 'sending') AND flight_state IS DISTINCT FROM 'stopped'
            """,
            self.ids,
        )
        return [(self.browse(mailing_id), seconds) for mailing_id, seconds in self.env.execute_query(query)]

    def _allow_undo(self):
        """Let the lanes wait for as long as the company gives people to think again."""
        for mailing in self.sudo():
            seconds = mailing._bulk_company().sudo().bulk_undo_seconds
            now = SQL("date_trunc('second', clock_timestamp() AT TIME ZONE 'UTC')")
            query = SQL("SELECT %s + %s * interval '1 second'", now, seconds)
            [[until]] = self.env.execute_query(query)
            mailing.undo_until = until if seconds else False

    def action_undo(self):
        """Back to draft, as long as there is time and nobody has been mailed."""
        self._check_may_send()
        self.check_access("write")
        for mailing in self.sudo():
            mailing._check_may_undo()
            mailing.action_cancel()
            mailing._message_log(body=self.env._("Undone before anybody was mailed: a draft again."))
        return True

    def _check_may_undo(self):
        if not self._seconds_to_undo():
            raise UserError(
                self.env._(
                    "The time to undo “%(subject)s” is over. You can still pause or stop it.",
                    subject=self._subject_in_words(),
                )
            )

    def action_cancel(self):
        """Back to draft, as long as nobody has been mailed."""
        in_flight = self.filtered("flight_state")
        if in_flight:
            self._check_may_send()
            in_flight.sudo()._undo_enqueue()
        self.filtered("undo_until").sudo().undo_until = False
        return super().action_cancel()

    def _undo_enqueue(self):
        """Forget the recipients, unless one of them was claimed already."""
        self._lock()  # waits for recipients who are being put into the queue at this moment
        for mailing in self:
            mailing._check_nobody_mailed()
            self.env.cr.execute(
                "DELETE FROM mailing_trace WHERE mass_mailing_id = %s AND delivery_state IS NOT NULL", [mailing.id]
            )
            mailing.write({"flight_state": False, "flight_reason": False, "is_enqueuing": False})
        self.env.invalidate_all()

    def _forget_enqueued(self):
        """Forget also who was being enqueued at the moment it was undone."""
        if self.state == "draft":
            self.env.cr.execute(
                "DELETE FROM mailing_trace WHERE mass_mailing_id = %s AND delivery_state IN ('queued', 'excluded')",
                [self.id],
            )
            self.env.invalidate_all()

    def _check_nobody_mailed(self):
        begun = Domain([("mass_mailing_id", "=", self.id), ("delivery_state", "not in", (False, "queued", "excluded"))])
        if self.env["mailing.trace"].search_count(begun, limit=1):
            raise UserError(
                self.env._("“%(subject)s” has begun to leave. You can still stop it.", subject=self._subject_in_words())
            )
