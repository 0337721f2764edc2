"""When mailings depart: the cron lets all that are due go on in turn, so that a small one waits for no large one."""

import time
from collections import deque

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import config

from .departure import Departure

LONGEST_SECONDS = 60


class MailingMailing(models.Model):
    _inherit = "mailing.mailing"

    @api.model
    def _process_mass_mailing_queue(self):
        # Stock would search every recipient of a mailing that is being sent, and call it done when none is found
        left_to_stock = self._let_depart()
        rest = self.with_context(bulk_mailing_left_to_stock=left_to_stock.ids)
        return super(MailingMailing, rest)._process_mass_mailing_queue()

    @api.model
    def _search(self, domain, *args, **kwargs):
        # Set only by the method above, whose super() looks for mailings that wait to be sent
        left_to_stock = self.env.context.get("bulk_mailing_left_to_stock")
        if left_to_stock is not None:
            domain = Domain(domain) & (~self._left_to_the_lanes() | Domain("id", "in", left_to_stock))
        return super()._search(domain, *args, **kwargs)

    @api.model
    def _left_to_the_lanes(self):
        states = [("state", "in", ("in_queue", "sending")), ("mailing_type", "=", "mail")]
        return Domain(states) & (
            Domain("flight_state", "!=", False)
            | Domain([("send_engine", "=", "queue"), ("reply_to_mode", "=", "new"), ("keep_archives", "=", False)])
        )

    @api.model
    def _due_for_departure(self):
        is_due = Domain("schedule_date", "=", False) | Domain("schedule_date", "<", fields.Datetime.now())
        # one that was stopped may be put in queue again, for recipients who came later
        is_grounded = Domain("flight_state", "=", False) | Domain(
            [("flight_state", "=", "stopped"), ("state", "=", "in_queue")]
        )
        # by a crash, a pause, or the end of the cron's time
        is_cut_off = Domain([("flight_state", "=", "running"), ("is_enqueuing", "=", True)])
        return self._left_to_the_lanes() & is_due & (is_grounded | is_cut_off)

    @api.model
    def _let_depart(self):
        """Let all depart that are due or become so meanwhile, a chunk of each in turn.

        Returns those that are stock's: their addresses SQL cannot read.
        """
        departures, found = deque(), self.browse()
        ends, is_over = time.monotonic() + self._departure_seconds(), False
        try:
            while True:
                due = self.search(self._due_for_departure()) - found if not is_over else self.browse()
                found |= due
                departures.extend(Departure(mailing) for mailing in due if mailing._uses_queue())
                # however short the time is, everybody who began has to come on
                if not departures or (is_over and all(departure.chunks for departure in departures)):
                    break
                if departures[0].step():
                    departures.rotate(-1)
                else:
                    departures.popleft().end()
                    self.env["ir.cron"]._commit_progress(processed=1)
                is_over = time.monotonic() > ends
        finally:
            for departure in departures:
                departure.end()
        if departures:
            self.env.ref("mass_mailing.ir_cron_mass_mailing_queue").sudo()._trigger()
        return found.filtered(lambda mailing: not mailing._uses_queue())

    @api.model
    def _departure_seconds(self):
        """Well below the time after which Odoo kills a job."""
        limit = config["limit_time_real_cron"]
        if limit < 0:
            limit = config["limit_time_real"]
        return min(LONGEST_SECONDS, limit / 2) if limit else LONGEST_SECONDS

    def _sender(self):
        return self.sender_user_id or self.user_id or self.env.user

    def _in_language_of_who_sent_it(self):
        """A lane speaks no language, and `context_get` tells of whoever asks, not of the user it is called on."""
        return self.with_context(**self.env["res.users"].with_user(self._sender()).context_get())
