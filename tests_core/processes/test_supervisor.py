"""A parent and its children, as real processes: stopped, killed, orphaned."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = """
import os, sys, time
from adapters.processes import Supervisor

def work(number, stop):
    print(f"start {os.getpid()}\\n", end="", flush=True)
    if sys.argv[1] == "deaf":
        time.sleep(1000)
    while not stop.is_set():
        stop.wait(1000)
    print(f"end {os.getpid()}\\n", end="", flush=True)

sys.exit(0 if Supervisor(2, work).run(lambda: None, 1000) else 9)
"""


@pytest.fixture
def start():
    started = []

    def start_program(kind="polite"):
        command = [sys.executable, "-c", PROGRAM, kind]
        root = Path(__file__).resolve().parents[2]
        started.append(subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True))
        return started[-1]

    yield start_program
    for process in started:
        process.kill()
        process.stdout.close()
        process.wait()


def read(process, word, count=2):
    """The process numbers of the next lines, which all begin with this word."""
    lines = [process.stdout.readline().split() for _line in range(count)]
    assert [line[0] for line in lines] == [word] * count
    return {int(line[1]) for line in lines}


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_clean_stop(start, number):
    """A signal ends the children's wait, and then the parent, with 0."""
    process = start()
    children = read(process, "start")
    process.send_signal(number)
    assert read(process, "end") == children
    assert process.wait(10) == 0


def test_crash(start):
    """A child that was killed has a successor; the other child stays."""
    process = start()
    children = read(process, "start")
    os.kill(children.pop(), signal.SIGKILL)
    children |= read(process, "start", 1)
    process.send_signal(signal.SIGTERM)
    assert read(process, "end") == children


def test_parent_killed(start):
    """Children end by themselves when their parent is gone without a word."""
    process = start()
    children = read(process, "start")
    process.kill()
    assert read(process, "end") == children


def test_second_signal(start):
    """Who says it twice does not want to wait for a child that hangs."""
    process = start("deaf")
    children = read(process, "start")
    for child in children:  # they note it, and do not care
        os.kill(child, signal.SIGTERM)
    process.send_signal(signal.SIGTERM)
    process.send_signal(signal.SIGINT)
    assert process.wait(10) == 9
    assert not any(Path(f"/proc/{child}").exists() for child in children)
