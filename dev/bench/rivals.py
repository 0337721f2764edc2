"""What our engine is compared with, each in processes of its own, with mails as large as ours, to the same sink."""

import email
import email.policy
from functools import partial

from ..setup.paths import CHECKOUT
from ..setup.venv import node_packages
from .run import Run
from .stage import Stage
from .talk import node_program, python_program

NODEMAILER = CHECKOUT / "dev" / "bench" / "nodemailer"
NODEMAILER_CONNECTIONS = 20


def pipeline(stage: Stage, name: str, mails: int, processes: int, key: str | None = None, **sink) -> Run:
    """The reference: nothing but a table, a template and a socket."""
    settings = {"mails": mails, "processes": processes, "size": stage.sample_bytes, "key": key}
    with stage.env.temporary_database("bench_wire", "base") as database:
        settings |= {"port": stage.sink.port, "dsn": f"dbname={database}"}
        return stage.measure(name, mails, partial(python_program, stage.env, "reference_pipeline", **settings), **sink)


def smtplib(stage: Stage, name: str, mails: int, connections: int, per_connection: int, delay: float = 0) -> Run:
    """Our own mails once more, by Python's own client with so many threads."""
    folder = stage.folder / "samples"
    folder.mkdir(exist_ok=True)
    for number, content in enumerate(stage.samples):
        (folder / f"{number:04}.eml").write_bytes(content)
    settings = {"folder": str(folder), "connections": connections, "per_connection": per_connection}
    work = partial(python_program, stage.env, "wire", port=stage.sink.port, mails=mails, **settings)
    return stage.measure(name, mails, work, delay=delay)


def nodemailer(stage: Stage, name: str, mails: int) -> Run:
    """The usual mailer of node: its pool, one process."""
    folder = node_packages(stage.env.venv, NODEMAILER, "nodemailer")
    html, text = (_template(stage.samples[0], subtype) for subtype in ("html", "plain"))
    settings = {"html": html, "text": text, "connections": NODEMAILER_CONNECTIONS, "key": stage.key}
    work = partial(node_program, stage.env, folder / "send.mjs", port=stage.sink.port, mails=mails, **settings)
    return stage.measure(name, mails, work)


def _template(sample: bytes, subtype: str) -> str:
    """A part of one of our mails, with a mark where its reader's name was."""
    parsed = email.message_from_bytes(sample, policy=email.policy.default)
    name = parsed["To"].partition("@")[0].strip('"< ').removeprefix("reader")
    return parsed.get_body((subtype,)).get_content().replace(f"Name{name}", "{name}")
