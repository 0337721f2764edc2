"""The tests of `tests/failures/`: pytest, with real sender processes, databases and sockets."""

import os

from . import core_tests
from .results import Result
from .setup.environment import Environment
from .setup.paths import CHECKOUT

FOLDER = CHECKOUT / "tests" / "failures"


def results(env: Environment, choice: list[str]) -> list[Result]:
    """One result a test; what follows is handed to pytest."""
    # not Odoo's own variables: the tests make an environment themselves, and would find another Odoo through these
    return core_tests.run_pytest(env, FOLDER, "failures", choice, os.environ)
