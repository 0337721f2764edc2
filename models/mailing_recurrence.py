"""The rule by which a mailing is repeated, as a person fills it in; what it means is reckoned in core."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date, format_datetime

from ..core.recurrence import SHORTEST_MONTH, WEEKDAYS, Recurrence, problem

DATES_SHOWN = 3
RULE_FIELDS = (
    "send_on",
    "send_time",
    "timezone",
    "repeat_interval",
    "repeat_unit",
    "repeat_weekdays",
    "repeat_count",
    "repeat_until",
)


class MailingRecurrence(models.AbstractModel):
    """Whoever inherits it has `send_on` (the first day), `send_time` and `timezone`."""

    _name = "mailing.recurrence"
    _description = "Rule by Which a Mailing Is Repeated"

    repeat_interval = fields.Integer("Every", default=1, required=True)
    repeat_unit = fields.Selection(
        [("days", "days"), ("weeks", "weeks"), ("months", "months")], "Unit", default="weeks", required=True
    )
    repeat_weekdays = fields.Char(
        "Weekdays", help="Of a rule in weeks: mon,wed,fri. Empty: the weekday of the first day."
    )
    mon = fields.Boolean("Monday", compute="_compute_days", inverse="_inverse_days")
    tue = fields.Boolean("Tuesday", compute="_compute_days", inverse="_inverse_days")
    wed = fields.Boolean("Wednesday", compute="_compute_days", inverse="_inverse_days")
    thu = fields.Boolean("Thursday", compute="_compute_days", inverse="_inverse_days")
    fri = fields.Boolean("Friday", compute="_compute_days", inverse="_inverse_days")
    sat = fields.Boolean("Saturday", compute="_compute_days", inverse="_inverse_days")
    sun = fields.Boolean("Sunday", compute="_compute_days", inverse="_inverse_days")
    repeat_count = fields.Integer(
        "Times", help="How often it is sent; dates that were skipped do not count. 0: without end."
    )
    repeat_until = fields.Date("Until", help="The last day on which it may be sent.")
    next_dates_in_words = fields.Char("Next dates", compute="_compute_next_dates_in_words")

    @api.depends("repeat_weekdays")
    def _compute_days(self):
        for rule in self:
            chosen = rule._weekdays()
            rule.update({name: name in chosen for name in WEEKDAYS})

    def _inverse_days(self):
        # read before the first write, which computes them anew
        for rule, chosen in [(rule, ",".join(name for name in WEEKDAYS if rule[name])) for rule in self]:
            rule.repeat_weekdays = chosen

    @api.onchange(*WEEKDAYS)
    def _onchange_days(self):
        self._inverse_days()

    def _weekdays(self):
        return frozenset(filter(None, (self.repeat_weekdays or "").replace(" ", "").lower().split(",")))

    def _recurrence(self):
        """The rule as core reckons with it."""
        self.ensure_one()
        return Recurrence(
            starts_on=self.send_on,
            hours=self.send_time,
            timezone=self.timezone or "",
            unit=self.repeat_unit,
            interval=self.repeat_interval,
            weekdays=self._weekdays(),
            until=self.repeat_until or None,
        )

    def _recurrence_problem(self):
        """The sentence that says what is wrong with the rule, or nothing."""
        if not self.send_on:
            return self.env._("Choose the first day.")
        if self.repeat_count < 0:
            return self.env._("Times: 0 for without end, or how many.")
        found = problem(self._recurrence())
        return self.env["mailing.mailing"]._translate(found) if found else ""

    def _check_recurrence(self):
        """Raise UserError naming what is wrong with the rule."""
        for rule in self:
            if sentence := rule._recurrence_problem():
                raise UserError(sentence)

    def _times_left(self):
        """How often it may still be sent; None without end."""
        return self.repeat_count or None

    def _next_moments(self, after, limit):
        """The next moments in UTC, no more than times are left."""
        left = self._times_left()
        return self._recurrence().moments_after(after, limit if left is None else min(limit, max(left, 0)))

    @api.depends(*RULE_FIELDS)
    @api.depends_context("lang")
    def _compute_next_dates_in_words(self):
        for rule in self:
            if rule._recurrence_problem():
                rule.next_dates_in_words = ""
                continue
            moments = rule._next_moments(fields.Datetime.now(), DATES_SHOWN + 1)
            words = [rule._in_words(moment) for moment in moments[:DATES_SHOWN]]
            rule.next_dates_in_words = " · ".join(words) + (" …" if len(moments) > DATES_SHOWN else "")

    def _recurrence_in_words(self):
        """The rule in a sentence without end: every week on Mon, Wed at 09:00 (Europe/Amsterdam), 10 times."""
        if self._recurrence_problem():
            return ""
        parts = [self._interval_in_words(), self._time_in_words()]
        if self.repeat_count:
            parts.append(self.env._("%(count)d times", count=self.repeat_count))
        if self.repeat_until:
            parts.append(self.env._("until %(day)s", day=format_date(self.env, self.repeat_until)))
        return ", ".join(parts)

    def _interval_in_words(self):
        number, unit = self.repeat_interval, self.repeat_unit
        if unit == "days":
            return self.env._("every %(number)d days", number=number) if number > 1 else self.env._("every day")
        if unit == "months":
            return self._months_in_words(number)
        names = [str(self._fields[name]._description_string(self.env)) for name in WEEKDAYS if name in self._weekdays()]
        days = ", ".join(names) or format_date(self.env, self.send_on, date_format="EEEE")
        if number > 1:
            return self.env._("every %(number)d weeks on %(days)s", number=number, days=days)
        return self.env._("every week on %(days)s", days=days)

    def _months_in_words(self, number):
        day = str(self.send_on.day)
        if self.send_on.day > SHORTEST_MONTH:
            day = self.env._("%(day)s, or the last of a shorter month", day=day)
        if number > 1:
            return self.env._("every %(number)d months on day %(day)s", number=number, day=day)
        return self.env._("every month on day %(day)s", day=day)

    def _time_in_words(self):
        minutes = round(self.send_time * 60)
        clock = f"{minutes // 60:02}:{minutes % 60:02}"
        return self.env._("at %(time)s (%(timezone)s)", time=clock, timezone=self.timezone)

    def _in_words(self, moment):
        """The moment as clocks in the rule's zone show it."""
        return format_datetime(self.env, moment, tz=self.timezone, dt_format="EEE d MMM y, HH:mm")
