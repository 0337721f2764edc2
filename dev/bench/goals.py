"""What the engine has to reach, and whether it has."""

import os
from collections.abc import Callable
from dataclasses import dataclass

from .run import Run, Runs
from .waiting import LANES

LARGEST_PEAK_MB = 300
LONGEST_OPENING_SECONDS = 1


@dataclass(frozen=True)
class Goal:
    """One line: what is compared, the number to reach, and how the number is found in the runs."""

    what: str
    bound: float
    unit: str
    found: Callable[[Runs], float | None]
    is_limit: bool = False  # at most, not at least
    remark: Callable[[Runs], str] = lambda runs: ""

    def line(self, runs: Runs) -> str:
        """The line for people."""
        goal = f"{'at most' if self.is_limit else 'at least'} {self.bound:g}{self.unit}"
        value = self.found(runs)
        if value is None:
            return f"{self.what:84} {goal:>16} {'-':>10}  not measured"
        reached = value <= self.bound if self.is_limit else value >= self.bound
        verdict = ("reached" if reached else "NOT REACHED") + self.remark(runs)
        return f"{self.what:84} {goal:>16} {value:>9.3g}{self.unit}  {verdict}"


def _whole(run: Run) -> float:
    return run.whole_rate


def _of(name: str, value) -> Callable[[Runs], float | None]:
    def found(runs):
        run = runs.typical(name)
        return None if run is None else value(run)

    return found


def _ceiling(runs: Runs) -> str:
    """What more lanes can reach where lanes, database and sink share the cores."""
    busy, cores = runs.typical("queue1").busy, os.cpu_count()
    shares = zip(("lane", "database", "sink", "else"), busy, strict=True)
    told = ", ".join(f"{name} {share / sum(busy):.0%}" for name, share in shares)
    return f", of a ceiling of {cores / sum(busy):.2f}x: one lane keeps {sum(busy):.2f} of {cores} cores busy ({told})"


GOALS = (
    Goal(
        "queue against classic, from click to last mail, unsigned",
        150,
        "x",
        lambda runs: runs.ratio("queue2", "classic", _whole),
    ),
    Goal(
        "two lanes against one, unsigned, with database and sink on the same cores",
        1.7,
        "x",
        lambda runs: runs.ratio("queue2", "queue1"),
        remark=_ceiling,
    ),
    Goal(
        "queue against reference pipeline, two processes each, unsigned, sink like smtp-sink",
        0.6,
        "x",
        lambda runs: runs.ratio("queue2-work", "pipeline2-work"),
    ),
    Goal(
        "the same, sink that costs next to nothing",
        0.6,
        "x",
        lambda runs: runs.ratio("queue2", "pipeline2"),
    ),
    Goal(
        "the same, both RSA-2048-signed, sink that costs next to nothing",
        0.7,
        "x",
        lambda runs: runs.ratio("queue2rsa", "pipeline2rsa"),
    ),
    Goal(
        "queue against nodemailer's pool, both RSA-2048-signed",
        8,
        "x",
        lambda runs: runs.ratio("queue2rsa", "nodemailer"),
    ),
    Goal(
        "50 ms delay a reply, 20 connections: queue, one lane, against smtplib, 20 threads",
        3,
        "x",
        lambda runs: runs.ratio("far", "far-smtplib"),
    ),
    Goal("SQL statements per mail", 0.2, "", _of("queue2", lambda run: run.statements_per_mail), True),
    Goal(
        "100,000 recipients: from click to first mail, while the rest is being enqueued",
        10,
        " s",
        _of("departure", lambda run: run.first_seconds),
        True,
    ),
    Goal(
        "100 recipients behind 100,000: from click to done",
        10,
        " s",
        _of("behind", lambda run: run.small_seconds),
        True,
    ),
    *(
        Goal(
            f"CPU of {lanes} lanes and their database while a large mailing waits at 100 a minute",
            1,
            " %",
            _of(name, lambda run: sum(run.busy[:2]) * 100),
            True,
        )
        for name, lanes in LANES.items()
    ),
    Goal(
        "cost per mail (CPU of lanes and their database) at 1,000,000 against 10,000",
        1.2,
        "x",
        lambda runs: runs.ratio("scale-1m", "scale-10k", lambda run: run.own_microseconds),
        True,
    ),
    Goal(
        "1,000,000 recipients: peak memory of a process",
        LARGEST_PEAK_MB,
        " MB",
        _of("scale-1m", lambda run: max(run.peaks)),
        True,
    ),
)


def lines(runs: Runs, openings: dict[str, float]) -> list[str]:
    """All goals; `openings` are the seconds in which form and list open with 1,000,000 traces."""
    opened = [
        Goal(
            f"1,000,000 traces: seconds to open the {view}",
            LONGEST_OPENING_SECONDS,
            " s",
            lambda _runs, view=view: openings.get(view),
            True,
        )
        for view in ("form", "list")
    ]
    return [goal.line(runs) for goal in (*GOALS, *opened)]
