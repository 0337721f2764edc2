"""Counting bounces on their addresses, and blocking those that do not work.

Hard bounces and complaints block at once, soft ones when there are too many without a sign of life in between.
Policy, which is about us, counts for nobody.
"""

from odoo import api, models
from odoo.tools import SQL

from ..adapters.postgres import array
from .mailing_bounce import HARD_REASONS

SOFT_BOUNCE_LIMIT = "bulk_mailing.soft_bounce_limit"
SOFT_BOUNCE_DAYS = "bulk_mailing.soft_bounce_days"
DEFAULT_LIMIT, DEFAULT_DAYS = 5, 3
MOST_DAYS = 3650  # far beyond that, neither PostgreSQL nor Python has a date

COUNT_NEW = """
    WITH counted AS (
        SELECT b.* FROM mailing_bounce b JOIN mailing_address a ON a.id = b.address_id
        WHERE b.id = ANY(%(bounces)s) AND (b.severity IN ('hard', 'soft') OR b.source = 'complaint')
          AND (a.cleared_at IS NULL OR b.occurred_at >= a.cleared_at)
    ), summed AS (
        SELECT address_id, count(*) FILTER (WHERE severity = 'hard') AS hard,
            count(*) FILTER (WHERE severity = 'soft') AS soft, max(occurred_at) AS at,
            (array_agg(id ORDER BY occurred_at DESC, id DESC))[1] AS last,
            (array_agg(reason ORDER BY occurred_at DESC, id DESC))[1] AS reason,
            (array_agg(id ORDER BY occurred_at, id)
                FILTER (WHERE severity = 'hard' OR source = 'complaint'))[1] AS proof
        FROM counted GROUP BY address_id
    ), judged AS (
        SELECT s.*, CASE WHEN p.source = 'complaint' THEN p.source
            WHEN p.reason = ANY(%(hard_reasons)s) THEN p.reason
            WHEN p.id IS NOT NULL THEN 'hard_bounce'
            WHEN a.soft_bounce_count + s.soft > %(limit)s THEN 'soft_bounces' END AS why
        FROM summed s JOIN mailing_address a ON a.id = s.address_id
        LEFT JOIN counted p ON p.id = s.proof
    )
    UPDATE mailing_address a SET
        hard_bounce_count = a.hard_bounce_count + j.hard,
        soft_bounce_count = a.soft_bounce_count + j.soft,
        last_bounce_at = GREATEST(a.last_bounce_at, j.at),
        last_bounce_id = CASE WHEN a.last_bounce_at > j.at THEN a.last_bounce_id ELSE j.last END,
        last_bounce_reason = CASE WHEN a.last_bounce_at > j.at THEN a.last_bounce_reason ELSE j.reason END,
        is_blocked = a.is_blocked OR j.why IS NOT NULL,
        blocked_reason = CASE WHEN a.is_blocked THEN a.blocked_reason ELSE j.why END,
        blocked_at = CASE WHEN a.is_blocked THEN a.blocked_at WHEN j.why IS NOT NULL THEN %(now)s END,
        evidence_id = CASE WHEN a.is_blocked THEN a.evidence_id
            WHEN j.why IS NOT NULL THEN COALESCE(j.proof, j.last) END
    FROM judged j WHERE a.id = j.address_id
"""
ACCEPTED_SINCE = """
    t.email IN (a.email, a.other_spelling) AND t.trace_status IN ('sent', 'open', 'reply')
    AND t.sent_datetime > a.last_bounce_at AND t.sent_datetime <= %(before)s
"""
HAS_WORKED = """
    %(which)s AND a.soft_bounce_count > 0 AND NOT a.is_blocked AND a.last_bounce_at < %(before)s
      AND (EXISTS (
        SELECT FROM mailing_mailing m JOIN mailing_trace t ON t.mass_mailing_id = m.id
        WHERE m.mailing_type = 'mail' AND m.state IN ('sending', 'done')
          AND COALESCE(m.sent_date, m.write_date) > a.last_bounce_at
          AND t.recipient_key IN (a.email, (
            SELECT l.model || ',' || l.res_id FROM mailing_bounce b
            JOIN mailing_trace l ON l.id = b.trace_id WHERE b.id = a.last_bounce_id))
          AND t.delivery_state = 'sent' AND %(accepted)s
      ) OR EXISTS (
        SELECT FROM mailing_trace t
        WHERE t.recipient_key IS NULL AND t.delivery_state IS NULL AND t.trace_type = 'mail' AND %(accepted)s
      ))
"""


class MailingAddress(models.Model):
    _inherit = "mailing.address"

    @api.model
    def _soft_bounce_limit(self):
        """How many soft bounces are accepted; one more blocks."""
        return self._number_parameter(SOFT_BOUNCE_LIMIT, DEFAULT_LIMIT)

    @api.model
    def _soft_bounce_days(self):
        """How long an accepted mail has to stay uncontradicted, to prove that the address works."""
        return min(self._number_parameter(SOFT_BOUNCE_DAYS, DEFAULT_DAYS), MOST_DAYS)

    def _number_parameter(self, key, default):
        # sudo: who counts is a lane, a gateway or whoever clears; a number that somebody typed may be none
        value = self.env["ir.config_parameter"].sudo().get_param(key) or ""
        return int(value) if value.isdecimal() else default

    @api.model
    def _count(self, bounce_ids):
        """Count new events on their addresses, which are locked; what is older than a clearing counts no more."""
        if not bounce_ids:
            return
        self._start_anew(SQL("a.id IN (SELECT address_id FROM mailing_bounce WHERE id = ANY(%s))", bounce_ids))
        self.env.cr.execute(
            SQL(
                COUNT_NEW,
                bounces=list(bounce_ids),
                hard_reasons=list(HARD_REASONS),
                limit=self._soft_bounce_limit(),
                now=SQL("date_trunc('second', now() AT TIME ZONE 'UTC')"),
            )
        )
        self.env.invalidate_all(flush=False)

    @api.model
    def _start_anew(self, which):
        """Forget the soft bounces of addresses `a` that have worked since: a mail was accepted, and did not come back.

        Accepted alone proves nothing: many servers take a mail first, and send it back within days.
        """
        before = SQL("(now() AT TIME ZONE 'UTC' - %s * interval '1 day')", self._soft_bounce_days())
        accepted = SQL(ACCEPTED_SINCE, before=before)
        found = self._lock(SQL(HAS_WORKED, which=which, before=before, accepted=accepted))
        if found:
            query = "UPDATE mailing_address SET soft_bounce_count = 0 WHERE id = ANY(%s::int[])"
            self.env.cr.execute(SQL(query, array(found)))

    @api.model
    def _note_sign_of_life(self, email):
        """A person wrote from this address: its mailbox works, whatever came back before."""
        key = self._key(email)
        self.flush_model()
        self.env.cr.execute(
            SQL(
                "UPDATE mailing_address SET soft_bounce_count = 0"
                " WHERE email = %s AND soft_bounce_count > 0 AND NOT is_blocked",
                key,
            )
        )
        self.invalidate_model(["soft_bounce_count"])

    @api.autovacuum
    def _show_who_works_again(self):
        """The count that people see falls when it would start anew, not only at the next bounce."""
        self.env.flush_all()
        self._start_anew(SQL("TRUE"))
        self.invalidate_model(["soft_bounce_count"])
