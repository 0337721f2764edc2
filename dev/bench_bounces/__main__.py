"""`make bench-bounces`: reports, delays and automatic answers from a Maildir into the ledger, by `bulk_bounces`.

Ten times as many mails are in the ledger of recipients as come back. MAILS=10000 takes less time than the whole.
"""

import os
import subprocess
import tempfile
import time
from pathlib import Path

from ..bench.usage import cpu_seconds
from ..setup import environment
from ..setup.environment import Environment
from ..setup.paths import CHECKOUT, cache_folder
from ..setup.say import Problem, problems_told, step
from . import reports

SCRIPT = CHECKOUT / "dev" / "in_shell" / "bench_bounces.py"
ARRIVED_FOR_EACH = 10
GOAL_AN_HOUR = 100_000
LOOK_SECONDS = 0.2


def main() -> None:
    """Measure, and print."""
    count = int(os.environ.get("MAILS") or GOAL_AN_HOUR)
    with (
        problems_told(),
        environment.prepared() as env,
        tempfile.TemporaryDirectory(dir=cache_folder()) as folder,
        env.temporary_database("bench_bounces") as database,
    ):
        maildir = Path(folder) / "bounces"
        counts = _prepare(env, database, maildir, count)
        with step(f"{count:,} mails"):
            seconds, cpu, memory = _take_in(env, database, maildir)
        _check(env, database, maildir, counts)
        _tell(count, seconds, cpu, memory)


def _prepare(env: Environment, database: str, maildir: Path, count: int) -> dict[str, int]:
    with step(f"{count * ARRIVED_FOR_EACH:,} mails have arrived, and {count:,} come back"), SCRIPT.open() as script:
        variables = env.variables | {"COUNT": str(count * ARRIVED_FOR_EACH)}
        command = env.odoo_command("shell", "-d", database, "--no-http")
        subprocess.run(command, stdin=script, stdout=subprocess.DEVNULL, env=variables, check=True)
        rows = env.execute(
            f"SELECT email, message_id FROM mailing_trace ORDER BY md5(email) LIMIT {count}", database=database
        )
        env.execute("VACUUM ANALYZE mailing_trace", database=database)
        return reports.write(maildir, [reports.Sent(*row) for row in rows])


def _take_in(env: Environment, database: str, maildir: Path) -> tuple[float, float, list[float]]:
    """Seconds, seconds of CPU, and the resident megabytes from time to time, of the command from its first mail on."""
    command = env.odoo_command("bulk_bounces", "-d", database, "--maildir", maildir, "--log-level=error")
    waiting = sum(1 for _ in (maildir / "new").iterdir())
    with subprocess.Popen(command, env=env.variables) as process:
        while process.poll() is None and sum(1 for _ in (maildir / "new").iterdir()) == waiting:
            time.sleep(LOOK_SECONDS)
        began, cpu_before, memory, cpu = time.monotonic(), cpu_seconds(process.pid), [], 0.0
        while process.poll() is None:
            memory.append(_resident_megabytes(process.pid))
            cpu = cpu_seconds(process.pid) or cpu
            time.sleep(LOOK_SECONDS)
    if process.returncode:
        raise Problem(f"bulk_bounces ended with code {process.returncode}.")
    return time.monotonic() - began, cpu - cpu_before, memory


def _resident_megabytes(process_id: int) -> float:
    try:
        pages = int(Path(f"/proc/{process_id}/statm").read_text().split()[1])
    except (FileNotFoundError, IndexError):
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def _check(env: Environment, database: str, maildir: Path, counts: dict[str, int]) -> None:
    """It counts only if the ledger says what came back."""
    [[blocked, bounces]] = env.execute(
        "SELECT (SELECT count(*) FROM mailing_address WHERE is_blocked), (SELECT count(*) FROM mailing_bounce"
        " WHERE severity = 'hard')",
        database=database,
    )
    expected = sum(counts[kind] for kind in reports.BLOCKED)
    aside = sum(1 for path in (maildir / ".Aside").rglob("*.bench"))
    if not blocked == bounces == expected:
        raise Problem(f"{expected:,} addresses are dead, {blocked:,} are blocked, by {bounces:,} hard bounces.")
    print(f"    {blocked:,} of {expected:,} dead addresses are blocked, nobody else; {aside:,} mails were put aside")


def _tell(count: int, seconds: float, cpu: float, memory: list[float]) -> None:
    tenth = max(1, len(memory) // 10)
    first, last = max(memory[:tenth]), max(memory[-tenth:])
    an_hour = count / seconds * 3600
    print(
        f"\n{count:,} mails in {seconds:,.0f} s: {an_hour:,.0f} an hour (goal: {GOAL_AN_HOUR:,}), "
        f"{1e6 * cpu / count:,.0f} us of CPU a mail beside the database.\n"
        f"Resident memory: {first:.0f} MB in the first tenth of the time, {last:.0f} MB in the last, "
        f"{max(memory):.0f} MB at most."
    )


if __name__ == "__main__":
    main()
