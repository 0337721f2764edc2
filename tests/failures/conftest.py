"""The failure tests: real sender processes, a real database, real sockets, and what each end says of it."""

import os
import sys
from pathlib import Path
from types import ModuleType

import pytest

from dev.setup import environment, templates

ROOT = Path(__file__).resolve().parents[2]
# the addon's packages without what their __init__ imports: Odoo
for name, folder in (("bulk_mailing", ROOT), ("bulk_mailing.tests", ROOT / "tests")):
    sys.modules[name] = ModuleType(name)
    sys.modules[name].__path__ = [str(folder)]

from bulk_mailing.tests.smtp_server import SmtpServer  # noqa: E402
from campaign import Campaign  # noqa: E402

SCRIPT = ROOT / "dev" / "in_shell" / "failures.py"


@pytest.fixture(scope="session")
def env():
    """Odoo's environment; libpq finds the database server by itself."""
    with environment.prepared() as prepared:
        os.environ.update(prepared.server)
        yield prepared


@pytest.fixture(scope="session")
def source(env):
    """A database with the mailings of `dev/in_shell/failures.py`, to be copied."""
    with env.temporary_database("failures_source") as database:
        with SCRIPT.open() as script, (Path("/dev/null")).open("wb") as nowhere:
            env.run_odoo("shell", "-d", database, "--no-http", stdin=script, stdout=nowhere)
        yield database


@pytest.fixture(scope="session")
def new_campaign(env, source):
    """A function that makes a database of its own, with an SMTP server, for a test or for a module."""
    templates.drop_left_behind(env, "failures")
    started = []

    def new(**server_options):
        server = SmtpServer(**{"pipelining": True, **server_options}).start()
        started.append(Campaign(env, source, f"failures{len(started)}_{os.getpid()}", server))
        return started[-1]

    yield new
    for campaign in started:
        campaign.end()


@pytest.fixture
def campaign(new_campaign):
    """A campaign of the test's own."""
    made = new_campaign()
    yield made
    made.end()
