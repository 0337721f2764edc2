"""Odoo's server for the demo, with the cron workers that send."""

import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path

from ..setup.environment import free_port
from ..setup.say import Problem, tail

CRON_WORKERS = 4
START_SECONDS = 120
STOP_SECONDS = 30


def port_or_free(wanted: int) -> int:
    """The wanted port, or a free one where another program has it."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", wanted))
        except OSError:
            return free_port()
    return wanted


@contextmanager
def odoo_server(env, database: str, port: int, log: Path):
    """A server that answers, for as long as the block runs. A group of its own: Ctrl-C reaches us, and we end it."""
    options = ["-d", database, "--http-port", port, "--max-cron-threads", CRON_WORKERS, "--db-filter", f"^{database}$"]
    with log.open("wb") as output:
        process = subprocess.Popen(
            env.odoo_command("server", *options),
            env=os.environ | env.variables,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            _wait_for_answer(process, f"http://127.0.0.1:{port}/web/login", log)
            yield process
        finally:
            _end(process)


def _wait_for_answer(process: subprocess.Popen, url: str, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(url, timeout=START_SECONDS):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.3)
    raise Problem(f"Odoo's server does not answer. The end of {log}:\n{tail(log)}")


def _end(process: subprocess.Popen) -> None:
    """Ask the server to stop, and see to it that it and its children are gone."""
    process.terminate()
    try:
        process.wait(timeout=STOP_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
