"""Only lists and selections that have been switched on for mailings are mailed."""

from odoo import models
from odoo.exceptions import UserError


class MailingMailing(models.Model):
    _inherit = "mailing.mailing"

    def _targets(self):
        """Recordsets of the lists and the saved selection that it goes to."""
        lists = self.contact_list_ids if self._audience_kind() == "list" else self.contact_list_ids.browse()
        return lists, self.mailing_filter_id

    def _unusable(self):
        """Of those, the ones that nobody has switched on, as recordsets."""
        # sudo: their names and this one field, for whoever may write the mailing
        return [targets.sudo().filtered(lambda target: not target.usable_for_mailing) for targets in self._targets()]

    def _unusable_targets(self):
        """Their names."""
        return [target.name for targets in self._unusable() for target in targets]

    def _check_usable(self):
        """Raise unless everything it goes to has been switched on for mailings."""
        self._check_within_selection()
        names = self._unusable_targets()
        if names:
            raise UserError(
                self.env._(
                    "Not switched on for mailings: %(names)s. Somebody who may send does that once, and says why these "
                    "people may be mailed.",
                    names=", ".join(f"“{name}”" for name in names),
                )
            )

    def _check_still_usable(self):
        """Raise where it was scheduled, and its list or selection was switched off since."""
        if self._enforces_terms_and_checks() and not self.flight_state:
            self._check_usable()
