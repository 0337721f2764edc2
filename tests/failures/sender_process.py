"""A real `bulk_sender`, started, stopped and killed."""

import contextlib
import os
import signal
import subprocess
import tempfile

LONGEST_STOP = 90
TAIL = 6000


class SenderProcess:
    """The command and its lanes: one process group, so that all can be killed at once."""

    def __init__(self, env, database, lanes, *arguments, **variables):
        self._output = tempfile.TemporaryFile()  # noqa: SIM115 (closed by kill)
        command = env.odoo_command("bulk_sender", "-d", database, "--lanes", lanes, *arguments)
        options = {"stdout": self._output, "stderr": self._output, "start_new_session": True}
        self.process = subprocess.Popen(command, env=env.variables | variables, **options)

    def stop(self):
        """SIGTERM, and wait; the exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(LONGEST_STOP)

    def kill(self):
        """Parent and lanes, at one blow."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def lanes(self):
        """The process numbers of the lanes."""
        with open(f"/proc/{self.process.pid}/task/{self.process.pid}/children") as children:
            return [int(number) for number in children.read().split()]

    def log(self):
        """The end of what it wrote."""
        size = os.fstat(self._output.fileno()).st_size
        return os.pread(self._output.fileno(), TAIL, max(0, size - TAIL)).decode(errors="replace")
