"""Mails that tell what became of mails of ours: bounces, delays, complaints; by whichever gateway they come."""

from odoo import api, models

from ..core.bounces import BounceReport, Kind, Reason, RecipientFailure, Severity, classify

ABOUT_MAILS_OF_OURS = (Kind.BOUNCE, Kind.DELAY, Kind.COMPLAINT)
NO_WORDS = RecipientFailure("", Severity.SOFT, Reason.UNDEFINED)
_WORST_FIRST = (Severity.HARD, Severity.SOFT, Severity.POLICY)


class MailingBounce(models.Model):
    _inherit = "mailing.bounce"

    @api.model
    def _take_mail(self, raw, returned=None) -> tuple[BounceReport, bool]:
        """Act on a mail if it tells of mails of ours; what it is, and whether it did. No mail is too broken for this.

        :param returned: the trace whose return-path it came to, if it did
        """
        report = classify(raw)
        return report, self._take_report(report, returned)

    @api.model
    def _take_report(self, report, returned=None):
        """Act on a report about mails of ours, and tell whether it was one."""
        if report.kind not in ABOUT_MAILS_OF_OURS:
            return False
        traces = returned or self._traces_of(report)
        for trace in traces:
            if report.kind is Kind.BOUNCE:
                failure, is_own = self._failure_of(trace, report)
                trace._take_failure(failure, is_own, bool(returned), report.original_date)
            elif report.kind is Kind.COMPLAINT:
                trace._take_complaint(report.feedback_type)
            # a delay changes nothing: whoever reports it goes on trying
        return bool(traces)

    def _traces_of(self, report):
        """Whose mail is returned. Nobody can guess a Message-ID of ours: who knows one has got that mail."""
        # sudo: a gateway's user has no right on mailings; the Message-ID is the right
        traces = self.env["mailing.trace"].sudo()
        message_id = report.original_message_id
        return traces.search([("message_id", "=", message_id), ("trace_type", "=", "mail")]) if message_id else traces

    def _failure_of(self, trace, report):
        """What became of this mail, and whether it is said of the address that we have written to.

        Somebody else is named where a mail was forwarded, or where a report is forged: nobody is blamed then.
        """
        key = self.env["mailing.address"]._key
        own = [
            failure for failure in report.recipients if not failure.address or key(failure.address) == key(trace.email)
        ]
        failures = own or report.recipients or [NO_WORDS]
        worst = min(failures, key=lambda failure: _WORST_FIRST.index(failure.severity))
        return worst, bool(own) or not report.recipients
