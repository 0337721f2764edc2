"""The result, as a table for people."""

from .scenarios import Measured


def table(lines: list[Measured], base: Measured) -> str:
    """One row a scenario; the ratios are to `base` (classic)."""
    titles = f"{'mails':>7} {'mails/s':>8} {'ratio':>7} {'SQL/mail':>9} {'kB/mail':>8} {'sink CPU':>9}  peak memory, MB"
    head = f"{'':42} {titles}"
    return "\n".join([head, "-" * len(head), *(_row(line, base) for line in lines)])


def _row(line: Measured, base: Measured) -> str:
    statements = f"{line.statements / line.mails:9.2f}" if line.statements is not None else f"{'-':>9}"
    peaks = " + ".join(f"{peak:.0f}" for peak in line.peaks[:-1])
    return (
        f"{line.name:42} {line.mails:7,} {line.rate:8,.0f} {line.rate / base.rate:6.1f}x {statements} "
        f"{line.bytes_per_mail / 1000:8.1f} {line.sink_share:8.0%}  {peaks} (sink {line.peaks[-1]:.0f})"
    )


def parts(lines: list[Measured]) -> str:
    """How long the first half took: composing on classic, enqueueing on the queue."""
    told = [line for line in lines if line.first_seconds is not None]
    return "\n".join(
        f"  {line.name}: {1000 * line.first_seconds / line.mails:.2f} ms a mail to compose or enqueue, "
        f"{1000 * (line.seconds - line.first_seconds) / line.mails:.2f} ms to send"
        for line in told
    )
