"""Telling everybody who looks at a mailing how far it is, over Odoo's bus."""

from collections import Counter

from odoo import api, fields, models
from odoo.tools import SQL

from ...core.progress import seconds_left, settled

NOTIFICATION = "bulk_mailing.progress"
TOLD_AT_ONCE = {"state", "flight_state", "is_enqueuing"}
PENDING = "bulk_mailing.progress"
NOBODY_DEFERRED = {"next_try_at": False, "deferred_at": []}


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
            **(self._deferred() if count["deferred"] else NOBODY_DEFERRED),
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

    def _deferred(self):
        """When the next deferred recipient is due (UTC, ISO), and how many there are, by provider ("": the others).

        Each is looked for in the index of its provider's waiting, of whom those who were never tried come first.
        """
        waits = SQL("mailing_id = %s AND claimed_by IS NULL AND next_attempt_at > now() AT TIME ZONE 'UTC'", self.id)
        query = SQL(
            """
            SELECT p.id, later.* FROM mailing_provider_limit p CROSS JOIN LATERAL (
                SELECT min(next_attempt_at), count(*) AS mails FROM mailing_queue WHERE provider_id = p.id AND %(waits)s
            ) later WHERE later.mails > 0
            UNION ALL (
                SELECT NULL, min(next_attempt_at), count(*) FROM mailing_queue WHERE provider_id IS NULL AND %(waits)s
                HAVING count(*) > 0
            ) ORDER BY 3 DESC
            """,
            waits=waits,
        )
        rows = self.env.execute_query(query)
        Provider = self.env["mailing.provider.limit"]
        return {
            "next_try_at": fields.Datetime.to_string(min((at for _id, at, _mails in rows), default=None)),
            "deferred_at": [{"provider": Provider.browse(id_).name or "", "mails": mails} for id_, _at, mails in rows],
        }
