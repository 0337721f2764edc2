"""Base class of the tests about periodic mailings: a clock that is set, and the real cron."""

from contextlib import contextmanager
from unittest.mock import patch

from odoo import fields

from .people import PeopleCase


class SeriesCase(PeopleCase):
    """`at()` sets the clock, `run_cron()` does what the job does then."""

    def setUp(self):
        super().setUp()
        self.mailing = self.make_mailing(self.sender)

    @contextmanager
    def at(self, moment):
        """At this moment (UTC)."""
        now = fields.Datetime.to_datetime(moment)
        with patch.object(fields.Datetime, "now", staticmethod(lambda *_args: now)):
            yield

    def make_series(self, mailing=None, **values):
        """Every Monday at nine in Amsterdam, prepared by who made the mailing."""
        mailing = mailing or self.mailing
        defaults = {"send_on": "2026-10-19", "timezone": "Europe/Amsterdam"}
        return mailing.env["mailing.series"].create({"mailing_id": mailing.id, **defaults, **values})

    def start(self, series, moment="2026-10-18 12:00:00"):
        """Accept the terms for its mailing, and start."""
        with self.at(moment):
            series.mailing_id.with_env(series.env)._accept_terms()
            series.action_start()
        return series

    def run_cron(self, moment):
        """Run the job at this moment."""
        with self.at(moment), self.enter_registry_test_mode():
            self.env.ref("bulk_mailing.ir_cron_series").method_direct_trigger()
        self.env.invalidate_all()

    def dates(self, series):
        """Pairs of planned moment and state, the first date first."""
        return [(str(run.planned_at), run.state) for run in series.run_ids.sorted("planned_at")]
