"""The settings page: how many lanes send, and which sender processes are alive."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import config

from .mailing_queue.lanes import MOST_LANES


class MailingSettings(models.Model):
    _inherit = "mailing.settings"

    lanes = fields.Integer(
        compute="_compute_lanes",
        inverse="_inverse_lanes",
        help="For all companies: how many of Odoo's jobs send side by side. Never more are in use than Odoo has "
        "threads for its jobs (max_cron_threads), less one. The command bulk_sender runs as many more as wanted.",
    )
    lanes_in_words = fields.Char(compute="_compute_lanes_in_words")
    sender_lane_ids = fields.Many2many("mailing.lane", "Sender processes", compute="_compute_sender_lane_ids")

    def _compute_lanes(self):
        self.lanes = self.env["mailing.queue"]._lanes_wanted()

    def _inverse_lanes(self):
        for settings in self:
            if not 1 <= settings.lanes <= MOST_LANES:
                raise ValidationError(self.env._("Use 1 to %(most)d lanes; 4 is usual.", most=MOST_LANES))
            self.env["mailing.queue"]._set_lanes(settings.lanes)

    def _compute_sender_lane_ids(self):
        self.sender_lane_ids = self.env["mailing.lane"]._alive_lanes()

    @api.depends("lanes", "sender_lane_ids")
    @api.depends_context("lang")
    def _compute_lanes_in_words(self):
        for settings in self:
            used = self.env["mailing.queue"]._lanes_in_use(settings.lanes)
            if settings.sender_lane_ids:
                words = self.env._("A sender process is at work, and Odoo's own jobs send nothing meanwhile:")
            elif used == settings.lanes:
                words = self.env._("In use: %(used)d.", used=used)
            elif used < config["max_cron_threads"] - 1:
                words = self.env._("In use: %(used)d, because there are no more SMTP threads.", used=used)
            else:
                words = self.env._("In use: %(used)d, because Odoo has so few threads for its jobs.", used=used)
            settings.lanes_in_words = words
