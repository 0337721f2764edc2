"""Exports of addresses: what a stranger's mail server said, or somebody put before the @, is no formula.

Odoo's own export does that for CSV, and only for = + -.
"""

from odoo import models

from ..core.spreadsheet import inert


def _inert(exported):
    return exported | {"datas": [[inert(value) for value in row] for row in exported["datas"]]}


class MailingAddress(models.Model):
    _inherit = "mailing.address"

    def export_data(self, fields_to_export):
        return _inert(super().export_data(fields_to_export))


class MailingBounce(models.Model):
    _inherit = "mailing.bounce"

    def export_data(self, fields_to_export):
        return _inert(super().export_data(fields_to_export))


class MailingTrace(models.Model):
    _inherit = "mailing.trace"

    def export_data(self, fields_to_export):
        return _inert(super().export_data(fields_to_export))
