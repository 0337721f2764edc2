"""Where things are: the checkout, and the cache folder that holds all that is built."""

import hashlib
import os
import tempfile
import time
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
DAYS_OF_LOGS = 2
LONGEST_SOCKET_FOLDER = 85  # PostgreSQL's socket path must stay below 107 bytes


def is_root() -> bool:
    """Whether system packages can be installed, and servers need a user of their own."""
    return os.geteuid() == 0


def cache_folder() -> Path:
    """The folder that holds all that is built; `BULK_MAILING_CACHE` chooses another."""
    if chosen := os.environ.get("BULK_MAILING_CACHE"):
        return Path(chosen).expanduser().resolve()
    if is_root():
        return Path("/var/cache/bulk_mailing")  # root's home is closed to the postgres user
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "bulk_mailing"


def log_folder() -> Path:
    """The folder for the output of the commands that are run."""
    folder = cache_folder() / "log"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def forget_old_logs() -> None:
    """Delete the logs of earlier days."""
    for path in log_folder().iterdir():
        if time.time() - path.stat().st_mtime > DAYS_OF_LOGS * 86400:
            path.unlink(missing_ok=True)


def checkout_key() -> str:
    """A short name for this checkout, so that two checkouts can share one cache."""
    return fingerprint(str(CHECKOUT))


def socket_folder() -> Path:
    """The folder of PostgreSQL's socket: in the cache folder, unless that path is too long for a socket."""
    folder = cache_folder() / "socket"
    if len(str(folder)) <= LONGEST_SOCKET_FOLDER:
        return folder
    return Path(tempfile.gettempdir()) / f"bulk_mailing-{fingerprint(str(folder))}"


def fingerprint(*parts: str | bytes) -> str:
    """Ten characters that change when one of the parts does."""
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        digest.update(b"%d:" % len(data) + data)
    return digest.hexdigest()[:10]
