"""Our engine: readers in a database of its own, and Odoo processes that enqueue and send."""

import time
from contextlib import ExitStack
from dataclasses import replace

from . import newsletter
from .run import Run
from .stage import SAMPLES, Stage
from .talk import OdooProcess
from .usage import machine_seconds

GREETING = "<t t-out=\"object.name or 'friend'\">friend</t>"
PER_CONNECTION = 1000
FAR_CONNECTIONS, FAR_PER_CONNECTION, FAR_DELAY = 20, 100, 0.05


class Field:
    """A database with so many readers and so many processes, for the block that holds it."""

    def __init__(self, stage: Stage, mails: int, processes: int, engine: str = "queue"):
        self.stage, self.mails, self.count, self.engine = stage, mails, processes, engine
        self._stack = ExitStack()

    def __enter__(self):
        database = self._stack.enter_context(self.stage.env.temporary_database(f"bench_{self.engine}"))
        folder = self.stage.folder
        self.processes = [
            self._stack.enter_context(OdooProcess(self.stage.env, database, folder, number))
            for number in range(self.count)
        ]
        html = newsletter.html(GREETING)
        self.first.ask(part="prepare", engine=self.engine, mails=self.mails, html=html, port=self.stage.sink.port)
        self.database = database
        return self

    def __exit__(self, *error):
        self._stack.__exit__(*error)

    @property
    def first(self) -> OdooProcess:
        """The process that prepares and enqueues."""
        return self.processes[0]

    def draft(self, mails: int, **options) -> int:
        """A mailing to so many of the readers, and a database at rest."""
        mailing_id = self.first.ask(part="mailing", mails=mails, **options)["mailing_id"]
        self.stage.env.execute("VACUUM ANALYZE mailing_trace, mailing_queue", database=self.database)
        return mailing_id

    def stored(self) -> int:
        """Bytes of ledger and work table."""
        return self.first.ask(part="stored")["bytes"]

    def sign(self, key: str | None) -> None:
        """Sign with the key, or not."""
        self.first.ask(part="sign", private_key=key)


def samples(field: Field) -> None:
    """A few mails that warm the processes up, and that the others send again."""
    sending(field, "samples", SAMPLES, field.count, keep=SAMPLES)


def sending(
    field: Field, name: str, mails: int, lanes: int, threads: int = 0, per_connection=PER_CONNECTION, rate=0, **sink
) -> Run:
    """Enqueued by the first process, then sent by lane processes, at so many a minute at the most (0: any number)."""
    mailing_id = field.draft(mails, rate_per_minute=rate)
    field.first.ask(part="connections", threads=threads or 2 * lanes, per_connection=per_connection)
    stored = [field.stored()]

    def work():
        enqueued = field.first.ask(part="enqueue", mailing_id=mailing_id)
        stored.append(field.stored())
        began, machine = time.monotonic(), machine_seconds()
        told = _lanes(field, mailing_id, lanes)
        took = {"seconds": time.monotonic() - began, "machine": machine_seconds() - machine}
        took |= {"enqueue_seconds": enqueued["seconds"]}
        return took | {"lanes": told, "parties": [enqueued, *told]}

    run = field.stage.measure(name, mails, work, **sink)
    before, waiting, after = *stored, field.stored()
    return replace(run, stored=((waiting - before) / mails, (after - before) / mails))


def departing(field: Field, name: str, mails: int) -> Run:
    """As people meet it: the lanes are up, somebody clicks, one process enqueues while the others send."""
    mailing_id = field.draft(mails)
    field.first.ask(part="connections", threads=2 * (field.count - 1), per_connection=PER_CONNECTION)
    office, *senders = field.processes

    def work():
        clicked_at = time.monotonic()
        office.tell(part="enqueue", mailing_id=mailing_id)
        for number, process in enumerate(senders):
            process.tell(part="lane", mailing_id=mailing_id, number=number, lanes=len(senders))
        enqueued = office.hear()
        told = [process.hear() for process in senders]
        return {
            "clicked_at": clicked_at,
            "seconds": time.monotonic() - clicked_at - enqueued["seconds"],
            "enqueue_seconds": enqueued["seconds"],
            "parties": [enqueued, *told],
        }

    return field.stage.measure(name, mails, work)


def far(field: Field, name: str, mails: int) -> Run:
    """One lane with many connections to a server that is far away."""
    return sending(field, name, mails, 1, FAR_CONNECTIONS, FAR_PER_CONNECTION, delay=FAR_DELAY)


def classic(stage: Stage, name: str, mails: int) -> Run:
    """Odoo's own engine."""
    with Field(stage, mails, 1, engine="classic") as field:
        mailing_id = field.draft(mails)
        return stage.measure(name, mails, lambda: field.first.ask(part="classic", mailing_id=mailing_id))


def _lanes(field: Field, mailing_id: int, lanes: int) -> list[dict]:
    at_work = field.processes[:lanes]
    for number, process in enumerate(at_work):
        process.tell(part="lane", mailing_id=mailing_id, number=number, lanes=lanes)
    return [process.hear() for process in at_work]
