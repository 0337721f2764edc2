"""The failure tests: real sender processes, a real database, real sockets, and what each end says of it.

`campaign`: a database of the test's own, for those that kill. `standing`: one database with a sender that runs all the
time, for those where only the server misbehaves. Each mailing has an SMTP server of its own.
"""

import itertools
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from dev.setup import environment, system, templates
from dev.setup.paths import is_root

ROOT = Path(__file__).resolve().parents[2]
# the addon's packages without what their __init__ imports: Odoo
for name, folder in (("bulk_mailing", ROOT), ("bulk_mailing.tests", ROOT / "tests")):
    sys.modules[name] = ModuleType(name)
    sys.modules[name].__path__ = [str(folder)]

from campaign import Campaign  # noqa: E402
from certificates import Authority  # noqa: E402
from refusals import Refusals  # noqa: E402

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
        with SCRIPT.open() as script:
            env.run_odoo("shell", "-d", database, "--no-http", stdin=script, stdout=subprocess.DEVNULL)
        yield database


@pytest.fixture(scope="session")
def new_campaign(env, source):
    """A function that makes a database of its own."""
    templates.drop_left_behind(env, r"failures\d+")
    numbers = itertools.count()

    def new():
        database = f"failures{next(numbers)}_{os.getpid()}"
        templates.copy_database(env, source, database)
        return Campaign(env, database)

    return new


@pytest.fixture
def campaign(new_campaign):
    """A database of the test's own; nothing runs yet."""
    made = new_campaign()
    yield made
    made.end()


@pytest.fixture(scope="session")
def mail_programs():
    """Postfix, which nobody but root can start, and Dovecot."""
    if not is_root():
        pytest.skip("a mail server of its own has to be started by root")
    if not shutil.which("postfix", path="/usr/sbin") or not Path("/usr/lib/dovecot/imap").exists():
        system.install("postfix", "dovecot-imapd")


@pytest.fixture(scope="session")
def authority(tmp_path_factory):
    """Signs certificates that the standing sender trusts."""
    return Authority(tmp_path_factory.mktemp("certificates"))


@pytest.fixture(scope="session")
def standing(new_campaign, authority):
    """A database with a sender that runs all the time."""
    made = new_campaign()
    made.start_sender(**authority.variables)
    yield made
    made.stop()
    made.end()


@pytest.fixture(scope="session")
def small_names():
    """The mailings to Ann, Bob and Cathy, each to be used once."""
    return (f"small {number}" for number in itertools.count())


@pytest.fixture
def small(standing, small_names):
    """A function that prepares a mailing to Ann, Bob and Cathy in the standing database."""
    return lambda **options: standing.flight(next(small_names), **options)


@pytest.fixture(scope="session")
def refusals(standing):
    """What became of recipients whom the server answered in many ways."""
    return Refusals(standing.flight("middle 0"))
