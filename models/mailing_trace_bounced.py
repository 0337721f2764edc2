"""Stock blacklists who bounced too often: of its own mailings only, for hard ones, and nobody with a like address."""

from functools import partial

from odoo import api, models
from odoo.fields import Domain


class MailingTrace(models.Model):
    _inherit = "mailing.trace"

    @api.model
    def _search(self, domain, *args, **kwargs):
        # Set only where stock looks for the bounces of an address, with wildcards ("a_b@" finds "axb@")
        email = self.env.context.get("bulk_mailing_bounced")
        if email:
            domain = Domain(domain).map_conditions(partial(self._bounces_that_blame, email))
        return super()._search(domain, *args, **kwargs)

    def _bounces_that_blame(self, email, condition):
        """In the place of stock's condition: what our ledger counts, or was told to forget, is not among it."""
        if (condition.field_expr, condition.operator) != ("email", "=ilike"):
            return condition
        # sudo: a gateway's user has no right on the ledger
        cleared_at = (
            self.env["mailing.address"].sudo()._known([email]).get(email, self.env["mailing.address"]).cleared_at
        )
        return (
            Domain("email", "=", email)
            & Domain("delivery_state", "=", False)
            & Domain("bounce_severity", "in", (False, "hard"))
            & (Domain("write_date", ">", cleared_at) if cleared_at else Domain.TRUE)
        )
