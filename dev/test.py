"""`make test`: all stages, or the one that is named; the last line counts what passed, failed and was skipped."""

import os
import sys
import time

from . import core_tests, failures, lint, odoo_stage, upstream
from .results import FAILED, Report, Result, closing_line
from .setup import environment
from .setup.say import Problem, problems_told

STAGES = {
    "lint": lint.results,
    "core": core_tests.results,
    "odoo": odoo_stage.results,
    "glue": odoo_stage.glue_results,
    "failures": failures.results,
    "upstream": upstream.results,
}
TITLES = {
    "lint": "Linters",
    "core": "Core tests",
    "odoo": "Odoo tests and browser tours",
    "glue": "Glue addons",
    "failures": "Failure tests",
    "upstream": "Odoo's own suites",
}


def main(arguments: list[str]) -> int:
    """Run the stages; what follows a stage's name chooses among its tests."""
    names = arguments[:1] or list(STAGES)
    report = Report()
    started = time.monotonic()
    with environment.prepared() as env:
        for name in names:
            _run_stage(name, env, arguments[1:], report)
    print("\nslowest: " + ", ".join(f"{result.test} {result.seconds:.0f} s" for result in report.slowest()))
    print(f"all in {time.monotonic() - started:.0f} s")
    print(closing_line(report.results), flush=True)
    return report.exit_code(skipping_allowed=os.environ.get("CI") != "true")


def _run_stage(name: str, env, choice: list[str], report: Report) -> None:
    """A stage that cannot even start has failed; the others run all the same."""
    print(f"\n==> {TITLES[name]}", flush=True)
    started = time.monotonic()
    try:
        results = STAGES[name](env, choice)
    except Problem as problem:
        results = [Result(TITLES[name], FAILED, str(problem))]
    report.add(TITLES[name], results, time.monotonic() - started)


if __name__ == "__main__":
    with problems_told():
        sys.exit(main(sys.argv[1:]))
