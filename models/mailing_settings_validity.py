"""The settings page: when addresses are checked, and which name servers are asked."""

from odoo import fields, models
from odoo.exceptions import ValidationError

from ..adapters.dns import read_nameservers
from .mailing_address_blocking import MOST_DAYS
from .mailing_address_validity import CHECK_DAYS, DEFAULT_DAYS
from .mailing_recipient_domain import NAMESERVERS


class MailingSettings(models.Model):
    _inherit = "mailing.settings"

    check_days = fields.Integer(
        "Check addresses again after (days)",
        compute="_compute_validity",
        inverse="_inverse_check_days",
        help="For all companies. Addresses are checked when they are new or changed, and again after so many days. "
        "0: not by themselves.",
    )
    nameservers = fields.Char(
        "Name servers",
        compute="_compute_validity",
        inverse="_inverse_nameservers",
        help="For all companies. Who is asked about the domains of addresses, such as 9.9.9.9 or 192.0.2.1:5353. "
        "Empty: those of this machine.",
    )

    def _compute_validity(self):
        self.check_days = self.env["mailing.address"]._check_days()
        # sudo: a mail administrator may read the parameters of this page alone
        self.nameservers = self.env["ir.config_parameter"].sudo().get_param(NAMESERVERS)

    def _inverse_check_days(self):
        for settings in self:
            if not 0 <= settings.check_days <= MOST_DAYS:
                raise ValidationError(
                    self.env._("Give 0 to %(most)d days; %(usual)d is usual.", most=MOST_DAYS, usual=DEFAULT_DAYS)
                )
            self._set_parameter(CHECK_DAYS, str(settings.check_days))

    def _inverse_nameservers(self):
        for settings in self:
            try:
                read_nameservers(settings.nameservers or "")
            except ValueError as error:
                text = self.env._("“%(text)s” is not the IP address of a name server.", text=str(error))
                raise ValidationError(text) from error
            self._set_parameter(NAMESERVERS, settings.nameservers)
