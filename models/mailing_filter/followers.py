"""Mailings that go to a selection follow it: stock only copies its conditions on the day that it is chosen."""

from odoo import models

from .mini_selection import same_conditions

DEFINITION = {"mailing_domain", "mailing_model_id", "parent_id"}


class MailingFilter(models.Model):
    _inherit = "mailing.filter"

    def write(self, vals):
        if not self._definition_fields() & vals.keys():
            return super().write(vals)
        selections = self._with_minis()
        before = {selection: selection.whole_domain for selection in selections}
        result = super().write(vals)
        changed = selections.filtered(lambda selection: selection.whole_domain != before[selection])
        changed._note_change(before)
        return result

    def _definition_fields(self):
        """What says who is in it."""
        return DEFINITION

    def _note_change(self, before):
        """Take everything along that is about to be sent to these; `before` has the conditions that they had."""
        if not self.env["mailing.mailing"]._may_send():
            self.sudo().usable_for_mailing = False  # sudo: it was switched on for who was in it before
        # sudo: whoever changes a selection meets the mailings of others
        mailings = self.env["mailing.mailing"].sudo()._about_to_use(self)
        for mailing in mailings:
            chosen = mailing.mailing_filter_id
            if chosen in self and same_conditions(mailing.mailing_domain, before[chosen]):
                mailing.mailing_domain = chosen.whole_domain
        mailings._note_changed_selection(self)
