"""The runs as a table for people."""

from statistics import median

from .run import Run, Runs

NAME = 14
TITLES = (
    f"{'':{NAME}} {'mails':>9} {'mails/s':>8} {'slowest..fastest':>17} {'whole':>7} {'SQL/mail':>8} {'kB/mail':>8}"
    f" {'CPU us/mail: senders':>20} {'+ database':>10} {'+ sink':>7} {'+ else':>7}  peak memory, MB"
)


def table(runs: Runs) -> str:
    """One row a scenario: its run with the median rate."""
    return "\n".join([TITLES, "-" * len(TITLES), *(_row(runs.typical(some[0].name), some) for some in runs.all())])


def _row(run: Run, some: list[Run]) -> str:
    rates = [one.rate for one in some]
    spread = f"{min(rates):,.0f}..{max(rates):,.0f}" if len(some) > 1 else ""
    statements = "-" if run.statements is None else f"{run.statements_per_mail:.3f}"
    costs = [median(one.microseconds[kind] for one in some) for kind in range(4)]
    senders, database, sink, other = (f"{cost:,.0f}" for cost in costs)
    peaks = " + ".join(f"{peak:.0f}" for peak in run.peaks)
    return (
        f"{run.name:{NAME}} {run.mails:9,} {run.rate:8,.0f} {spread:>17} {run.whole_rate:7,.0f} {statements:>8}"
        f" {run.bytes_per_mail / 1000:8.1f} {senders:>20} {database:>10} {sink:>7} {other:>7}  {peaks}"
    )


def curve(runs: Runs) -> str:
    """How it goes with more recipients, in the form of `docs/scale.md`."""
    known = (runs.typical(some[0].name) for some in runs.all() if some[0].name.startswith("scale-"))
    rows = ["| recipients | enqueue | mails/s | CPU a mail: lanes | database | largest process | waiting | sent |"]
    rows.append("|---|---|---|---|---|---|---|---|")
    for run in known:
        lanes, database, _sink, _else = run.microseconds
        waiting, sent = run.stored
        rows.append(
            f"| {run.mails:,} | {run.enqueue_seconds:.1f} s | {run.rate:,.0f} | {lanes:,.0f} us | {database:,.0f} us"
            f" | {max(run.peaks):.0f} MB | {waiting:,.0f} B | {sent:,.0f} B |"
        )
    return "\n".join(rows) if len(rows) > 2 else ""
