"""When people were last told how far a mailing is, and the samples of its speed: one narrow row a mailing in flight."""

import json

from odoo import fields, models

from ..core.progress import Sample, per_second, remember

APART = "1 second"  # quicker is not seen, and there are many lanes


class MailingProgress(models.Model):
    _name = "mailing.progress"
    _description = "Speed of a mailing in flight"
    _log_access = False  # written by SQL only

    mailing_id = fields.Many2one("mailing.mailing", required=True, ondelete="cascade", readonly=True)
    told_at = fields.Datetime(required=True, readonly=True)
    samples = fields.Json(readonly=True, help="Moments (seconds) and how many were settled.")
    per_second = fields.Float(readonly=True)

    _mailing_uniq = models.UniqueIndex("(mailing_id)")

    def _take_turn(self, mailing_ids):
        """Those of the mailings that nobody has been told about for a second; no lane waits for another here."""
        self.env.cr.execute(
            """
            WITH begun AS (
                INSERT INTO mailing_progress (mailing_id, told_at)
                SELECT wanted.id, clock_timestamp() AT TIME ZONE 'UTC' FROM unnest(%(ids)s::int[]) wanted(id)
                WHERE NOT EXISTS (SELECT FROM mailing_progress p WHERE p.mailing_id = wanted.id) ORDER BY wanted.id
                ON CONFLICT DO NOTHING RETURNING mailing_id
            ), due AS (
                SELECT id FROM mailing_progress
                WHERE mailing_id = ANY(%(ids)s)
                  AND told_at <= clock_timestamp() AT TIME ZONE 'UTC' - %(apart)s::interval
                FOR NO KEY UPDATE SKIP LOCKED
            ), taken AS (
                UPDATE mailing_progress p SET told_at = clock_timestamp() AT TIME ZONE 'UTC'
                FROM due WHERE p.id = due.id RETURNING p.mailing_id
            )
            SELECT mailing_id FROM begun UNION ALL SELECT mailing_id FROM taken
            """,
            {"ids": list(mailing_ids), "apart": APART},
        )
        self.invalidate_model()
        return [mailing_id for [mailing_id] in self.env.cr.fetchall()]

    def _measure(self, mailing_id, settled):
        """Add a sample to a row whose turn was taken."""
        self.env.cr.execute(
            "SELECT samples, EXTRACT(EPOCH FROM told_at)::float FROM mailing_progress WHERE mailing_id = %s",
            [mailing_id],
        )
        [(kept, at)] = self.env.cr.fetchall()
        now, samples = Sample(at, settled), tuple(Sample(*sample) for sample in kept or ())
        self.env.cr.execute(
            "UPDATE mailing_progress SET samples = %s, per_second = %s WHERE mailing_id = %s",
            [json.dumps(remember(samples, now)), per_second(samples, now), mailing_id],
        )
        self.invalidate_model()

    def _speeds(self, mailing_ids):
        """Mails a second by mailing, where that was measured in the last minute."""
        self.env.cr.execute(
            """
            SELECT mailing_id, per_second FROM mailing_progress
            WHERE mailing_id = ANY(%s) AND told_at > clock_timestamp() AT TIME ZONE 'UTC' - interval '1 minute'
            """,
            [mailing_ids],
        )
        return dict(self.env.cr.fetchall())
