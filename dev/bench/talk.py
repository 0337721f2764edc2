"""Processes that answer lines of JSON with lines of JSON: they stay, so that only the work is measured."""

import json
import os
import subprocess
import sys
from pathlib import Path

from ..setup.paths import CHECKOUT
from ..setup.say import Problem, tail
from .usage import peak_megabytes

IN_SHELL = CHECKOUT / "dev" / "in_shell" / "bench.py"


class Talk:
    """A process at work for the block that holds it."""

    def __init__(self, command, log: Path, as_stdio=True, **options):
        questions, ours = os.pipe()
        theirs, answers = os.pipe()
        self._log = log
        if as_stdio:
            options |= {"stdin": questions, "stdout": answers}
        else:  # stdin is a script
            options["env"] = options["env"] | {"BENCH": f"{questions},{answers}"}
            options["pass_fds"] = (questions, answers)
            options["stdout"] = log.open("wb")
        self.process = subprocess.Popen(command, cwd=CHECKOUT, stderr=log.open("ab"), start_new_session=True, **options)
        os.close(questions)
        os.close(answers)
        self._questions, self._answers = os.fdopen(ours, "w"), os.fdopen(theirs)

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        self._questions.close()
        self.process.kill()  # nothing of it is kept
        self.process.wait()

    def tell(self, **question) -> None:
        """Ask, and do not wait."""
        self._questions.write(json.dumps(question) + "\n")
        self._questions.flush()

    def hear(self) -> dict:
        """The next answer."""
        line = self._answers.readline()
        if not line:
            raise Problem(f"A process of the benchmark ended. The end of {self._log}:\n{tail(self._log)}")
        return json.loads(line)

    def ask(self, **question) -> dict:
        """Ask, and wait for the answer."""
        self.tell(**question)
        return self.hear()


class Sink(Talk):
    """The counting mail server."""

    def __init__(self, folder: Path):
        super().__init__([sys.executable, "-m", "dev.bench.sink"], folder / "sink.log")
        self.port = self.hear()["port"]

    def begin(self, delay: float = 0, load: float = 0, keep: int = 0) -> None:
        """Count from nothing: with seconds before each reply, seconds of CPU for each mail, and so many mails kept."""
        self.ask(delay=delay, load=load, keep=keep)

    def counts(self) -> dict:
        """What came since."""
        return self.ask()

    @property
    def peak(self) -> float:
        """Its memory, MB."""
        return peak_megabytes(self.process.pid)


class OdooProcess(Talk):
    """Odoo with its registry loaded, which does the parts of `dev/in_shell/bench.py`."""

    def __init__(self, env, database: str, folder: Path, number: int = 0):
        with IN_SHELL.open() as script:
            command = env.odoo_command("shell", "-d", database, "--no-http")
            log = folder / f"{database}-{number}.log"
            super().__init__(command, log, as_stdio=False, env=os.environ | env.variables, stdin=script)
        self.hear()  # it is up


def python_program(env, module: str, **settings) -> dict:
    """Run a program of this folder in the virtual environment; what it tells on stdout."""
    path = os.pathsep.join([str(CHECKOUT), env.variables["PYTHONPATH"]])
    variables = os.environ | env.variables | {"PYTHONPATH": path}
    return _program([env.python, "-m", f"dev.bench.{module}", json.dumps(settings)], variables)


def node_program(env, script: Path, **settings) -> dict:
    """Run a script on node; what it tells on stdout."""
    return _program([env.venv / "bin" / "node", script, json.dumps(settings)], os.environ | env.variables)


def _program(command, variables) -> dict:
    done = subprocess.run(command, cwd=CHECKOUT, env=variables, stdout=subprocess.PIPE, check=False)
    if done.returncode:
        raise Problem(f"'{command[-2]}' of the benchmark failed")
    return json.loads(done.stdout)
