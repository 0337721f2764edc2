"""The tests of `tests_core/`: pytest, without Odoo and without a database."""

import os
import subprocess
import xml.etree.ElementTree as ElementTree
from pathlib import Path

from .results import FAILED, LEFT_OUT, PASSED, SKIPPED, Result
from .setup.environment import Environment
from .setup.paths import CHECKOUT, log_folder

FOLDER = CHECKOUT / "tests_core"
DATA_FROM_ELSEWHERE = "BULK_MAILING_CORPORA"  # a test that is skipped for want of it names the variable


def results(env: Environment, choice: list[str]) -> list[Result]:
    """One result a test; what follows is handed to pytest."""
    return run_pytest(env, FOLDER, "core-tests", choice, env.variables)


def run_pytest(env: Environment, folder: Path, label: str, choice: list[str], variables) -> list[Result]:
    """The results of the tests in a folder with a `pytest.ini` of its own."""
    if not list(folder.rglob("test_*.py")):
        return []
    summary = log_folder() / f"{label}-{os.getpid()}.xml"
    command = [env.python, "-m", "pytest", "-c", folder / "pytest.ini", f"--junitxml={summary}", "--tb=short"]
    code = subprocess.run([*command, *(choice or [folder])], cwd=CHECKOUT, env=variables, check=False).returncode
    found = _read(summary) if summary.exists() else []
    if code and all(result.outcome != FAILED for result in found):
        found.append(Result("pytest", FAILED, f"pytest ended with code {code}"))
    return found


def _read(summary: Path) -> list[Result]:
    cases = ElementTree.parse(summary).iter("testcase")
    return [_result(case) for case in cases]


def _result(case: ElementTree.Element) -> Result:
    name = f"{case.get('classname')}::{case.get('name')}"
    seconds = float(case.get("time", 0))
    for tag, outcome in (("failure", FAILED), ("error", FAILED), ("skipped", SKIPPED)):
        if (told := case.find(tag)) is not None:
            reason = told.get("message") or ""
            return Result(name, _unless_data_is_absent(outcome, reason), reason, seconds)
    return Result(name, PASSED, seconds=seconds)


def _unless_data_is_absent(outcome: str, reason: str) -> str:
    # test data from elsewhere belongs to no clone, so a machine without it is not to blame
    return LEFT_OUT if outcome == SKIPPED and DATA_FROM_ELSEWHERE in reason else outcome
