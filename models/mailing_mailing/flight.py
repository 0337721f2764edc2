"""A mailing in flight: pause, resume, stop, and the end."""

from psycopg2.errors import SerializationFailure

from odoo import api, fields, models
from odoo.tools import SQL

FLIGHT_FIELDS = {"flight_state", "flight_reason", "undo_until", "is_enqueuing"}


class MailingMailing(models.Model):
    _inherit = "mailing.mailing"

    flight_state = fields.Selection(
        [("running", "Being sent"), ("paused", "Paused"), ("stopped", "Stopped")],
        readonly=True,
        copy=False,
        help="Empty while nothing is under way.",
    )
    flight_reason = fields.Text("Why it is not sent", readonly=True, copy=False)
    is_enqueuing = fields.Boolean(readonly=True, copy=False, help="Recipients are still being put into the queue.")

    # ------------------------------------------------------------
    # Rights
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        mailings = super().create(vals_list)
        # the records, not the values: defaults may come with the request's context
        if any(mailing[name] for mailing in mailings for name in FLIGHT_FIELDS):
            self._check_may_send()
        return mailings

    def write(self, vals):
        # an access list alone would let who may only prepare a mailing resume it
        if FLIGHT_FIELDS & vals.keys():
            self._check_may_send()
        return super().write(vals)

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_pause(self):
        """Stop handing out recipients; what is on the wire finishes."""
        self._check_may_send()
        for mailing in self.filtered(lambda mailing: mailing.flight_state == "running"):
            mailing.sudo().flight_state = "paused"
            mailing._message_log(body=self.env._("Paused: %(so_far)s.", so_far=mailing._so_far_in_words()))
        return True

    def action_resume(self):
        """Go on where it paused."""
        self._check_may_send()
        for mailing in self.filtered(lambda mailing: mailing.flight_state == "paused").sudo():
            # one that never left has nobody in the queue, and begins with its departure
            has_left = mailing.state == "sending"
            mailing.write({"flight_state": "running" if has_left else False, "flight_reason": False})
            mailing._message_log(body=self.env._("Resumed."))
            if not has_left or mailing.is_enqueuing:
                self.env.ref("mass_mailing.ir_cron_mass_mailing_queue").sudo()._trigger()
        self.env["mailing.queue"]._trigger_lanes()
        return True

    def action_stop(self):
        """Send no more: who has not got it yet is excluded, with "stopped" as the reason."""
        self._check_may_send()
        for mailing in self.filtered(lambda m: m.flight_state in ("running", "paused") and m.state == "sending").sudo():
            is_cut_short = mailing.is_enqueuing
            mailing.write({"flight_state": "stopped", "flight_reason": False, "is_enqueuing": False})
            mailing.is_cut_short = is_cut_short
            is_excluded = mailing._exclude_waiting_if_lanes_let_us()
            mailing._message_log(body=self.env._("Stopped: %(so_far)s.", so_far=mailing._so_far_in_words()))
            if is_excluded:
                mailing._finish_if_settled()
        return True

    def action_retry_failed(self):
        """Try the failed recipients once more."""
        ours = self.filtered(lambda mailing: mailing._uses_queue())
        ours._check_may_send()
        for mailing in ours.sudo():
            count = mailing._send_again("failed")
            mailing._record_event("sent_again", count)
            mailing._message_log(body=self.env._("Tried again: %(count)d failed recipients.", count=count))
        return super(MailingMailing, self - ours).action_retry_failed() if self - ours else True

    # ------------------------------------------------------------
    # What the lanes call
    # ------------------------------------------------------------

    def _lock(self):
        """Wait until nobody else changes these, or queues their recipients; then see them as they are.

        Who only refers to them, such as a click or a lane's pace, waits for nobody.
        """
        self.env.flush_all()
        self.env.cr.execute("SELECT FROM mailing_mailing WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE", [self.ids])
        self.env.invalidate_all()

    def _pause_because(self, reason):
        """Pause with a reason (a text of core): our own server is in trouble, and no address is to blame."""
        self._lock()  # somebody may be stopping it at this moment, and that is final
        for mailing in self.filtered(lambda mailing: mailing.flight_state == "running"):
            mailing = mailing._in_language_of_who_sent_it()
            mailing.write({"flight_state": "paused", "flight_reason": mailing._translate(reason)})
            words = {"reason": mailing.flight_reason, "so_far": mailing._so_far_in_words()}
            mailing._message_log(body=mailing.env._("Paused: %(so_far)s. %(reason)s", **words))

    def _finish_if_settled(self):
        """Done, when nobody waits any more; whoever is in doubt does not hold it up."""
        for mailing in self.filtered(lambda mailing: mailing.flight_state == "stopped"):
            mailing._exclude_waiting()  # whom a lane has given back since
        ended = self._nobody_waits()
        for mailing in ended:
            mailing.write(
                {
                    "state": "done",
                    "sent_date": fields.Datetime.now(),
                    # as stock: the KPI mail comes after the first sending only
                    "kpi_mail_required": not mailing.sent_date and not mailing.is_test_send,
                    "flight_state": "stopped" if mailing.flight_state == "stopped" else False,
                }
            )
        self.env["mailing.trace.count"]._compact(ended.ids)

    def _nobody_waits(self):
        self.env.flush_all()
        empty = self._with_empty_queue()
        if not empty:
            return empty
        # Two lanes that find it at once would both log its end; and who had the lock may have queued somebody
        empty._lock()
        return empty._with_empty_queue()

    def _with_empty_queue(self):
        query = SQL(
            """
            SELECT m.id FROM mailing_mailing m
            WHERE m.id = ANY(%s) AND m.state = 'sending' AND m.flight_state IN ('running', 'stopped')
              AND m.is_enqueuing IS NOT TRUE
              AND NOT EXISTS (SELECT FROM mailing_queue q WHERE q.mailing_id = m.id)
            """,
            self.ids,
        )
        return self.browse(mailing_id for [mailing_id] in self.env.execute_query(query))

    # ------------------------------------------------------------
    # Recipients, as sets
    # ------------------------------------------------------------

    def _traces_in(self, delivery_state):
        return self.env["mailing.trace"].search(
            [("mass_mailing_id", "=", self.id), ("delivery_state", "=", delivery_state)]
        )

    def _exclude_waiting_if_lanes_let_us(self):
        """Exclude who waits; not where lanes take recipients at this very moment: they do it when they end."""
        self.env.flush_all()
        try:
            with self.env.cr.savepoint(flush=False):
                self._exclude_waiting()
        except SerializationFailure:
            self.env["mailing.queue"]._trigger_lanes()
            return False
        return True

    def _exclude_waiting(self):
        """Exclude everybody who waits and is not being sent to at this moment."""
        self.env.flush_all()
        self.env.cr.execute(
            """
            WITH gone AS (
                DELETE FROM mailing_queue WHERE mailing_id = %s AND claimed_by IS NULL RETURNING trace_id
            )
            UPDATE mailing_trace t SET delivery_state = 'excluded', trace_status = 'cancel',
                failure_type = 'bulk_stopped', recipient_key = NULL
            FROM gone WHERE t.id = gone.trace_id
            """,
            [self.id],
            log_exceptions=False,
        )
        count = self.env.cr.rowcount
        self.env.invalidate_all()
        if count:
            self.stopped_count += count

    def _send_again(self, delivery_state):
        """Put everybody in this state into the queue again, with the same Message-ID; returns how many."""
        self._lock()
        if self.state != "done" and self.flight_state == "stopped":
            return 0  # lanes may still give back who was stopped
        self.env.cr.execute(
            SQL(
                """
                WITH again AS (
                    UPDATE mailing_trace SET delivery_state = 'queued', trace_status = 'outgoing',
                        failure_type = NULL, failure_reason = NULL, bounce_severity = NULL, bounce_reason = NULL,
                        smtp_reply = NULL, last_attempt_after = date_trunc('second', now() AT TIME ZONE 'UTC')
                    WHERE mass_mailing_id = %(mailing)s AND delivery_state = %(state)s
                      AND trace_status NOT IN ('open', 'reply') -- who has opened it has got it
                      AND email IS NOT NULL -- of whom that was deleted from the database, it stays as it is
                    RETURNING id, res_id, email, attempt_count
                )
                INSERT INTO mailing_queue (
                    trace_id, mailing_id, res_id, email, provider_id, next_attempt_at, attempt_count)
                SELECT id, %(mailing)s, res_id, email, %(provider)s, now() AT TIME ZONE 'UTC', attempt_count FROM again
                """,
                mailing=self.id,
                provider=self.env["mailing.queue"]._provider_of_email_sql(),
                state=delivery_state,
            )
        )
        count = self.env.cr.rowcount
        self.env.invalidate_all()
        if count and self.flight_state != "paused":  # else whoever resumes it decides when
            self.write({"state": "sending", "flight_state": "running", "flight_reason": False})
            self.env["mailing.queue"]._trigger_lanes()
        return count
