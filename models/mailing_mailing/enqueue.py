"""Everybody becomes a trace, and who gets the mail also a row of the work table."""

from odoo import models
from odoo.tools import SQL

from ...core.addresses import BadAddress, domain_to_ascii
from .departure import Departure


class MailingMailing(models.Model):
    _inherit = "mailing.mailing"

    # ------------------------------------------------------------
    # Counting before sending
    # ------------------------------------------------------------

    def _count_audience(self):
        """How many get the mail, and how many do not for which reason (stock's failure types); writes nothing."""
        self.ensure_one()
        classified = self._classified_recipients()
        query = SQL("SELECT reason, count(*) FROM (%s) c GROUP BY reason ORDER BY 2 DESC", classified)
        counts = dict(self.env.execute_query(query))
        return {"to_send": counts.pop(None, 0), "excluded": counts}

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
        """Put everybody into the queue, or these records, in the transaction there is; the lanes begin after it."""
        self.ensure_one()
        Departure(self, res_ids).enqueue_at_once()

    def _trace_count(self):
        return sum(row[3] for row in self.env["mailing.trace.count"]._groups(self.ids))

    def _insert_recipients(self, classified):
        """Insert a table of classified recipients; returns how many, with the excluded, and the last record."""
        self.env.cr.execute(self._insert_query(classified))
        count, last_record = self.env.cr.fetchone()
        self.env["mailing.trace"].invalidate_model()
        self.invalidate_recordset(["mailing_trace_ids"])
        return count, last_record

    def _insert_query(self, classified):
        """One statement for traces and work table.

        Who wrote a trace is nobody's question, and two foreign keys less to look up a tenth of the time.
        """
        return SQL(
            """
            WITH trace AS (
                INSERT INTO mailing_trace (
                    trace_type, model, res_id, mass_mailing_id, campaign_id, email, message_id, recipient_key,
                    is_test_trace, delivery_state, trace_status, failure_type, attempt_count, create_date, write_date)
                SELECT 'mail', %(model)s, c.res_id, %(mailing)s, %(campaign)s, COALESCE(c.email, c.raw, ''),
                    CASE WHEN c.reason IS NULL THEN %(message_id)s END,
                    CASE WHEN c.reason IS NULL THEN %(key)s END,
                    %(is_test)s, CASE WHEN c.reason IS NULL THEN 'queued' ELSE 'excluded' END,
                    CASE WHEN c.reason IS NULL THEN 'outgoing' ELSE 'cancel' END,
                    c.reason, 0, %(now)s, %(now)s
                FROM (%(classified)s) c ORDER BY c.res_id
                RETURNING id, res_id, email, delivery_state
            ), queue AS (
                INSERT INTO mailing_queue (
                    trace_id, mailing_id, res_id, email, provider_id, next_attempt_at, attempt_count)
                SELECT id, %(mailing)s, res_id, email, %(provider)s, %(now)s, 0
                FROM trace WHERE delivery_state = 'queued'
            )
            SELECT count(*), max(res_id) FROM trace
            """,
            model=self.mailing_model_real,
            mailing=self.id,
            # a campaign does not count a test, nor know whom it has reached
            campaign=(not self.is_test_send and self.campaign_id.id) or None,
            is_test=self.is_test_send,
            message_id=self._message_id_sql(),
            key=self._recipient_key_sql(),
            provider=self.env["mailing.queue"]._provider_of_email_sql(),
            now=SQL("date_trunc('second', now() AT TIME ZONE 'UTC')"),
            classified=classified,
        )

    def _recipient_key_sql(self):
        """The guard against doubles: the address, or the record where its address may get the mail several times."""
        return SQL("c.key") if self.exclude_duplicates else SQL("%s || c.res_id", f"{self.mailing_model_real},")

    def _message_id_sql(self):
        """A Message-ID with stock's infix, by which an answer finds its record.

        It begins with time and record, so that the index of a million grows at its end, and not everywhere.
        """
        try:
            domain = domain_to_ascii(self._header_from_and_envelope().header_from.rpartition("@")[2].rstrip(">"))
        except BadAddress:
            domain = "localhost"
        return SQL(
            "'<' || lpad(to_hex(extract(epoch FROM now())::bigint), 8, '0') || lpad(to_hex(c.res_id), 8, '0')"
            " || right(replace(gen_random_uuid()::text, '-', ''), 16) || '-openerp-' || c.res_id || %s",
            f"-{self.mailing_model_real}@{domain}>",
        )
