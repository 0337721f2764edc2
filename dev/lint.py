"""The linters, each a test of its own: it passes when it has nothing to say."""

import subprocess
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from .results import FAILED, PASSED, Result
from .setup import addons, environment
from .setup.environment import Environment
from .setup.paths import CHECKOUT
from .setup.say import problems_told

XML_FOLDERS = ("data", "demo", "glue", "security", "static", "views", "wizards")
JAVASCRIPT_FOLDERS = ("static/src", "static/tests", "glue")


@dataclass(frozen=True)
class Linter:
    """A linter's name, its command, and the command that mends what it can."""

    name: str
    check: list
    mend: list | None = None


def results(env: Environment, _choice: list[str]) -> list[Result]:
    """One result a linter."""
    return [_run(env, linter) for linter in linters(env)]


def linters(env: Environment) -> list[Linter]:
    """Those that have something to look at."""
    ruff = [env.python, "-m", "ruff"]
    found = [
        Linter("ruff check", [*ruff, "check", "."], [*ruff, "check", "-q", "--fix-only", "."]),
        Linter("ruff format", [*ruff, "format", "--check", "."], [*ruff, "format", "-q", "."]),
    ]
    if addons.addon_exists():
        modules = [addons.addons_folder() / name for name in (addons.NAME, *addons.glue_addons())]
        found.append(Linter("pylint-odoo", [env.python, "-m", "pylint", "--rcfile=.pylintrc", *modules]))
    bin_folder = env.node / "node_modules" / ".bin"
    scripts = _files(JAVASCRIPT_FOLDERS, "*.js")
    if formatted := [*_files(XML_FOLDERS, "*.xml"), *scripts]:
        prettier = [bin_folder / "prettier", "--config", env.node / "prettier.config.mjs", "--log-level=warn"]
        found.append(Linter("prettier", [*prettier, "--check", *formatted], [*prettier, "--write", *formatted]))
    if scripts:
        found.append(Linter("eslint", [bin_folder / "eslint", "--config", env.node / "eslint.config.mjs", *scripts]))
    return found


def _files(folders: Iterable[str], pattern: str) -> list[Path]:
    found = (path for folder in folders for path in (CHECKOUT / folder).rglob(pattern))
    return sorted(path.relative_to(CHECKOUT) for path in found if "lib" not in path.parts)


def _run(env: Environment, linter: Linter) -> Result:
    started = time.monotonic()
    options = {"stdin": subprocess.DEVNULL, "capture_output": True, "text": True, "check": False}
    done = subprocess.run(linter.check, cwd=CHECKOUT, env=env.variables, **options)
    seconds = time.monotonic() - started
    if done.returncode:
        return Result(linter.name, FAILED, done.stdout + done.stderr, seconds)
    return Result(linter.name, PASSED, seconds=seconds)


def mend() -> None:
    """Let the linters mend what they can."""
    with environment.prepared() as env:
        for linter in linters(env):
            if linter.mend:
                subprocess.run(linter.mend, cwd=CHECKOUT, env=env.variables, check=False)


if __name__ == "__main__":
    with problems_told():
        sys.exit(mend())
