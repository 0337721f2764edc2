"""What is wrong with an address before anything came back: its spelling and its domain, and what was meant."""

from odoo import api, models
from odoo.tools import SQL

from ..core.validity import Reason

TOLD = ("invalid", "typo")


class MailingAddress(models.Model):
    _inherit = "mailing.address"

    def _problem(self):
        problem = super()._problem() or self._problem_of_validity()
        if not problem or not self.suggestion:
            return problem
        return self.env._("%(problem)s Did you mean %(address)s?", problem=problem, address=self.suggestion)

    def _problem_of_validity(self):
        """A role or a throw-away address is no problem: it is a risk, which the column says."""
        if self.validity != "invalid" and self.validity_reason != "typo":
            return ""
        cause = self._validity_words().get(self.validity_reason, "")
        return (
            self.env._("Not mailed: %(cause)s.", cause=cause[:1].lower() + cause[1:])
            if self.is_unreachable
            else f"{cause}."
        )

    @api.model
    def _problem_of_no_address(self):
        """What is wrong with a text in the place of an address, which has no row of its own."""
        return f"{self._cause_of_no_address()}."

    @api.model
    def _cause_of_no_address(self):
        return self._validity_words()[Reason.SYNTAX]

    def _validity_words(self):
        return dict(self._fields["validity_reason"]._description_selection(self.env))

    def _cause_sql(self, alias):
        return SQL(
            "COALESCE(%(bounces)s, CASE WHEN %(validity)s = 'invalid' OR %(reason)s = 'typo'"
            " THEN CASE %(reason)s %(words)s END END)",
            bounces=super()._cause_sql(alias),
            validity=SQL.identifier(alias, "validity"),
            reason=SQL.identifier(alias, "validity_reason"),
            words=SQL(" ").join(SQL("WHEN %s THEN %s", code, text) for code, text in self._validity_words().items()),
        )
