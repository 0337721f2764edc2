"""The calls of mail providers, known by what is the same for the same call: each is acted on once."""

from odoo import api, fields, models
from odoo.tools import SQL

from ..core.webhooks import REMEMBERED_HOURS


class MailingWebhookCall(models.Model):
    """Written by the server alone: nobody has the right to write or create one."""

    _name = "mailing.webhook.call"
    _description = "Call of a mail provider"
    _order = "called_at desc, id desc"
    _rec_name = "called_at"
    _log_access = False

    webhook_id = fields.Many2one("mailing.webhook", required=True, readonly=True, ondelete="cascade")
    call_key = fields.Char(required=True, readonly=True)
    called_at = fields.Datetime("When", required=True, readonly=True, index=True)
    event_count = fields.Integer("Events", required=True, readonly=True)

    _once = models.UniqueIndex("(webhook_id, call_key)", "A call is acted on once.")

    @api.model
    def _is_new(self, webhook, delivery):
        """Note a call; whether it is the first time that it comes.

        A row for each, and no counter: calls come by many workers at once, which would wait for each other.
        """
        query = SQL(
            """
            INSERT INTO mailing_webhook_call (webhook_id, call_key, called_at, event_count)
            VALUES (%s, %s, %s, %s) ON CONFLICT (webhook_id, call_key) DO NOTHING RETURNING id
            """,
            webhook.id,
            delivery.key,
            fields.Datetime.now(),
            len(delivery.events),
        )
        is_new = bool(self.env.execute_query(query))
        webhook.invalidate_recordset(["call_ids", "last_call_at", "event_count"])
        return is_new

    @api.autovacuum
    def _forget(self):
        """What is so old that it would be refused anyway needs no row; what it told stays counted."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                WITH gone AS (
                    DELETE FROM mailing_webhook_call WHERE called_at < now() AT TIME ZONE 'UTC' - %s * interval '1 h'
                    RETURNING webhook_id, called_at, event_count
                ), summed AS (
                    SELECT webhook_id, max(called_at) AS last, sum(event_count) AS count FROM gone GROUP BY webhook_id
                )
                UPDATE mailing_webhook w SET past_call_at = GREATEST(w.past_call_at, s.last),
                    past_event_count = COALESCE(w.past_event_count, 0) + s.count
                FROM summed s WHERE w.id = s.webhook_id
                """,
                REMEMBERED_HOURS,
            )
        )
        self.env.invalidate_all()
