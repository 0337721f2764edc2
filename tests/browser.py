"""Base classes of the tests that open pages, as a browser or as a mail program does."""

from contextlib import nullcontext

from odoo.tests import HttpCase

from .common import BulkCase

SECONDS_A_TOUR = 300


class PatientTours(HttpCase):
    """Tours that a busy machine does not fail: the whole may last as its steps may (see patience.js)."""

    def start_tour(self, url_path, tour_name, **options):
        super().start_tour(url_path, tour_name, **{"timeout": SECONDS_A_TOUR} | options)


class BrowserCase(BulkCase, PatientTours):
    """`BulkCase` with `url_open` and `start_tour`, after a mailing was sent."""

    def enter_registry_test_mode(self):
        """Nothing: HttpCase is in it all the time, and warns when it is asked for."""
        return nullcontext()
