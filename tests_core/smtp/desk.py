"""What the tests of the wire need beside it: a journal, letters, routes, and the server of the Odoo tests."""

import importlib
import smtplib
import ssl
import sys
from pathlib import Path
from types import ModuleType

from bulk_mailing.adapters.smtp import Letter, Parcel, Route, Wire

BODY = b"Subject: News\r\n\r\nHello\r\n"

# the folder `tests` as a package whose own `__init__` (Odoo's tests) is not run
_tests = sys.modules.setdefault("tests_of_odoo", ModuleType("tests_of_odoo"))
_tests.__path__ = [str(Path(__file__).parents[2] / "tests")]
SmtpServer = importlib.import_module("tests_of_odoo.smtp_server").SmtpServer


class Notes:
    """A journal that keeps everything."""

    def __init__(self):
        self.entries = []

    def handing_over(self, trace_id):
        """Note the number."""
        self.entries.append(trace_id)

    def answered(self, outcome):
        """Note the outcome."""
        self.entries.append(outcome)


def connector(port, prepare=None):
    """A function that opens a connection as Odoo does."""

    def connect():
        client = smtplib.SMTP("127.0.0.1", port, timeout=10)
        if prepare:
            prepare(client)
        client.ehlo_or_helo_if_needed()
        return client

    return connect


def python_tls():
    """TLS as Odoo has it with a user name and STARTTLS: any certificate will do."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


def route(port, per_connection=20, key="route", sender="news@example.com", prepare=None):
    """A way to a server on this machine."""
    return Route((key, port), sender, per_connection, connector(port, prepare))


def parcel(way, *names, body=BODY, first=0):
    """A letter for each name at example.org, numbered from `first`."""
    letters = [Letter(first + number, f"{name}@example.org", lambda: body) for number, name in enumerate(names)]
    return Parcel(way, tuple(letters))


def deliver(*parcels, slots=1, journal=None, threaded=False):
    """Send the parcels; the outcomes by number. Each letter has to have exactly one."""
    wire = Wire(slots, journal or Notes(), threaded_opening=threaded)
    outcomes = []
    try:
        for each in parcels:
            wire.submit(each)
        while wire.outstanding:
            outcomes += wire.run(5)
    finally:
        outcomes += wire.finish(5)
    by_number = {outcome.trace_id: outcome for outcome in outcomes}
    submitted = [letter.trace_id for each in parcels for letter in each.letters]
    assert sorted(outcome.trace_id for outcome in outcomes) == sorted(submitted)
    assert (wire.outstanding, wire.waiting) == (0, 0)
    return by_number


def verdicts(outcomes):
    """The verdicts in the order of the letters."""
    return [outcomes[number].verdict.value for number in sorted(outcomes)]
