"""The addon's own Odoo tests and browser tours, each stage on a fresh copy of a template database."""

import os
import shutil

from .odoo_tests import run_tests
from .results import Result
from .setup import addons, system
from .setup.environment import Environment
from .setup.paths import is_root
from .setup.say import note

# Debian packages that some tests need: what they are found by, and what is skipped without them
PROGRAMS = {
    "chromium": (("google-chrome", "chromium", "chromium-browser", "google-chrome-stable"), "browser tours"),
    "opendkim": (("opendkim",), "OpenDKIM's verification of our signatures"),
    "spamd": (("spamd",), "the spam check with a real SpamAssassin"),
}


def results(env: Environment, choice: list[str]) -> list[Result]:
    """The tests of the addon; Odoo's tags choose among them."""
    if not addons.addon_exists():
        return []
    _have_programs()
    tags = ",".join(choice) or f"*/{addons.NAME}"
    # a browser needs the bundles; whoever runs a chosen test again and again had rather not wait for them
    template = "addon" if choice else "web"
    with env.temporary_database("test", template) as database:
        return run_tests(env, database, "odoo-tests", [addons.NAME], tags, whole=not choice)


def glue_results(env: Environment, choice: list[str]) -> list[Result]:
    """The tests of the small addons for other apps, in a database with those apps."""
    names = addons.glue_addons()
    if not names:
        return []
    tags = ",".join(choice) or ",".join(f"*/{name}" for name in names)
    with env.temporary_database("glue", "glue") as database:
        return run_tests(env, database, "glue-tests", names, tags, whole=not choice)


def _have_programs() -> None:
    """Install what is missing, or say what will be skipped without it."""
    path = f"{os.environ.get('PATH', '')}:/usr/sbin"
    for package, (names, skipped) in PROGRAMS.items():
        if any(shutil.which(name, path=path) for name in names):
            continue
        if is_root():
            system.install(package)
        else:
            note(f"No {package} here, so this is skipped: {skipped}. Install it with: sudo apt-get install {package}")
