"""Telling everybody who looks at a mailing how far it is, over Odoo's bus."""

from collections import Counter

from odoo import api, fields, models
from odoo.tools import SQL

from ...core.progress import seconds_left, settled

NOTIFICATION = "bulk_mailing.progress"
TOLD_AT_ONCE = {"state", "flight_state", "is_enqueuing"}
PENDING = "bulk_mailing.progress"


class MailingMailing(models.Model):
    _inherit = "mailing.mailing"

    def write(self, vals):
        result = super().write(vals)
        if TOLD_AT_ONCE & vals.keys():
            self._tell_progress()
        return result

    def read_progress(self):
        """How far these mailings are, as the bus tells it; for pages that have just been opened."""
        mailings = self.exists()  # a page may still show one that a colleague has deleted
        mailings.check_access("read")
        counts = mailings.sudo()._count_deliveries()
        return [mailing._progress(counts[mailing.id]) for mailing in mailings.sudo()]

    def _progress_channel(self):
        return (self, "progress")

    # ------------------------------------------------------------
    # What the lanes call
    # ------------------------------------------------------------

    def _notify_progress(self, at_once=False):
        """Tell how far these are: at most once a second each, by whichever lane comes first; or `at_once`."""
        self.browse(self.ids and self.env["mailing.progress"]._take_turn(self.ids))._tell_progress(measures=True)
        if at_once:
            self._tell_progress()

    # ------------------------------------------------------------
    # Telling
    # ------------------------------------------------------------

    def _tell_progress(self, measures=False):
        """Tell at the end of the transaction, once, whatever happens until then; and add a sample of the speed."""
        callbacks = self.env.cr.precommit
        if PENDING not in callbacks.data:
            callbacks.data[PENDING] = Counter()
            callbacks.add(self.browse()._tell_pending)
        callbacks.data[PENDING].update(dict.fromkeys(self.ids, measures))

    @api.model
    def _tell_pending(self):
        measures = self.env.cr.precommit.data.pop(PENDING, {})
        mailings = self.browse(measures).sudo().exists().filtered(lambda mailing: mailing.mailing_type == "mail")
        counts = mailings._count_deliveries()
        for mailing in mailings:
            count = counts[mailing.id]
            if measures[mailing.id]:
                self.env["mailing.progress"]._measure(mailing.id, settled(count))
            self.env["bus.bus"]._sendone(mailing._progress_channel(), NOTIFICATION, mailing._progress(count))

    def _progress(self, count):
        """Everything that the screens show of a mailing on its way, with so many recipients in each state."""
        waiting = count["queued"] + count["sending"]
        slowed = self._slowed_providers()
        resting = sum(provider["waiting"] for provider in slowed if provider["paused_until"])
        return {
            "id": self.id,
            "state": self.state,
            "flight_state": self.flight_state,
            "is_enqueuing": self.is_enqueuing,
            "total": count.total() - count["excluded"],
            "waiting": waiting,
            **{name: count[name] for name in ("sent", "deferred", "failed", "in_doubt", "excluded")},
            **self._speed(max(0, waiting - resting)),
            "next_try_at": self._next_try_at() if count["deferred"] else None,
            "slowed": [
                provider
                | {"paused_until": provider["paused_until"] and fields.Datetime.to_string(provider["paused_until"])}
                for provider in slowed
            ],
        }

    def _speed(self, waiting):
        """Mails a second and seconds left; None where it stands still, or nobody can know."""
        if self.flight_state != "running" or self.state != "sending" or self.undo_seconds_left:
            return {"per_second": None, "seconds_left": None}
        rate = self.env["mailing.progress"]._speeds(self.ids).get(self.id)
        left = None if self.is_enqueuing else seconds_left(waiting, rate, self.rate_per_minute)
        return {"per_second": rate, "seconds_left": left}

    def _next_try_at(self):
        """When the next deferred recipient is due (UTC, ISO), through the index of each provider's waiting."""
        query = SQL(
            """
            SELECT min(due.at) FROM (
                SELECT (
                    SELECT next_attempt_at FROM mailing_queue
                    WHERE mailing_id = %(mailing)s AND provider_id = p.id AND claimed_by IS NULL
                      AND next_attempt_at > now() AT TIME ZONE 'UTC' ORDER BY next_attempt_at LIMIT 1
                ) AS at FROM mailing_provider_limit p
                UNION ALL (
                    SELECT next_attempt_at FROM mailing_queue
                    WHERE mailing_id = %(mailing)s AND provider_id IS NULL AND claimed_by IS NULL
                      AND next_attempt_at > now() AT TIME ZONE 'UTC' ORDER BY next_attempt_at LIMIT 1
                )
            ) due
            """,
            mailing=self.id,
        )
        [[at]] = self.env.execute_query(query)
        return at and fields.Datetime.to_string(at)
