"""The scenarios by name, and the order in which they are measured: what is compared takes turns."""

import subprocess
from argparse import Namespace
from functools import partial

from . import queue, rivals
from .queue import FAR_CONNECTIONS, FAR_DELAY, FAR_PER_CONNECTION, Field
from .run import Run, Runs
from .stage import Stage
from .waiting import LANES, LARGE, SMALL, behind, waiting

TURNS = (
    ("queue1", "queue2", "pipeline2", "queue2-work", "pipeline2-work"),
    ("queue2rsa", "pipeline2rsa", "nodemailer"),
    ("far", "far-smtplib"),
    ("smtplib",),
)
SCALE = {"scale-1k": 1_000, "scale-10k": 10_000, "scale-100k": 100_000, "scale-1m": 1_000_000}
MILLION = "scale-1m"
NAMES = ("classic", *(name for turn in TURNS for name in turn), "departure", "behind", *LANES, *SCALE)
CLASSIC_MAILS, NODEMAILER_MAILS, FAR_MAILS = 600, 1000, 4000
DEPARTURE_MAILS = 100_000
SCALE_RATE = 6_000_000  # a minute: holds nobody back, and each claim keeps it all the same
SINK_LOAD = 0.18  # ms of CPU: with its own 0.03, what Postfix's smtp-sink uses for such a mail (0.21 to 0.23 measured)
NEW_KEY = """
from cryptography.hazmat.primitives import serialization as s
from cryptography.hazmat.primitives.asymmetric import rsa
key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
print(key.private_bytes(s.Encoding.PEM, s.PrivateFormat.PKCS8, s.NoEncryption()).decode())
"""


def new_key(env) -> str:
    """A private key, PEM."""
    return subprocess.run([env.python, "-c", NEW_KEY], capture_output=True, text=True, check=True).stdout


def measure(stage: Stage, options: Namespace, runs: Runs) -> dict[str, float]:
    """Measure the chosen scenarios; returns how long form and list took to open with a million traces, by view."""
    chosen = set(options.scenarios)
    if "classic" in chosen:
        runs.add(queue.classic(stage, "classic", CLASSIC_MAILS))
    if chosen & {name for turn in TURNS for name in turn}:
        with Field(stage, max(options.mails, FAR_MAILS), processes=2) as field:
            queue.samples(field)
            for turn in TURNS:
                _take_turns(field, [name for name in turn if name in chosen], options, runs)
    if "departure" in chosen:
        with Field(stage, DEPARTURE_MAILS, processes=3) as field:
            runs.add(queue.departing(field, "departure", DEPARTURE_MAILS))
    _waiting(stage, [name for name in ("behind", *LANES) if name in chosen], runs)
    return _scale(stage, [name for name in SCALE if name in chosen], options.rounds, runs)


def _take_turns(field: Field, names: list[str], options: Namespace, runs: Runs) -> None:
    scenarios = _scenarios(field, options.mails)
    for _round in range(options.rounds):
        for name in names:
            runs.add(scenarios[name](name))


def _scenarios(field: Field, mails: int) -> dict:
    stage = field.stage
    far = {"connections": FAR_CONNECTIONS, "per_connection": FAR_PER_CONNECTION, "delay": FAR_DELAY}
    return {
        "queue1": lambda name: queue.sending(field, name, mails, 1),
        "queue2": lambda name: queue.sending(field, name, mails, 2),
        "pipeline2": lambda name: rivals.pipeline(stage, name, mails, 2),
        "queue2-work": lambda name: queue.sending(field, name, mails, 2, load=SINK_LOAD / 1000),
        "pipeline2-work": lambda name: rivals.pipeline(stage, name, mails, 2, load=SINK_LOAD / 1000),
        "queue2rsa": partial(_signed, field, mails=mails),
        "pipeline2rsa": lambda name: rivals.pipeline(stage, name, mails, 2, stage.key),
        "nodemailer": lambda name: rivals.nodemailer(stage, name, NODEMAILER_MAILS),
        "far": lambda name: queue.far(field, name, FAR_MAILS),
        "far-smtplib": lambda name: rivals.smtplib(stage, name, FAR_MAILS // 2, **far),
        "smtplib": lambda name: rivals.smtplib(stage, name, mails, 1, 100),
    }


def _signed(field: Field, name: str, mails: int) -> Run:
    field.sign(field.stage.key)
    run = queue.sending(field, name, mails, 2)
    field.sign(None)
    return run


def _waiting(stage: Stage, names: list[str], runs: Runs) -> None:
    for name in names:
        with Field(stage, LARGE + SMALL, processes=1) as field:
            runs.add(waiting(field, name) if name in LANES else behind(field, name))


def _scale(stage: Stage, names: list[str], rounds: int, runs: Runs) -> dict[str, float]:
    """The same with more and more recipients, in one database that is large from the beginning."""
    if not names:
        return {}
    with Field(stage, max(SCALE[name] for name in names), processes=2) as field:
        for name in names:
            for _round in range(rounds if SCALE[name] < DEPARTURE_MAILS else 1):
                runs.add(queue.sending(field, name, SCALE[name], 2, rate=SCALE_RATE))
        opened = field.first.ask(part="opening")
        return {view: opened[view] for view in ("form", "list")} if MILLION in names else {}
