"""Our engine as it runs in earnest: `bulk_sender` with its lanes."""

import contextlib
import os
import signal
import subprocess
import time

from ..setup.say import Problem, tail
from .queue import Field
from .usage import cpu_seconds, peak_megabytes, processes_of

LONGEST_STOP_SECONDS = 60


class Sender:
    """A sender process with so many lanes, at work for the block that holds it."""

    def __init__(self, field: Field, lanes: int):
        self.env, self._lanes = field.stage.env, lanes
        self._log = field.stage.folder / "sender.log"
        self._command = self.env.odoo_command("bulk_sender", "-d", field.database, "--lanes", lanes)

    def __enter__(self):
        variables = os.environ | self.env.variables
        with self._log.open("wb") as output:
            options = {"stdout": output, "stderr": output, "start_new_session": True}
            self.process = subprocess.Popen(self._command, env=variables, **options)
        while len(self.processes()) <= self._lanes:
            if self.process.poll() is not None:
                raise Problem(f"The sender ended. The end of {self._log}:\n{tail(self._log)}")
            time.sleep(0.1)
        return self

    def __exit__(self, *error):
        if not any(error):
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(LONGEST_STOP_SECONDS)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def processes(self) -> list[int]:
        """The parent and its lanes."""
        return processes_of(self.process.pid)

    def begin(self) -> None:
        """Measure from here."""
        self._began = (time.monotonic(), *self._used())

    def told(self) -> dict:
        """What it took since."""
        now = (time.monotonic(), *self._used())
        seconds, cpu, backend_cpu = (after - before for after, before in zip(now, self._began, strict=True))
        took = {"seconds": seconds, "cpu": cpu, "backend_cpu": backend_cpu}
        return took | {"peak": max(map(peak_megabytes, self.processes()))}

    def _used(self):
        """CPU seconds so far: of the processes, and of PostgreSQL's for them."""
        ours = self.processes()
        names = ", ".join(f"'odoo-{number}'" for number in ours)
        # numbers of processes, nothing that anybody wrote
        query = f"SELECT pid FROM pg_stat_activity WHERE application_name IN ({names})"
        backends = [number for [number] in self.env.execute(query)]
        return sum(map(cpu_seconds, ours)), sum(map(cpu_seconds, backends))
