"""What is measured: each scenario has a sink of its own, and what the sink counted decides."""

import json
import os
import subprocess
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ..catcher import process as catcher_process
from ..catcher.process import Catcher
from ..setup.paths import CHECKOUT
from ..setup.say import Problem, run, step
from . import newsletter
from .process import cpu_seconds, peak_megabytes

GREETING = "<t t-out=\"object.name or 'friend'\">friend</t>"
SCRIPT = CHECKOUT / "dev" / "in_shell" / "bench.py"
SAMPLES = 200  # messages of ours that the bare wire sends again
PER_CONNECTION = 100


@dataclass(frozen=True)
class Measured:
    """One line of the table."""

    name: str
    mails: int
    seconds: float
    unique: int
    bytes_per_mail: float
    sink_share: float
    peaks: tuple[float, ...]
    statements: int | None = None
    first_seconds: float | None = None  # composing, or enqueueing

    @property
    def rate(self) -> float:
        """Different addresses that the sink got, a second."""
        return self.unique / self.seconds


class Bench:
    """An environment, a folder for what is passed between processes, and the scenarios."""

    def __init__(self, env, folder: Path):
        self.env, self.folder = env, folder
        self.samples = folder / "samples"
        self.samples.mkdir()

    def classic(self, mails: int) -> Measured:
        """Odoo's own engine: composing, then its mail queue."""
        return self._in_odoo("classic: compose + mail queue", "classic", mails)

    def queue(self, mails: int) -> Measured:
        """Our engine, all in one process."""
        return self._in_odoo("queue: enqueue + lane, one process", "queue", mails)

    def queue_lanes(self, mails: int, lanes: int) -> Measured:
        """Our engine: enqueued by one process, sent by lane processes of their own."""
        name = f"queue: {lanes} lane process{'es' if lanes > 1 else ''}"
        with step(f"{name}, {mails:,} mails"), self._sink() as sink, self._database("queue", mails, sink) as database:
            cpu = cpu_seconds(sink.process_id)
            enqueued = self._odoo(database, "enqueue", mailing_id=self.mailing_id)
            began = time.monotonic()
            answers = self._run_lanes(database, lanes)
            seconds = max(answer["seconds"] for answer in answers) + enqueued["seconds"]
            statements = enqueued["statements"] + sum(answer["statements"] for answer in answers)
            share = (cpu_seconds(sink.process_id) - cpu) / (time.monotonic() - began)
            peaks = (enqueued["peak"], *(answer["peak"] for answer in answers))
            return self._line(name, mails, seconds, sink, share, peaks, statements, enqueued["seconds"])

    def smtplib(self, mails: int) -> Measured:
        """The bytes of our mails by Python's own client, one connection at a time."""
        settings = {"folder": str(self.samples), "per_connection": PER_CONNECTION}
        return self._on_wire("wire: smtplib, same bytes", "dev.bench.wire", mails, settings)

    def pipeline(self, mails: int, threads: int) -> Measured:
        """The reference: nothing but a table, a template and a socket."""
        with self.env.temporary_database("bench_wire", "base") as database:
            settings = {"dsn": f"dbname={database}", "threads": threads}
            name = f"wire: reference pipeline, {threads} connection{'s' if threads > 1 else ''}"
            return self._on_wire(name, "dev.bench.reference_pipeline", mails, settings)

    def durability(self) -> dict[str, str]:
        """PostgreSQL's promises that all scenarios ran under."""
        names = ("fsync", "synchronous_commit", "full_page_writes")
        return {name: self.env.execute(f"SHOW {name}")[0][0] for name in names}

    def _in_odoo(self, name: str, part: str, mails: int) -> Measured:
        with step(f"{name}, {mails:,} mails"), self._sink() as sink, self._database(part, mails, sink) as database:
            cpu = cpu_seconds(sink.process_id)
            told = self._odoo(database, part, mailing_id=self.mailing_id)
            share = (cpu_seconds(sink.process_id) - cpu) / told["seconds"]
            if part == "queue":
                self._keep_samples(sink, mails)
            first = told["compose_seconds"]
            return self._line(name, mails, told["seconds"], sink, share, (told["peak"],), told["statements"], first)

    def _on_wire(self, name: str, module: str, mails: int, settings: dict) -> Measured:
        with step(f"{name}, {mails:,} mails"), self._sink() as sink:
            cpu = cpu_seconds(sink.process_id)
            values = json.dumps(settings | {"port": sink.smtp_port, "mails": mails})
            path = os.pathsep.join([str(CHECKOUT), self.env.variables["PYTHONPATH"]])
            done = subprocess.run(
                [self.env.python, "-m", module, values],
                cwd=CHECKOUT,
                env=os.environ | self.env.variables | {"PYTHONPATH": path},
                stdout=subprocess.PIPE,
                check=True,
            )
            told = json.loads(done.stdout)
            share = (cpu_seconds(sink.process_id) - cpu) / told["seconds"]
            return self._line(name, mails, told["seconds"], sink, share, (told["peak"],))

    def _line(self, name, mails, seconds, sink: Catcher, share, peaks, statements=None, first_seconds=None) -> Measured:
        counters = sink.counters()
        if counters["unique_recipients"] != mails or counters["twice"]:
            raise Problem(
                f"{name}: of {mails:,} people {counters['unique_recipients']:,} got the mail, "
                f"and {len(counters['twice'])} got it twice. That is no measurement."
            )
        each = counters["bytes"] / mails
        peaks = (*peaks, peak_megabytes(sink.process_id))
        return Measured(name, mails, seconds, mails, each, share, peaks, statements, first_seconds)

    @contextmanager
    def _sink(self):
        with tempfile.TemporaryDirectory(dir=self.folder) as kept:
            with catcher_process.running(f"--keep={SAMPLES}", folder=Path(kept)) as sink:
                yield sink

    @contextmanager
    def _database(self, engine: str, mails: int, sink: Catcher):
        with self.env.temporary_database(f"bench_{engine}") as database:
            html = newsletter.html(GREETING)
            told = self._odoo(database, "prepare", engine=engine, mails=mails, smtp_port=sink.smtp_port, html=html)
            self.mailing_id = told["mailing_id"]
            self.env.execute("VACUUM ANALYZE", database=database)
            self.env.execute("CHECKPOINT") if self._may_checkpoint() else None
            yield database

    def _may_checkpoint(self) -> bool:
        return self.env.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")[0][0]

    def _odoo(self, database: str, part: str, **settings) -> dict:
        answer = self.folder / f"{part}.json"
        answer.unlink(missing_ok=True)
        with SCRIPT.open() as source:
            variables = self._variables(part=part, answer=str(answer), **settings)
            run(self._shell(database), f"bench-{part}", env=variables, stdin=source)
        return json.loads(answer.read_text())

    def _run_lanes(self, database: str, lanes: int) -> list[dict]:
        go = self.folder / "go"
        go.unlink(missing_ok=True)
        started = [self._start_lane(database, number, go) for number in range(lanes)]
        while not all(ready.exists() for _process, ready, _answer in started):
            if any(process.poll() for process, _ready, _answer in started):
                break
            time.sleep(0.05)
        go.touch()
        if any(process.wait() for process, _ready, _answer in started):
            raise Problem(f"A lane process failed, see bench-lane in {self.folder}")
        return [json.loads(answer.read_text()) for _process, _ready, answer in started]

    def _start_lane(self, database: str, number: int, go: Path):
        ready, answer = self.folder / f"ready-{number}", self.folder / f"lane-{number}.json"
        for old in (ready, answer):
            old.unlink(missing_ok=True)
        variables = self._variables(part="lane", answer=str(answer), ready=str(ready), go=str(go))
        with SCRIPT.open() as source, (self.folder / f"bench-lane-{number}.log").open("wb") as log:
            process = subprocess.Popen(self._shell(database), env=variables, stdin=source, stdout=log, stderr=log)
        return process, ready, answer

    def _shell(self, database: str) -> list[str]:
        return self.env.odoo_command("shell", "-d", database, "--no-http")

    def _variables(self, **settings) -> dict[str, str]:
        return os.environ | self.env.variables | {"BENCH": json.dumps(settings)}

    def _keep_samples(self, sink: Catcher, mails: int) -> None:
        for number in range(1, min(SAMPLES, mails) + 1):
            (self.samples / f"{number:04}.eml").write_bytes(sink.message(number))
