"""What the person at the terminal sees: steps with their time, and one clear sentence when something is missing."""

import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from pathlib import Path

from .paths import log_folder

HEARTBEAT_SECONDS = 20
TAIL_LINES = 25


class Problem(Exception):
    """Something that the person has to mend; its text says what and how."""


@contextmanager
def step(title: str):
    """Announce what takes long, show that it is alive, and say how long it took."""
    started = time.monotonic()
    print(f"==> {title}", flush=True)
    done = threading.Event()

    def heartbeat():
        while not done.wait(HEARTBEAT_SECONDS):
            print(f"    still at it, {time.monotonic() - started:.0f} s", flush=True)

    threading.Thread(target=heartbeat, daemon=True).start()
    try:
        yield
    finally:
        done.set()
    print(f"    done in {time.monotonic() - started:.1f} s", flush=True)


def note(text: str) -> None:
    """Say one thing that is worth knowing."""
    print(f"==> {text}", flush=True)


def run(command, log: str, **options) -> None:
    """Run a command with its output in a log file; when it fails, the end of that log is in the Problem."""
    path = log_folder() / f"{log}.log"
    options.setdefault("stdin", subprocess.DEVNULL)
    with path.open("wb") as output:
        code = subprocess.run(command, stdout=output, stderr=subprocess.STDOUT, **options).returncode
    if code:
        name = " ".join(str(part) for part in command[:3])
        raise Problem(f"'{name} ...' ended with code {code}. The end of {path}:\n{tail(path)}")


def tail(path: Path, lines: int = TAIL_LINES) -> str:
    """The last lines of a log, indented."""
    text = path.read_text(errors="replace").rstrip().splitlines()
    return "\n".join("    " + line for line in text[-lines:])


@contextmanager
def problems_told():
    """End the program with the Problem's sentence instead of a traceback, and tidily when it is told to stop."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        yield
    except Problem as problem:
        print(f"\nCannot go on: {problem}", file=sys.stderr, flush=True)
        raise SystemExit(1) from None
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr, flush=True)
        raise SystemExit(130) from None
