"""Odoo's own suites, unmodified, with Bulk Mailing installed on its classic engine.

`upstream_expected.toml` says which are run, which are left out, and which failures are expected, each with its reason.
An expected failure that passes is a failure: the reason has gone.
"""

import dataclasses
import tomllib

from .odoo_tests import run_tests
from .results import FAILED, LEFT_OUT, PASSED, Result
from .setup import addons
from .setup.environment import Environment
from .setup.paths import CHECKOUT

DECLARED = CHECKOUT / "dev" / "upstream_expected.toml"


def results(env: Environment, choice: list[str]) -> list[Result]:
    """The suites' results, set against what is declared."""
    if not addons.addon_exists():
        return []
    declared = tomllib.loads(DECLARED.read_text())
    tags = ",".join(choice or declared["tags"])
    with env.temporary_database("upstream", "upstream") as database:
        found = run_tests(
            env, database, "upstream-tests", declared["modules"], tags, left_out=list(declared["left_out_words"])
        )
    expected = declared["expected_failures"]
    compared = [_against(result, expected) for result in found]
    return compared if choice else compared + _gone(found, expected)


def _against(result: Result, expected: dict[str, str]) -> Result:
    reason = expected.get(result.test)
    if reason is None:
        return result
    if result.outcome == FAILED:
        return dataclasses.replace(result, outcome=LEFT_OUT, detail=reason)
    if result.outcome == PASSED:
        return dataclasses.replace(result, outcome=FAILED, detail=f"it passes, but was expected to fail: {reason}")
    return result


def _gone(found: list[Result], expected: dict[str, str]) -> list[Result]:
    names = {result.test for result in found}
    detail = "declared as an expected failure, but not run"
    return [Result(name, FAILED, detail) for name in expected if name not in names]
