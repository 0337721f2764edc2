"""`make bench`: mails a second on both engines and on the bare wire, with what they cost.

CLASSIC, QUEUE and WIRE (environment, or options of `python3 -m dev.bench`) say how many mails each sends.
"""

import argparse
import os
import platform
import tempfile
from pathlib import Path

from ..setup import environment
from ..setup.paths import cache_folder
from ..setup.say import problems_told
from .scenarios import Bench, Measured
from .table import parts, table

TERMS = """One machine, one run, the sink on the same cores. The same mailing everywhere: 20 kB of HTML, a text part,
10 tracked links, first name, unsubscribe link and headers. Classic's queue is drained in a tight loop. Seconds count
from the click to the last mail accepted; the different addresses that the sink counted decide."""


def main() -> None:
    """Measure, and print the table."""
    options = _options()
    with problems_told(), environment.prepared() as env, tempfile.TemporaryDirectory(dir=cache_folder()) as folder:
        bench = Bench(env, Path(folder))
        lines = _measure(bench, options)
        settings = ", ".join(f"{name} = {value}" for name, value in bench.durability().items())
    print(f"\n{TERMS}\n{os.cpu_count()} cores, Python {platform.python_version()}; PostgreSQL: {settings}\n")
    print(table(lines, lines[0]))
    print(f"\n{parts(lines)}")
    best = max((line for line in lines if line.name.startswith("queue")), key=lambda line: line.rate)
    print(f"\nqueue sends {best.rate / lines[0].rate:.0f} times as many mails a second as classic.")


def _measure(bench: Bench, options: argparse.Namespace) -> list[Measured]:
    """Classic first, then ours, then the wire, which sends our bytes again."""
    lines = [bench.classic(options.classic), bench.queue(options.queue)]
    lines += [bench.queue_lanes(options.queue, lanes) for lanes in options.lanes]
    lines += [bench.smtplib(options.wire)]
    return lines + [bench.pipeline(options.wire, threads) for threads in (1, 4)]


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python3 -m dev.bench", description=__doc__)
    for name, mails in (("classic", 600), ("queue", 10_000), ("wire", 10_000)):
        parser.add_argument(f"--{name}", type=int, default=int(os.environ.get(name.upper(), mails)), help="mails")
    parser.add_argument("--lanes", type=int, nargs="*", default=[1, 2], help="lane processes, one scenario each")
    return parser.parse_args()


if __name__ == "__main__":
    main()
