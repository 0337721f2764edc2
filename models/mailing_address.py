"""What is known of an address, whoever has it, over all mailings."""

from odoo import api, fields, models
from odoo.tools import SQL, email_normalize


class MailingAddress(models.Model):
    _name = "mailing.address"
    _description = "Mail address"
    _order = "last_bounce_at desc, id desc"
    _rec_name = "email"

    email = fields.Char(required=True, readonly=True, help="Normalised.")
    hard_bounce_count = fields.Integer("Hard bounces", required=True, default=0, readonly=True)
    soft_bounce_count = fields.Integer("Soft bounces", required=True, default=0, readonly=True)
    last_bounce_at = fields.Datetime("Last bounce", readonly=True)

    _email_is_unique = models.Constraint("UNIQUE (email)", "There is one record for an address.")

    @api.model
    def _count_bounces(self, bounces):
        """Count bounces: pairs of an address and a severity; other severities than hard and soft blame no address."""
        blaming = [(email_normalize(email) or email, severity) for email, severity in bounces if severity]
        if not blaming:
            return
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO mailing_address AS known (
                    email, hard_bounce_count, soft_bounce_count, last_bounce_at,
                    create_uid, write_uid, create_date, write_date)
                SELECT email, count(*) FILTER (WHERE severity = 'hard'), count(*) FILTER (WHERE severity = 'soft'),
                    %(now)s, %(uid)s, %(uid)s, %(now)s, %(now)s
                FROM unnest(%(emails)s::text[], %(severities)s::text[]) AS bounce(email, severity)
                WHERE severity IN ('hard', 'soft')
                GROUP BY email ORDER BY email  -- in one order, so that two lanes never wait for each other
                ON CONFLICT (email) DO UPDATE SET
                    hard_bounce_count = known.hard_bounce_count + EXCLUDED.hard_bounce_count,
                    soft_bounce_count = known.soft_bounce_count + EXCLUDED.soft_bounce_count,
                    last_bounce_at = EXCLUDED.last_bounce_at, write_date = EXCLUDED.write_date
                """,
                now=SQL("date_trunc('second', now() AT TIME ZONE 'UTC')"),
                uid=self.env.uid,
                emails=[email for email, _severity in blaming],
                severities=[severity for _email, severity in blaming],
            )
        )
        self.invalidate_model()
