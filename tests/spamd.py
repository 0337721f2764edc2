"""A real spamd for tests, offline, on a port of its own."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

PROGRAM = shutil.which("spamd") or shutil.which("spamd", path="/usr/sbin")
STARTS_WITHIN_SECONDS = 120


@contextmanager
def running():
    """Start one; yields its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder, (Path(folder) / "log").open("w+b") as log:
        command = [PROGRAM, "-L", "-x", "-m", "1", "-i", "127.0.0.1", "-p", str(port), "-s", "stderr"]
        if not os.geteuid():
            command += ["-u", "nobody"]  # it would look at no mail as root
        process = subprocess.Popen(command, stdout=log, stderr=log)
        try:
            _wait(process, port, log)
            yield port
        finally:
            process.terminate()
            process.wait(30)


def _wait(process, port, log):
    until = time.monotonic() + STARTS_WITHIN_SECONDS
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError as error:
            if process.poll() is not None or time.monotonic() > until:
                log.seek(0)
                raise AssertionError(f"spamd does not start: {log.read().decode(errors='replace')}") from error
            time.sleep(0.1)
