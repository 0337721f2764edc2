"""Base class of the tests that send and then open pages, as a browser or as a mail program does."""

from contextlib import nullcontext

from odoo.tests import HttpCase

from .common import BulkCase


class BrowserCase(BulkCase, HttpCase):
    """`BulkCase` with `url_open` and `start_tour`."""

    def enter_registry_test_mode(self):
        """Nothing: HttpCase is in it all the time, and warns when it is asked for."""
        return nullcontext()
