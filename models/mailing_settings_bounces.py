"""The settings page: when an address that bounces is disabled."""

from odoo import fields, models
from odoo.exceptions import ValidationError

from .mailing_address_blocking import DEFAULT_DAYS, DEFAULT_LIMIT, MOST_DAYS, SOFT_BOUNCE_DAYS, SOFT_BOUNCE_LIMIT


class MailingSettings(models.Model):
    _inherit = "mailing.settings"

    soft_bounce_limit = fields.Integer(
        "Bounces accepted",
        compute="_compute_soft_bounces",
        inverse="_inverse_soft_bounce_limit",
        help="For all companies: the number of bounces accepted before an e-mail address is disabled. One that does "
        "not exist is disabled at once.",
    )
    soft_bounce_days = fields.Integer(
        "Days that prove an address",
        compute="_compute_soft_bounces",
        inverse="_inverse_soft_bounce_days",
        help="For all companies: the count starts anew so many days after an accepted mail that did not come back.",
    )

    def _compute_soft_bounces(self):
        self.soft_bounce_limit = self.env["mailing.address"]._soft_bounce_limit()
        self.soft_bounce_days = self.env["mailing.address"]._soft_bounce_days()

    def _inverse_soft_bounce_limit(self):
        for settings in self:
            if settings.soft_bounce_limit < 0:
                raise ValidationError(self.env._("Accept 0 or more bounces; %(usual)d is usual.", usual=DEFAULT_LIMIT))
            self._set_parameter(SOFT_BOUNCE_LIMIT, str(settings.soft_bounce_limit))

    def _inverse_soft_bounce_days(self):
        for settings in self:
            if not 1 <= settings.soft_bounce_days <= MOST_DAYS:
                raise ValidationError(
                    self.env._("Give 1 to %(most)d days; %(usual)d is usual.", most=MOST_DAYS, usual=DEFAULT_DAYS)
                )
            self._set_parameter(SOFT_BOUNCE_DAYS, str(settings.soft_bounce_days))
