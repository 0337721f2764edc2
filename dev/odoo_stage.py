"""The addon's own Odoo tests and browser tours, each stage on a fresh copy of a template database."""

import shutil

from .odoo_tests import run_tests
from .results import Result
from .setup import addons, system
from .setup.environment import Environment
from .setup.paths import is_root
from .setup.say import note

BROWSERS = ("google-chrome", "chromium", "chromium-browser", "google-chrome-stable")


def results(env: Environment, choice: list[str]) -> list[Result]:
    """The tests of the addon; Odoo's tags choose among them."""
    if not addons.addon_exists():
        return []
    _have_browser()
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


def _have_browser() -> None:
    """Chromium for the tours; without it Odoo skips them, and says so."""
    if any(shutil.which(name) for name in BROWSERS):
        return
    if is_root():
        system.install("chromium")
    else:
        note("No Chromium here, so tours will be skipped. Install it with: sudo apt-get install chromium")
