"""Runs test classes inside Odoo, on a copy of a template database, and brings back what each came to."""

import json
import subprocess
import threading

from .results import FAILED, PASSED, Result
from .setup.environment import Environment, free_port
from .setup.paths import CHECKOUT, log_folder
from .setup.say import tail

SCRIPT = CHECKOUT / "dev" / "in_shell" / "run_tests.py"
LONGEST_SECONDS = 45 * 60
PROGRESS_SECONDS = 30


def run_tests(env: Environment, database: str, label: str, modules: list[str], tags: str, **choice) -> list[Result]:
    """The results of the tests of `modules` that Odoo's `tags` choose.

    `left_out`: words; a test whose source has one is left out. `whole`: a test file that is not imported is a failure.
    """
    results = log_folder() / f"{label}.jsonl"
    results.unlink(missing_ok=True)
    wanted = {"modules": modules, "tags": tags, "left_out": [], "whole": False, "results": str(results)} | choice
    ended = _run(env, database, label, wanted)
    lines = [json.loads(line) for line in results.read_text().splitlines()] if results.exists() else []
    return _collect(lines, f"Odoo ended {ended}. The end of its log:\n{tail(log_folder() / f'{label}.log')}")


def _run(env: Environment, database: str, label: str, wanted: dict) -> str:
    ports = ["--http-port", free_port(), "--gevent-port", free_port()]
    command = env.odoo_command("shell", "-d", database, *ports)
    variables = env.variables | {"TESTS": json.dumps(wanted)}
    log = log_folder() / f"{label}.log"
    print(f"    log: {log}", flush=True)
    with log.open("wb") as output, SCRIPT.open() as script, _progress(wanted["results"]):
        process = subprocess.Popen(command, stdin=script, stdout=output, stderr=subprocess.STDOUT, env=variables)
        try:
            return f"with code {process.wait(LONGEST_SECONDS)}"
        except subprocess.TimeoutExpired:
            return f"after {LONGEST_SECONDS} s without an end"
        finally:
            process.kill()


class _progress:
    """Says now and then how many tests are through."""

    def __init__(self, path: str):
        self.path = path
        self.over = threading.Event()

    def __enter__(self):
        threading.Thread(target=self._tell, daemon=True).start()

    def __exit__(self, *error):
        self.over.set()

    def _tell(self):
        while not self.over.wait(PROGRESS_SECONDS):
            try:
                lines = open(self.path).read().splitlines()
            except FileNotFoundError:
                continue
            planned = next((len(json.loads(line)["planned"]) for line in lines if '"planned"' in line[:12]), "?")
            through = sum('"outcome": "left out"' not in line and '"planned"' not in line[:12] for line in lines)
            print(f"    {through} of {planned} tests", flush=True)


def _collect(lines: list[dict], why_not: str) -> list[Result]:
    """One result a test; a test that was planned and never told of failed."""
    results = {line["test"]: Result(**line) for line in lines if "test" in line}
    planned = next((line["planned"] for line in lines if "planned" in line), None)
    if planned is None:
        results["Odoo"] = Result("Odoo", FAILED, why_not)
    missing = [name for name in planned or () if name not in results]
    for name in missing:
        results[name] = Result(name, FAILED, why_not if name == missing[0] else "it did not run")
    return list(results.values())


def passed(results: list[Result]) -> bool:
    """Whether there were results, and all of them good."""
    return bool(results) and all(result.outcome == PASSED for result in results)
