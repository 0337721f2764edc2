"""What a mailing brought, and what nobody counted."""

from collections import Counter

from odoo import api, fields, models
from odoo.tools import float_round

from ...core import tokens
from .recipient_links import OPEN_SCOPE
from .sample import NO_TRACE

NEVER_ARRIVED = ("bounce", "error", "cancel")


class MailingMailing(models.Model):
    _inherit = "mailing.mailing"

    is_opens_measured = fields.Boolean(compute="_compute_is_opens_measured")
    # what happened to the recipients; all nought on Odoo's own queue, which does not know
    recipient_count = fields.Integer("Recipients", compute="_compute_delivery_counts")
    waiting_count = fields.Integer("Waiting", compute="_compute_delivery_counts")
    deferred_count = fields.Integer("Deferred", compute="_compute_delivery_counts")
    accepted_count = fields.Integer("Accepted", compute="_compute_delivery_counts")
    undelivered_count = fields.Integer("Not delivered", compute="_compute_delivery_counts")
    excluded_count = fields.Integer("Excluded", compute="_compute_delivery_counts")
    progress = fields.Float(compute="_compute_delivery_counts", help="Percentage of the recipients that are settled.")

    @api.depends("send_engine", "track_opens", "body_format", "mailing_type")
    def _compute_is_opens_measured(self):
        for mailing in self:
            counted = mailing.track_opens and mailing._has_html_part()
            mailing.is_opens_measured = counted or not mailing._uses_queue()

    @api.depends("mailing_trace_ids.delivery_state", "mailing_trace_ids.trace_status")
    def _compute_delivery_counts(self):
        counts = self._count_deliveries()
        for mailing in self:
            count = counts.get(mailing._origin.id, Counter())
            mailing.recipient_count = recipients = count.total() - count["excluded"]
            mailing.waiting_count = count["queued"] + count["sending"] + count["deferred"]
            mailing.deferred_count = count["deferred"]
            mailing.accepted_count = count["sent"]
            mailing.undelivered_count = count["failed"]
            mailing.in_doubt_count = count["in_doubt"]
            mailing.excluded_count = count["excluded"]
            mailing.progress = 100.0 * (recipients - mailing.waiting_count) / recipients if recipients else 0.0

    def _count_deliveries(self):
        """How many traces are in which delivery state, for each mailing id.

        What bounced later is `failed`, also where the bounce was noted by stock, which knows no delivery state.
        """
        counts = {mailing.id: Counter() for mailing in self._origin}
        for mailing_id, state, status, traces, *_marks in self.env["mailing.trace.count"]._groups(self._origin.ids):
            if state:
                counts[mailing_id]["failed" if status == "bounce" else state] += traces
        return counts

    def _compute_statistics(self):
        # Stock counts the traces; of ours there may be a million, and the database has kept count
        ours = self.filtered(lambda mailing: mailing._uses_queue())
        super(MailingMailing, self - ours)._compute_statistics()
        # a test sending has a progress and no statistics
        counted = ours.filtered(lambda mailing: not mailing.is_test_send)
        super(MailingMailing, ours.with_context(bulk_mailing_kept_counts=counted.ids))._compute_statistics()

    def _compute_clicks_ratio(self):
        ours = self.filtered(lambda mailing: mailing._uses_queue())
        if rest := self - ours:
            super(MailingMailing, rest)._compute_clicks_ratio()
        arrived, clicked = Counter(), Counter()
        for mailing_id, _state, status, traces, clicks, _sent in self.env["mailing.trace.count"]._groups(ours.ids):
            if status not in NEVER_ARRIVED:
                arrived[mailing_id] += traces
                clicked[mailing_id] += clicks
        for mailing in ours:
            share = clicked[mailing.id] / max(arrived[mailing.id], 1)
            mailing.clicks_ratio = float_round(100 * share, precision_digits=2)

    def _compute_total(self):
        # Stock searches the recipients again; who has departed has them in the ledger
        departed = self.filtered(lambda m: m.state in ("sending", "done") and not m.is_enqueuing and m._uses_queue())
        super(MailingMailing, self - departed)._compute_total()
        for mailing in departed:
            mailing.total = mailing._trace_count()

    def _compute_sms_has_iap_failure(self):
        # Stock looks through all traces of a mail for text messages
        texts = self.filtered(lambda mailing: mailing.mailing_type == "sms")
        (self - texts).update({"sms_has_insufficient_credit": False, "sms_has_unregistered_account": False})
        super(MailingMailing, texts)._compute_sms_has_iap_failure()

    def action_view_recipients(self):
        return self._action_view_recipients("all", self.env._("Recipients"), [])

    def action_view_accepted(self):
        domain = [("delivery_state", "=", "sent"), ("trace_status", "!=", "bounce")]
        return self._action_view_recipients("sent", self.env._("Sent"), domain)

    def action_view_deferred(self):
        return self._action_view_recipients("deferred", self.env._("Deferred"), [("delivery_state", "=", "deferred")])

    def action_view_in_doubt(self):
        domain = [("delivery_state", "=", "in_doubt"), ("trace_status", "!=", "bounce")]
        return self._action_view_recipients("in_doubt", self.env._("In doubt"), domain)

    def action_view_undelivered(self):
        domain = ["|", ("delivery_state", "=", "failed"), ("trace_status", "=", "bounce")]
        return self._action_view_recipients("failed", self.env._("Not delivered"), domain)

    def action_view_excluded(self):
        domain = [("delivery_state", "=", "excluded")]
        return self._action_view_recipients("excluded", self.env._("Excluded"), domain, group_by="failure_type")

    def _action_view_recipients(self, kind, name, domain, group_by=False):
        """A list of this mailing's recipients; its columns are those that say something of this kind."""
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id("mass_mailing.mailing_trace_action")
        list_view = self.env.ref("mass_mailing.mailing_trace_view_tree_mail")
        form_view = self.env.ref("mass_mailing.mailing_trace_view_form")
        return action | {
            "name": name,
            "display_name": name,
            "domain": [("mass_mailing_id", "=", self.id), *domain],
            "context": {"group_by": group_by, "create": False, "recipients": kind},
            "views": [(list_view.id, "list"), (form_view.id, "form")],
        }

    def _prepare_statistics_email_values(self):
        """A36: the mail after a day says that opens were not measured, where they were not; stock says 0 %."""
        values = super()._prepare_statistics_email_values()
        if not self.is_opens_measured and self.mailing_type == "mail":
            engagement = values["kpi_data"][0]
            engagement["kpi_col2"] = {"value": self.env._("Not measured"), "col_subtitle": self.env._("OPENED")}
        return values

    @api.model
    def _count_open(self, trace_id, signature):
        """Count an open if the signature is the trace's own; returns whether it is.

        The picture of a sample is one as well, and counts nothing.
        """
        if trace_id == NO_TRACE:
            return True
        if not tokens.is_signature(self._token_key(), OPEN_SCOPE, trace_id, signature):
            return False
        # sudo: who reads a mail has no account; the signature is the right
        trace = self.env["mailing.trace"].sudo().browse(trace_id).exists()
        # a bounce stays a bounce, also when a machine on the way fetched the picture
        if trace.mass_mailing_id.track_opens and trace.trace_status not in NEVER_ARRIVED:
            trace.set_opened()
        return True
