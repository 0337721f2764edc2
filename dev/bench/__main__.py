"""`make bench`: what the engine reaches beside Odoo's own, the limit of the idea, and others; with what it costs.

Scenarios by name measure less: `make bench ARGS="queue2 pipeline2 --mails 5000 --rounds 1"`.
"""

import argparse
import os
import platform
import tempfile
from contextlib import ExitStack
from pathlib import Path

from ..setup import environment
from ..setup.paths import cache_folder
from ..setup.say import problems_told
from . import goals, scenarios
from .run import Runs
from .stage import Stage
from .table import curve, table
from .talk import Sink

TERMS = """One machine, one run, the sink on the same cores. The same mailing everywhere: 20 kB of HTML, a text part,
10 tracked links, first name, unsubscribe link and headers. mails/s: from the first claim to the last result; whole:
from the click, with composing or enqueueing. What is compared ran in turns; a row is the run with the median rate.
classic     Odoo's own engine, one process; its queue is drained in a tight loop
queue1, 2   our engine: enqueued by one process, sent by one or two lane processes, two connections each
pipeline2   reference_pipeline.py: the limit of the idea, two processes, one connection each, mails as large as ours;
            it has no ledger, no retries, no limits, no lists of who left, and keeps one connection for all
...-work    the same, and the sink uses 0.2 ms of CPU for each mail, as Postfix's smtp-sink does; else it uses 0.03 ms
...rsa      the same, each mail with a DKIM signature of an RSA-2048 key
nodemailer  its pool, 20 connections, one process (node has one thread), composes each mail; RSA-2048-signed
far         50 ms before each reply, 20 connections of 100 mails: one lane; far-smtplib: 20 threads, our bytes
departure   two lanes are up, then somebody clicks; its mails/s count from the end of the enqueueing
behind      `bulk_sender` with two lanes is at work on 100,000 mails, then somebody clicks for 100 others
waiting2, 4 `bulk_sender` with 2 or 4 lanes, 100,000 wait, 100 a minute may go: CPU of 60 seconds
scale-...   two lanes, a list of so many, all in one database; paced, with a limit that holds nobody back
else        what the machine did beside: PostgreSQL's other processes, and anybody else's work"""


def main() -> None:
    """Measure, and print the tables."""
    options, runs, openings = _options(), Runs(), {}
    with problems_told(), environment.prepared() as env, ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(dir=cache_folder())))
        sink = stack.enter_context(Sink(folder))
        try:
            openings.update(scenarios.measure(Stage(env, folder, sink, scenarios.new_key(env)), options, runs))
        finally:  # what took minutes is told, whatever happened after it
            _tell(runs, openings, _durability(env))


def _tell(runs: Runs, openings: dict[str, float], durability: dict[str, str]) -> None:
    settings = ", ".join(f"{name} = {value}" for name, value in durability.items())
    print(f"\n{TERMS}\n\n{os.cpu_count()} cores, Python {platform.python_version()}; PostgreSQL: {settings}\n")
    print(f"{table(runs)}\n")
    print(f"{curve(runs)}\n")
    print("\n".join(goals.lines(runs, openings)), flush=True)


def _durability(env) -> dict[str, str]:
    """PostgreSQL's promises that all scenarios ran under."""
    names = ("fsync", "synchronous_commit", "full_page_writes")
    return {name: env.execute(f"SHOW {name}")[0][0] for name in names}


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python3 -m dev.bench", description=__doc__)
    known = [name for name in scenarios.NAMES if name != scenarios.MILLION or os.environ.get("MILLION") != "0"]
    parser.add_argument("scenarios", nargs="*", default=known, help=f"some of {', '.join(scenarios.NAMES)}")
    parser.add_argument("--mails", type=int, default=10_000, help="mails of queue and pipeline")
    parser.add_argument("--rounds", type=int, default=3, help="how often each, in turns")
    options = parser.parse_args()
    if unknown := set(options.scenarios) - set(scenarios.NAMES):
        parser.error(f"no such scenario: {', '.join(unknown)}")
    return options


if __name__ == "__main__":
    main()
