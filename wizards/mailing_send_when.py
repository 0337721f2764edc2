"""When it goes out: now, or later at a moment in a time zone that is named."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_datetime

from odoo.addons.base.models.res_partner import _tz_get

from ..core.local_time import hours_of, is_on_a_clock, offset_in_words, on_the_wall, to_utc


class MailingSend(models.TransientModel):
    _inherit = "mailing.send"

    when = fields.Selection(related="mailing_id.send_when", readonly=False)
    send_at = fields.Datetime(related="mailing_id.send_at", readonly=False)
    timezone = fields.Selection(
        _tz_get,
        required=True,
        compute="_compute_timezone",
        inverse="_inverse_timezone",
        store=True,
        precompute=True,
        readonly=False,
    )
    # the web client edits moments in the browser's zone; these two are in the zone that the screen names
    send_on = fields.Date("Day", compute="_compute_send_on", inverse="_inverse_send_on")
    send_time = fields.Float("Time", compute="_compute_send_on", inverse="_inverse_send_on")
    when_in_words = fields.Char(compute="_compute_when_in_words")

    @api.depends("mailing_id")
    def _compute_timezone(self):
        for wizard in self:
            wizard.timezone = wizard.mailing_id.send_timezone or self.env.user.tz or "UTC"

    def _inverse_timezone(self):
        for wizard in self:
            wizard.mailing_id.send_timezone = wizard.timezone

    @api.depends("send_at")
    def _compute_send_on(self):
        # not on `timezone`: another zone keeps the hour on the wall and changes the moment
        for wizard in self:
            wall = wizard.send_at and on_the_wall(wizard.send_at, wizard.timezone or "UTC")
            wizard.send_on = wall and wall.date()
            wizard.send_time = hours_of(wall) if wall else 9.0

    def _inverse_send_on(self):
        for wizard in self:
            day, time = wizard.send_on, wizard.send_time  # read before `send_at` changes: that forgets both
            wizard._check_time(time)
            wizard.send_at = day and to_utc(day, time, wizard.timezone)

    @api.model
    def _check_time(self, time):
        """Raise unless a clock shows this time."""
        if not is_on_a_clock(time):
            raise UserError(self.env._("Choose a time from 00:00 to 23:59."))

    @api.onchange("send_on", "send_time", "timezone")
    def _onchange_send_on(self):
        if self.send_on or self.send_at:  # a time without a day yet has to stay on the screen
            self._inverse_send_on()

    def write(self, vals):
        """Write; a day, a time or a zone alone leaves the others as the screen shows them."""
        if not self._is_on_the_wall(vals):
            return super().write(vals)
        rest = {name: value for name, value in vals.items() if name != "send_at"}
        for wizard in self:
            super(MailingSend, wizard).write({**wizard._wall_values(), **rest})
        return True

    @api.model
    def _is_on_the_wall(self, vals):
        """Whether the moment is given as a day and a time; a `send_at` beside those is only their echo."""
        return "send_on" in vals or "send_time" in vals or ("timezone" in vals and "send_at" not in vals)

    def _wall_values(self):
        """The day and the time on the screen: what is missing in a write cannot be computed during it."""
        return {"send_on": self.send_on, "send_time": self.send_time}

    @api.depends("when", "send_on", "send_time", "send_at", "timezone")
    @api.depends_context("lang")
    def _compute_when_in_words(self):
        for wizard in self:
            wizard.when_in_words = wizard._moment_in_words() if wizard.when == "later" else self.env._("Now")

    def _moment_in_words(self):
        """The moment in the named zone: "Mon 30 Nov 2026, 09:00 (Europe/Amsterdam, UTC+01:00)"."""
        if not self.send_at:
            return ""
        wall = on_the_wall(self.send_at, self.timezone)
        return self.env._(
            "%(moment)s (%(timezone)s, %(offset)s)",
            moment=format_datetime(self.env, self.send_at, tz=self.timezone, dt_format="EEEE d MMMM y, HH:mm"),
            timezone=self.timezone,
            offset=offset_in_words(wall),
        )

    def _check_when(self):
        """Raise unless it is said when, and that is still to come."""
        if self.when != "later":
            return
        if not self.send_at:
            raise UserError(self.env._("Choose the day and the time of sending, or “Now”."))
        if self.send_at <= fields.Datetime.now():
            raise UserError(
                self.env._("%(moment)s has passed. Choose a later moment, or “Now”.", moment=self._moment_in_words())
            )

    def _schedule_values(self):
        """What was chosen, in stock's fields."""
        if self.when == "later":
            return {"schedule_type": "scheduled", "schedule_date": self.send_at}
        return {"schedule_type": "now", "schedule_date": False}
