"""A real `bulk_sender`, started, stopped and killed."""

import contextlib
import os
import signal
import subprocess
import tempfile
from pathlib import Path

LONGEST_STOP = 180


class SenderProcess:
    """The command and its lanes: one process group, so that all can be killed at once."""

    def __init__(self, env, database, lanes, *arguments, before_start=None, **variables):
        self._output = tempfile.TemporaryFile()  # noqa: SIM115 (closed with the object)
        command = env.odoo_command("bulk_sender", "-d", database, "--lanes", lanes, *arguments)
        options = {"stdout": self._output, "stderr": self._output, "preexec_fn": before_start}
        variables = env.variables | variables
        self.process = subprocess.Popen(command, env=variables, start_new_session=True, **options)

    def stop(self):
        """SIGTERM, and wait; the exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(LONGEST_STOP)

    def kill(self):
        """Parent and lanes, at one blow."""
        self.kill_at_once()
        self.process.wait()

    def kill_at_once(self):
        """The same without waiting for their end."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)

    def kill_lanes(self):
        """The lanes alone."""
        for number in self.lanes():
            os.kill(number, signal.SIGKILL)

    def lanes(self):
        """The process numbers of the lanes."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(number) for number in children.read_text().split()]

    def log(self):
        """All that it wrote."""
        size = os.fstat(self._output.fileno()).st_size
        return os.pread(self._output.fileno(), size, 0).decode(errors="replace")
