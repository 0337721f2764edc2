"""Mailings that wait: for a limit, which has to cost nearly nothing, or behind a large one, which has to be short."""

import time

from ..setup.say import Problem
from .queue import PER_CONNECTION, Field
from .run import Run
from .sender import Sender

LARGE, SMALL = 100_000, 100
RATE_PER_MINUTE = 100
SECONDS = 60  # three slices of each lane
SETTLING_SECONDS = 10  # the first grant has gone
LANES = {"waiting2": 2, "waiting4": 4}


def waiting(field: Field, name: str) -> Run:
    """So many lanes of a sender process beside a mailing of which 100 a minute may go."""
    field.first.ask(part="connections", threads=LANES[name], per_connection=PER_CONNECTION)
    large = _depart(field, rate_per_minute=RATE_PER_MINUTE)

    def work():
        with Sender(field, LANES[name]) as sender:
            time.sleep(SETTLING_SECONDS)
            sender.begin()
            time.sleep(SECONDS)
            told = sender.told()
        return told | {"mails": _sent(field, large)}

    return field.stage.measure(name, LARGE, work)


def behind(field: Field, name: str) -> Run:
    """Two lanes of a sender process are at work on a large mailing when somebody clicks for a small one."""
    field.first.ask(part="connections", threads=4, per_connection=PER_CONNECTION)
    small = field.draft(SMALL, after=LARGE)
    large = _depart(field)

    def work():
        with Sender(field, 2) as sender:
            sender.begin()
            time.sleep(SETTLING_SECONDS)
            small_seconds = _seconds_of(field, small)
            if _sent(field, large) == LARGE:
                raise Problem("The large mailing was over before the small one. That is no measurement.")
            field.first.ask(part="end", mailing_id=large)
            return sender.told() | {"small_seconds": small_seconds}

    return field.stage.measure(name, LARGE + SMALL, work)


def _depart(field, **options):
    """A large mailing of which all wait."""
    mailing_id = field.draft(LARGE, **options)
    field.first.ask(part="enqueue", mailing_id=mailing_id)
    return mailing_id


def _seconds_of(field, mailing_id):
    """From the click to the end."""
    clicked_at = time.monotonic()
    field.first.ask(part="enqueue", mailing_id=mailing_id)
    field.first.ask(part="end", mailing_id=mailing_id)
    return time.monotonic() - clicked_at


def _sent(field, mailing_id):
    return field.first.ask(part="sent", mailing_id=mailing_id)["count"]
