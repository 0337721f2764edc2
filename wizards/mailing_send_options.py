"""The mailing's options: one line in words, and the fields behind it."""

from math import ceil

from odoo import api, fields, models

OPTION_FIELDS = ("body_format", "personalize", "track_links", "track_opens", "rate_per_minute")


class MailingSend(models.TransientModel):
    _inherit = "mailing.send"

    body_format = fields.Selection(related="mailing_id.body_format", readonly=False)
    body_text = fields.Text(related="mailing_id.body_text")
    personalize = fields.Boolean(related="mailing_id.personalize", readonly=False)
    track_links = fields.Boolean(related="mailing_id.track_links", readonly=False)
    track_opens = fields.Boolean(related="mailing_id.track_opens", readonly=False)
    rate_per_minute = fields.Integer(related="mailing_id.rate_per_minute", readonly=False)
    pace_in_words = fields.Char(compute="_compute_pace_in_words")
    parts_in_words = fields.Char(compute="_compute_options_in_words")
    options_in_words = fields.Char(compute="_compute_options_in_words")

    @api.depends(*OPTION_FIELDS, "body_text")
    @api.depends_context("lang")
    def _compute_options_in_words(self):
        for wizard in self:
            wizard.parts_in_words = wizard._parts_in_words()
            wizard.options_in_words = " · ".join(wizard._options_in_words())

    def _parts_in_words(self):
        chosen = self.mailing_id.new({"body_format": self.body_format}, origin=self.mailing_id._origin)
        return chosen._parts_in_words()

    def _options_in_words(self):
        """What is chosen, a few words each."""
        env = self.env
        counts_opens = self.track_opens and self.body_format != "text"
        return [
            env._("Parts %(parts)s", parts=self.parts_in_words),
            env._("personalised") if self.personalize else env._("not personalised"),
            env._("links counted") if self.track_links else env._("links not counted"),
            env._("opens counted") if counts_opens else env._("opens not counted"),
            self._speed_in_words() or env._("no speed limit"),
        ]

    @api.depends("rate_per_minute", "to_send_in_words")
    @api.depends_context("lang")
    def _compute_pace_in_words(self):
        for wizard in self:
            wizard.pace_in_words = wizard._pace_in_words()

    def _speed_in_words(self):
        return self.mailing_id._speed_in_words(self.rate_per_minute)

    def _pace_in_words(self):
        """How fast, and how long that takes where somebody has set a limit."""
        speed = self._speed_in_words()
        if not speed:
            return self.env._("As fast as it goes")
        minutes = ceil(self.to_send_count / self.rate_per_minute)
        people = self._people_in_words()
        if minutes < 90:
            return self.env._(
                "%(speed)s: about %(minutes)d min for %(people)s", speed=speed, minutes=minutes, people=people
            )
        return self.env._(
            "%(speed)s: about %(hours)d hours for %(people)s", speed=speed, hours=round(minutes / 60), people=people
        )
