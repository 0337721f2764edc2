"""The lanes of sender processes that are alive, on all hosts."""

from odoo import api, fields, models


class MailingLane(models.Model):
    _name = "mailing.lane"
    _description = "Lane of a sender process"
    _log_access = False

    name = fields.Char(required=True, readonly=True)
    host = fields.Char(required=True, readonly=True)
    alive_until = fields.Datetime(required=True, readonly=True)

    _name_uniq = models.UniqueIndex("(name)")

    @api.model
    def _sender_is_alive(self):
        """Whether a sender process sends, so that the crons need not."""
        return False

    @api.model
    def _rank(self, name):
        """The number of a lane among all that are alive, from 0, and how many these are."""
        return 0, 1
