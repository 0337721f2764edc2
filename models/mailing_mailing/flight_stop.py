"""What has gone and what has not, in words: when a mailing pauses, and before and after it is stopped for good."""

from odoo import api, fields, models
from odoo.tools.misc import formatLang


class MailingMailing(models.Model):
    _inherit = "mailing.mailing"

    stopped_count = fields.Integer("Stopped before they were mailed", readonly=True, copy=False)
    is_cut_short = fields.Boolean(
        "Stopped during the enqueue", readonly=True, copy=False, help="Some recipients are not even listed."
    )
    so_far = fields.Char("What has gone", compute="_compute_so_far")

    @api.depends("mailing_trace_ids.delivery_state", "flight_state", "stopped_count")
    @api.depends_context("lang")
    def _compute_so_far(self):
        for mailing in self:
            mailing.so_far = mailing._so_far_in_words() if mailing.flight_state else ""

    def _so_far_in_words(self):
        """ "812 sent, 1 in doubt, 5 failed, 664 wait", or after a stop "664 did not get it"."""
        count, env = self._count_deliveries()[self.id], self.env
        waiting = count["queued"] + count["deferred"]
        words = {
            "sent": (count["sent"], lambda number: env._("%s sent", number)),
            "sending": (count["sending"], lambda number: env._("%s are being mailed", number)),
            "in_doubt": (count["in_doubt"], lambda number: env._("%s in doubt", number)),
            "failed": (count["failed"], lambda number: env._("%s failed", number)),
            "waiting": (waiting, lambda number: env._("%s wait", number)),
            "stopped": (self.stopped_count + waiting, lambda number: env._("%s did not get it", number)),
        }
        rest = "stopped" if self.flight_state == "stopped" else "waiting"
        told = ["sent", *(name for name in ("sending", "in_doubt", "failed") if words[name][0]), rest]
        sentence = ", ".join(words[name][1](self._number(words[name][0])) for name in told)
        if not self.is_cut_short:
            return sentence
        return env._("%(so_far)s, nor did those who were not listed yet", so_far=sentence)

    def _number(self, count):
        return formatLang(self.env, count, digits=0)

    def action_ask_to_stop(self):
        """Ask once more, naming who will not get it."""
        self.ensure_one()
        self._check_may_send()
        count = self.sudo()._count_deliveries()[self.id]
        words = {"sent": self._number(count["sent"]), "waiting": self._number(count["queued"] + count["deferred"])}
        body = self.env._(
            "%(waiting)s people have not been mailed, and will not be: this is final. %(sent)s have been sent the "
            "mail, which cannot be recalled.",
            **words,
        )
        params = {"title": self.env._("Stop sending for good?"), "body": body, "mailing_id": self.id}
        return {"type": "ir.actions.client", "tag": "bulk_mailing_ask_to_stop", "params": params}
