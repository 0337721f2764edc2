"""From "in queue" to the lanes: everybody becomes a trace, and who gets the mail also a row of the work table."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ...core.addresses import BadAddress, domain_to_ascii


class MailingMailing(models.Model):
    _inherit = "mailing.mailing"

    # ------------------------------------------------------------
    # Counting before sending
    # ------------------------------------------------------------

    def _count_audience(self):
        """How many get the mail, and how many do not for which reason (stock's failure types); writes nothing."""
        self.ensure_one()
        classified = self._classified_recipients(self._sampled_recipients())
        query = SQL("SELECT reason, count(*) FROM (%s) c GROUP BY reason ORDER BY 2 DESC", classified)
        counts = dict(self.env.execute_query(query))
        return {"to_send": counts.pop(None, 0), "excluded": counts}

    def _list_excluded(self, limit):
        """The first of those who will not get it: dicts with name, email and reason in words."""
        self.ensure_one()
        classified = self._classified_recipients(self._sampled_recipients())
        query = SQL(
            "SELECT res_id, raw, reason FROM (%s) c WHERE reason IS NOT NULL ORDER BY res_id LIMIT %s",
            classified,
            limit,
        )
        rows = self.env.execute_query(query)
        records = self.env[self.mailing_model_real].browse(res_id for res_id, _raw, _reason in rows)
        words = self._exclusion_words()
        return [
            {"name": record.display_name, "email": raw, "reason": words.get(reason, reason)}
            for record, (_res_id, raw, reason) in zip(records, rows, strict=True)
        ]

    # ------------------------------------------------------------
    # Departure
    # ------------------------------------------------------------

    @api.model
    def _process_mass_mailing_queue(self):
        # Stock would search every recipient of a mailing that is being sent, and call it done when none is found
        due = self.search(self._due_for_departure())
        # whose addresses SQL cannot read; stock commits while it sends, which _depart()'s savepoint would not survive
        left_to_stock = due.filtered(lambda mailing: not mailing._uses_queue())
        for mailing in due - left_to_stock:
            mailing._depart()
            self.env["ir.cron"]._commit_progress(processed=1)
        rest = self.with_context(bulk_mailing_left_to_stock=left_to_stock.ids)
        return super(MailingMailing, rest)._process_mass_mailing_queue()

    @api.model
    def _search(self, domain, *args, **kwargs):
        # Set only by the method above, whose super() looks for mailings that wait to be sent
        left_to_stock = self.env.context.get("bulk_mailing_left_to_stock")
        if left_to_stock is not None:
            domain = Domain(domain) & (~self._left_to_the_lanes() | Domain("id", "in", left_to_stock))
        return super()._search(domain, *args, **kwargs)

    @api.model
    def _left_to_the_lanes(self):
        states = [("state", "in", ("in_queue", "sending")), ("mailing_type", "=", "mail")]
        return Domain(states) & (
            Domain("flight_state", "!=", False)
            | Domain([("send_engine", "=", "queue"), ("reply_to_mode", "=", "new"), ("keep_archives", "=", False)])
        )

    @api.model
    def _due_for_departure(self):
        is_due = Domain("schedule_date", "=", False) | Domain("schedule_date", "<", fields.Datetime.now())
        # one that was stopped may be put in queue again, for recipients who came later
        is_grounded = Domain("flight_state", "=", False) | Domain(
            [("flight_state", "=", "stopped"), ("state", "=", "in_queue")]
        )
        return self._left_to_the_lanes() & is_due & is_grounded

    def _depart(self):
        """Enqueue one mailing; one that cannot leave pauses with the reason, and does not hold up the others."""
        mailing = self.with_context(**self._sender().context_get())
        try:
            with self.env.cr.savepoint():
                mailing.state = "sending"
                mailing._action_send_mail()
        except Exception as error:
            mailing.env.invalidate_all()
            mailing.write({"flight_state": "paused", "flight_reason": str(error)})

    def _sender(self):
        return self.sender_user_id or self.user_id or self.env.user

    def _action_send_mail(self, res_ids=None):
        # mass_mailing_sms splits off its own mailings in the same place; the classic rest goes up to stock
        ours = self.filtered(lambda mailing: mailing._uses_queue())
        result = super(MailingMailing, self - ours)._action_send_mail(res_ids=res_ids)
        for mailing in ours:
            mailing._enqueue(res_ids)
        return result

    def _queue_can_serve(self):
        """Whether the queue can send it: what writes into each record's conversation is left to stock."""
        self.ensure_one()
        return self.reply_to_mode == "new" and not self.keep_archives and self._can_read_addresses()

    # ------------------------------------------------------------
    # Enqueue
    # ------------------------------------------------------------

    def _enqueue(self, res_ids=None):
        """Make the traces and the work table's rows, and let the lanes begin."""
        self.ensure_one()
        if res_ids is None:
            res_ids = self._sampled_recipients()
        if not self._insert_recipients(res_ids) and not self._has_traces():
            raise UserError(self.env._("There are no recipients selected."))
        self._compile_content()
        self.write({"state": "sending", "flight_state": "running", "flight_reason": False})
        self._finish_if_settled()
        self.env["mailing.queue"]._trigger_lanes()

    def _has_traces(self):
        return bool(self.env["mailing.trace"].search_count([("mass_mailing_id", "=", self.id)], limit=1))

    def _sampled_recipients(self):
        """The records of an A/B test, drawn by stock; None where everybody gets it."""
        return self._as_sender()._get_remaining_recipients() if self.ab_testing_enabled else None

    def _insert_recipients(self, res_ids=None):
        """One statement for everybody; returns how many there are, with the excluded."""
        self.env.cr.execute(
            SQL(
                """
                WITH trace AS (
                    INSERT INTO mailing_trace (
                        trace_type, model, res_id, mass_mailing_id, campaign_id, email, message_id, recipient_key,
                        delivery_state, trace_status, failure_type, attempt_count,
                        create_uid, write_uid, create_date, write_date)
                    SELECT 'mail', %(model)s, c.res_id, %(mailing)s, %(campaign)s, COALESCE(c.email, c.raw, ''),
                        CASE WHEN c.reason IS NULL THEN %(message_id)s END,
                        CASE WHEN c.reason IS NULL THEN %(key)s END,
                        CASE WHEN c.reason IS NULL THEN 'queued' ELSE 'excluded' END,
                        CASE WHEN c.reason IS NULL THEN 'outgoing' ELSE 'cancel' END,
                        c.reason, 0, %(uid)s, %(uid)s, %(now)s, %(now)s
                    FROM (%(classified)s) c ORDER BY c.res_id
                    RETURNING id, res_id, email, delivery_state
                ), queue AS (
                    INSERT INTO mailing_queue (
                        trace_id, mailing_id, res_id, email, provider_id, next_attempt_at, attempt_count)
                    SELECT id, %(mailing)s, res_id, email, %(provider)s, %(now)s, 0
                    FROM trace WHERE delivery_state = 'queued'
                )
                SELECT count(*) FROM trace
                """,
                model=self.mailing_model_real,
                mailing=self.id,
                campaign=self.campaign_id.id or None,
                message_id=self._message_id_sql(),
                key=self._recipient_key_sql(),
                provider=self.env["mailing.queue"]._provider_of_email_sql(),
                uid=self.env.uid,
                now=SQL("date_trunc('second', now() AT TIME ZONE 'UTC')"),
                classified=self._classified_recipients(res_ids),
            )
        )
        [count] = self.env.cr.fetchone()
        self.env["mailing.trace"].invalidate_model()
        self.invalidate_recordset(["mailing_trace_ids"])
        return count

    def _recipient_key_sql(self):
        """The guard against doubles: the address, or the record where its address may get the mail several times."""
        return SQL("c.key") if self.exclude_duplicates else SQL("%s || c.res_id", f"{self.mailing_model_real},")

    def _message_id_sql(self):
        """A Message-ID with stock's infix, by which an answer finds its record."""
        try:
            domain = domain_to_ascii(self._header_from_and_envelope().header_from.rpartition("@")[2].rstrip(">"))
        except BadAddress:
            domain = "localhost"
        return SQL(
            "'<' || replace(gen_random_uuid()::text, '-', '') || '-openerp-' || c.res_id || %s",
            f"-{self.mailing_model_real}@{domain}>",
        )
