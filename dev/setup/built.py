"""Build a folder once, and only one run at a time."""

import fcntl
import shutil
import time
from contextlib import contextmanager
from pathlib import Path

from .paths import cache_folder
from .say import Problem, note

COMPLETE = ".complete"
DAYS_UNUSED = 14
TAG = "Signature: 8a477f597d28d172789f06886806bc55"  # bford.info/cachedir


def claim_cache_folder() -> None:
    """Make the cache folder, with the mark that backups pass over; refuse a folder that holds something else."""
    folder = cache_folder()
    folder.mkdir(parents=True, exist_ok=True)
    mark = folder / "CACHEDIR.TAG"
    if mark.exists():
        return
    if any(folder.iterdir()) and not (folder / "setup.lock").exists():
        raise Problem(f"The cache folder {folder} holds something else; choose another with BULK_MAILING_CACHE")
    mark.write_text(f"{TAG}\n# All that bulk_mailing's set-up built; 'make clean-cache' deletes it.\n")


@contextmanager
def lock(name: str = "setup"):
    """Let one run at a time past this point, on this cache folder."""
    claim_cache_folder()
    with (cache_folder() / f"{name}.lock").open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            note("Another run is at work on the same cache folder; waiting for it")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def build_once(folder: Path, build) -> Path:
    """Have `build(folder)` fill the folder, unless that was finished before.

    A folder without its mark was interrupted, and is built again from nothing. It is built where it stays, as a
    virtual environment's scripts name their own place; the lock keeps others from looking at a half-built one.
    """
    if not (folder / COMPLETE).exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        build(folder)
    (folder / COMPLETE).touch()
    return folder


def forget_unused() -> None:
    """Delete what was built for older pins and nobody used for a while."""
    for mark in cache_folder().glob(f"*/{COMPLETE}"):
        if time.time() - mark.stat().st_mtime > DAYS_UNUSED * 86400:
            shutil.rmtree(mark.parent, ignore_errors=True)
