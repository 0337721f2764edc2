"""Where scenarios are measured: an environment, a folder, and one sink for all of them."""

from dataclasses import dataclass
from pathlib import Path

from ..setup.environment import Environment
from ..setup.say import Problem, step
from .run import Run
from .talk import Sink
from .usage import machine_seconds

SAMPLES = 200


@dataclass
class Stage:
    """What the scenarios share. `samples` are mails of ours, for those who send the same."""

    env: Environment
    folder: Path
    sink: Sink
    key: str  # the private key of all who sign (RSA-2048, PEM)
    samples: tuple[bytes, ...] = ()

    @property
    def sample_bytes(self) -> int:
        """The size of our mails."""
        return sum(map(len, self.samples)) // len(self.samples)

    def measure(self, name: str, mails: int, work, **sink) -> Run:
        """Run `work`, which tells what it took; the different addresses that the sink got decide whether it counts."""
        with step(f"{name}, {mails:,} mails"):
            self.sink.begin(**sink)
            machine = machine_seconds()
            told = work()
            machine = machine_seconds() - machine
            mails = told.get("mails", mails)
            counts = self.sink.counts()
            self._check(name, mails, counts)
            if counts["kept"]:
                self.samples = tuple(content.encode("latin-1") for content in counts["kept"])
            run = self._run(name, mails, told, counts, machine)
            print(f"    {run.rate:,.0f} mails/s", flush=True)
            return run

    def _check(self, name: str, mails: int, counts: dict) -> None:
        if counts["unique"] != mails or counts["twice"]:
            raise Problem(
                f"{name}: of {mails:,} people {counts['unique']:,} got the mail, and {counts['twice']:,} mails came "
                "to somebody who had it already. That is no measurement."
            )

    def _run(self, name: str, mails: int, told: dict, counts: dict, machine: float) -> Run:
        parties = told.get("parties", [told])
        senders, backends = (sum(party.get(kind, 0) for party in parties) for kind in ("cpu", "backend_cpu"))
        elsewhere = max(0, machine - senders - backends - counts["cpu"])
        statements = [party["statements"] for party in parties if "statements" in party]
        return Run(
            name,
            mails,
            told["seconds"],
            counts["bytes"] / mails,
            (senders, backends, counts["cpu"], elsewhere),
            tuple(party["peak"] for party in parties),
            sum(statements) if statements else None,
            told.get("enqueue_seconds", 0),
            counts["first_at"] - told["clicked_at"] if "clicked_at" in told else None,
            told.get("small_seconds"),
            _busy(told, counts),
        )


def _busy(told: dict, counts: dict) -> tuple[float, ...]:
    lanes = told.get("lanes", [told])
    cpu, backend_cpu = (sum(lane.get(kind, 0) for lane in lanes) for kind in ("cpu", "backend_cpu"))
    used = (cpu, backend_cpu, counts["cpu"])
    elsewhere = max(0, told.get("machine", 0) - sum(used))
    return tuple(seconds / told["seconds"] for seconds in (*used, elsewhere))
