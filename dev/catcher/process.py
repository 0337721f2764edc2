"""The catcher as a process of its own, seen from the program that started it."""

import json
import subprocess
import sys
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ..setup.paths import CHECKOUT


@dataclass(frozen=True)
class Catcher:
    """Where it listens, and its process number."""

    smtp_port: int
    web_port: int
    process_id: int

    @property
    def page(self) -> str:
        """The address of its page."""
        return f"http://127.0.0.1:{self.web_port}/"

    def counters(self) -> dict:
        """Its counts, see `Store.counters`."""
        return json.loads(self._get("counters.json"))

    def message(self, number: int) -> bytes:
        """The bytes of a caught message, counted from 1; empty if it was not kept."""
        return self._get(f"mail/{number}/raw")

    def _get(self, path: str) -> bytes:
        with urllib.request.urlopen(self.page + path, timeout=30) as answer:
            return answer.read()


@contextmanager
def running(*options: str, folder: Path | None = None):
    """A catcher for as long as the block runs. Ctrl-C reaches this process only: the block ends it."""
    command = [sys.executable, "-m", "dev.catcher", *options]
    if folder:
        folder.mkdir(parents=True, exist_ok=True)
        command += ["--folder", str(folder)]
    process = subprocess.Popen(command, cwd=CHECKOUT, stdout=subprocess.PIPE, text=True, start_new_session=True)
    try:
        ports = json.loads(process.stdout.readline())
        yield Catcher(ports["smtp"], ports["web"], process.pid)
    finally:
        process.terminate()
        process.wait(timeout=20)
