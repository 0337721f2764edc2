"""A mailing that too many refuse pauses, and says why, before it does more harm."""

from collections import Counter

from odoo import api, fields, models

from ...core.alarm import Refusals, alarm, gist, kind
from ...core.progress import settled
from ...core.replies import Verdict


class MailingMailing(models.Model):
    _inherit = "mailing.mailing"

    settled_before = fields.Integer(
        readonly=True, copy=False, help="How many were settled when it began or was last resumed: refusals count anew."
    )

    def write(self, vals):
        result = super().write(vals)
        if vals.get("flight_state") == "running":
            self._forget_refusals()
        return result

    def _forget_refusals(self):
        """Whoever lets it go has seen what there was: from here it counts anew."""
        self.env["mailing.refusal"].sudo().search([("mailing_id", "in", self.ids)]).unlink()
        for mailing in self.sudo():
            mailing.write({"settled_before": mailing._settled_count(), "stopped_count": 0, "is_cut_short": False})

    def _settled_count(self):
        return settled(self._count_deliveries()[self.id])

    # ------------------------------------------------------------
    # What the lanes call
    # ------------------------------------------------------------

    @api.model
    def _watch_refusals(self, results):
        """Count the refusals among results (pairs of a claimed row and its outcome), and pause where they are too many.

        In the transaction that settles them; costs nothing where nobody refuses.
        """
        failures = [(row, outcome) for row, outcome in results if outcome.verdict is Verdict.FAILED]
        if not failures:
            return
        self.env["mailing.refusal"]._add(Counter(self._refusal_key(row, outcome) for row, outcome in failures))
        for mailing in self.browse({row["mailing_id"] for row, _outcome in failures}):
            mailing._pause_if_refused()

    def _refusal_key(self, row, outcome):
        """Mailing, kind, receiver and reply."""
        failure = kind(outcome.stage, outcome.reply)
        if failure == "unknown":  # who, and in which words, is of no interest
            return row["mailing_id"], failure, "", ""
        reply = str(outcome.reply or outcome.reason or "")
        return row["mailing_id"], failure, self._receiver(row), gist(reply)

    def _receiver(self, row):
        """The provider's name, or the domain."""
        providers = self.env["mailing.provider.limit"]
        known = providers.browse(row.get("provider_id") or ()) - providers._of_everybody_else()
        return known.name or row["email"].rpartition("@")[2].lower()

    def _pause_if_refused(self):
        reason = self.flight_state == "running" and self._somebody_waits() and alarm(self._refusals())
        if reason:
            self._pause_because(reason)

    def _somebody_waits(self):
        return bool(self.env["mailing.queue"].search_count([("mailing_id", "=", self.id)], limit=1))

    def _refusals(self):
        """What was counted since it began or was resumed."""
        rows = self.env["mailing.refusal"].search([("mailing_id", "=", self.id)])
        count = Counter()
        for row in rows:
            count[row.kind] += row.count
        policy = rows.filtered(lambda row: row.kind == "policy")
        return Refusals(
            results=self._settled_count() - self.settled_before,
            unknown=count["unknown"],
            policy=count["policy"],
            failed=count.total(),
            receiver=self._main_receiver(policy),
            reply=max(policy or rows, key=lambda row: row.count).reply,
        )

    def _main_receiver(self, refusals):
        """Who refuses most, if that is nearly all there is."""
        count = Counter()
        for row in refusals:
            count[row.receiver] += row.count
        [(receiver, most)] = count.most_common(1) or [("", 0)]
        return receiver if most >= 0.8 * count.total() else ""
