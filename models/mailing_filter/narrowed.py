"""A selection that was narrowed for one mailing, kept as a mini-selection for the next."""

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain

from .mini_selection import as_lists, narrows, parsed, parts


class MailingFilter(models.Model):
    _inherit = "mailing.filter"

    def _narrowed_to(self, domain, name):
        """A mini-selection of this one, by what these conditions ask for beyond its own."""
        if not (name or "").strip():
            raise UserError(self.env._("Give the mini-selection a name."))
        if not narrows(domain, self.whole_domain):
            raise UserError(
                self.env._(
                    "These conditions do not only narrow “%(name)s”: some of its own are changed or gone.",
                    name=self.display_name,
                )
            )
        whole = parts(parsed(self.whole_domain))
        own = Domain.AND(part for part in parts(parsed(domain)) if part not in whole)
        return self.create(
            {
                "name": name.strip(),
                "mailing_model_id": self.mailing_model_id.id,
                "mailing_domain": repr(as_lists(own)),
                "parent_id": self.id,
            }
        )
