"""Runs test classes inside Odoo, on a copy of a template database, and brings back what each came to."""

import json
import os
import subprocess
import threading
from contextlib import contextmanager
from pathlib import Path

from .results import FAILED, LEFT_OUT, Result
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
    label = f"{label}-{os.getpid()}"
    results = log_folder() / f"{label}.jsonl"
    wanted = {"modules": modules, "tags": tags, "left_out": [], "whole": False, "results": str(results)} | choice
    ended = _run(env, database, label, wanted)
    return _collect(_read(results), f"Odoo ended {ended}. The end of its log:\n{tail(log_folder() / f'{label}.log')}")


def _run(env: Environment, database: str, label: str, wanted: dict) -> str:
    ports = ["--http-port", free_port(), "--gevent-port", free_port()]
    command = env.odoo_command("shell", "-d", database, *ports)
    variables = env.variables | {"TESTS": json.dumps(wanted)}
    log = log_folder() / f"{label}.log"
    print(f"    log: {log}", flush=True)
    with log.open("wb") as output, SCRIPT.open() as script, _progress(Path(wanted["results"])):
        process = subprocess.Popen(command, stdin=script, stdout=output, stderr=subprocess.STDOUT, env=variables)
        try:
            return f"with code {process.wait(LONGEST_SECONDS)}"
        except subprocess.TimeoutExpired:
            return f"after {LONGEST_SECONDS} s without an end"
        finally:
            process.kill()


@contextmanager
def _progress(results: Path):
    """Say now and then how many tests are through."""
    over = threading.Event()

    def tell():
        while not over.wait(PROGRESS_SECONDS):
            lines = _read(results)
            through = sum(line.get("outcome", LEFT_OUT) != LEFT_OUT for line in lines)
            print(f"    {through} of {len(_planned(lines))} tests", flush=True)

    threading.Thread(target=tell, daemon=True).start()
    try:
        yield
    finally:
        over.set()


def _read(results: Path) -> list[dict]:
    """The lines that are whole; the last one may be half written."""
    lines = results.read_text().split("\n")[:-1] if results.exists() else []
    return [json.loads(line) for line in lines]


def _planned(lines: list[dict]) -> list[str]:
    return next((line["planned"] for line in lines if "planned" in line), [])


def _collect(lines: list[dict], why_not: str) -> list[Result]:
    """One result a test; a test that was planned and never told of failed."""
    results = {line["test"]: Result(**line) for line in lines if "test" in line}
    planned = _planned(lines)
    if not planned and not results:
        results["Odoo"] = Result("Odoo", FAILED, why_not)
    missing = [name for name in planned if name not in results]
    for name in missing:
        results[name] = Result(name, FAILED, why_not if name == missing[0] else "it did not run")
    return list(results.values())
