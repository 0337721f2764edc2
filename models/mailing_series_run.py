"""One date of a series: what became of it."""

import logging

from psycopg2 import OperationalError
from psycopg2.errors import UniqueViolation

from odoo import fields, models
from odoo.exceptions import UserError

_logger = logging.getLogger(__name__)

# nothing against a mailing: the database's trouble, or another process that made one of the same name at that moment
FOR_NOW = (OperationalError, UniqueViolation)


class MailingSeriesRun(models.Model):
    """Written by the server alone: nobody has the right to write or create one."""

    _name = "mailing.series.run"
    _description = "Date of a Periodic Mailing"
    _order = "planned_at desc, id desc"
    _rec_name = "planned_at"

    series_id = fields.Many2one("mailing.series", required=True, readonly=True, ondelete="cascade")
    planned_at = fields.Datetime("Date", required=True, readonly=True)
    # held until its mailing is in the queue: within one transaction, and so seen by nobody, unless something stops it
    state = fields.Selection(
        [("sent", "Sent"), ("held", "Held"), ("skipped", "Skipped")], default="held", required=True, readonly=True
    )
    reason = fields.Text(readonly=True)
    mailing_id = fields.Many2one("mailing.mailing", readonly=True, ondelete="set null", index="btree_not_null")
    mailing_state = fields.Selection(related="mailing_id.state", string="Mailing is")
    recipient_count = fields.Integer(related="mailing_id.recipient_count")
    accepted_count = fields.Integer(related="mailing_id.accepted_count")
    undelivered_count = fields.Integer(related="mailing_id.undelivered_count")
    excluded_count = fields.Integer(related="mailing_id.excluded_count")

    # the last guard against sending twice for one date
    _once_for_a_date = models.UniqueIndex("(series_id, planned_at)")

    def _depart(self):
        """Make the mailing and put it in the queue, all or nothing; returns the reason that holds it, if any."""
        try:
            with self.env.cr.savepoint():
                self.mailing_id = self.series_id._make_mailing()
                self.mailing_id.with_user(self.series_id.started_by_id).action_put_in_queue()
                self.write({"state": "sent", "reason": False})
            return ""
        except FOR_NOW:
            raise  # the next look sends it
        except UserError as error:  # also AccessError
            reason = str(error)
        except Exception as error:
            _logger.exception("A date of series %s is held", self.series_id.id)
            reason = str(error) or type(error).__name__
        self.reason = reason
        self._record_event("date_held")
        return reason

    def _skip(self, reason):
        self.write({"state": "skipped", "reason": reason})
        for run in self:
            run._record_event("date_skipped")

    def _record_event(self, kind):
        self.series_id._record_event(kind, f"{self.series_id._in_words(self.planned_at)}: {self.reason}")

    # ------------------------------------------------------------
    # What a person does about a held date
    # ------------------------------------------------------------

    def action_send(self):
        """Send after all, with what was wrong mended."""
        for run in self._held():
            # sudo: who may start the series was checked, and it leaves with the rights of who started it
            if reason := run.sudo()._depart():
                raise UserError(reason)
        return True

    def action_skip(self):
        """Do not send for this date."""
        self._held().sudo()._skip(self.env._("Skipped by %(name)s", name=self.env.user.name))  # sudo: as above
        return True

    def _held(self):
        """These dates, locked, for a user who may do something about them."""
        self.series_id._check_may_start()
        self.series_id.check_access("write")
        self.sudo().lock_for_update()
        self.invalidate_recordset()
        if any(run.state != "held" or run.series_id.state == "stopped" for run in self):
            raise UserError(self.env._("Only a held date of a series that was not stopped can be sent or skipped."))
        return self
