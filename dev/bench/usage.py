"""What processes and the machine have used, as the kernel tells it."""

import os
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


def cpu_seconds(process_id: int) -> float:
    """User and system time so far; 0 where the process is not on this machine."""
    try:
        fields = Path(f"/proc/{process_id}/stat").read_text().rsplit(")", 1)[1].split()
    except FileNotFoundError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / TICKS


def processes_of(parent_id: int) -> list[int]:
    """A process and its children."""
    children = Path(f"/proc/{parent_id}/task/{parent_id}/children")
    return [parent_id, *map(int, children.read_text().split())]


def machine_seconds() -> float:
    """Time that all cores were at work, for whomever."""
    user, nice, system, _idle, _wait, hard, soft = map(int, Path("/proc/stat").read_text().split()[1:8])
    return (user + nice + system + hard + soft) / TICKS


def peak_megabytes(process_id: int | str = "self") -> float:
    """The most memory that was resident (VmHWM), since the start or `forget_peak`."""
    for line in Path(f"/proc/{process_id}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    return 0.0


def forget_peak() -> None:
    """Begin the peak anew from what is resident now (proc(5))."""
    Path("/proc/self/clear_refs").write_text("5")
