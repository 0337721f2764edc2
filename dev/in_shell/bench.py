"""Run in Odoo's shell: one part of a benchmark. Settings come as JSON in BENCH; the answer is a file they name."""

import json
import logging
import os
import time
from pathlib import Path

from odoo import sql_db

settings = json.loads(os.environ["BENCH"])
logging.getLogger("odoo").setLevel(logging.ERROR)


def prepare():
    """A list of people, the sink as the only outgoing server, and one mailing an engine."""
    env["ir.mail_server"].search([]).active = False
    env["ir.mail_server"].create({"name": "Sink", "smtp_host": "127.0.0.1", "smtp_port": settings["smtp_port"]})
    env["ir.config_parameter"].set_param("bulk_mailing.enforce_terms_and_checks", "0")
    env.cr.commit()
    return {"mailing_id": make_mailing(make_list(settings["mails"])).id}


def make_list(mails):
    """A list with so many people, each with an address of its own."""
    mailing_list = env["mailing.list"].create({"name": "Readers"})
    for start in range(0, mails, 2000):
        numbers = range(start, min(start + 2000, mails))
        people = [
            {"name": f"Name{number}", "email": f"reader{number}@example.org", "list_ids": [(4, mailing_list.id)]}
            for number in numbers
        ]
        env["mailing.contact"].with_context(tracking_disable=True).create(people)
    return mailing_list


def make_mailing(mailing_list):
    """The mailing, in the queue's first state."""
    return env["mailing.mailing"].create(
        {
            "subject": "Hello {{ object.name }}, our news",
            "body_arch": settings["html"],
            "body_html": settings["html"],
            "email_from": "News <news@example.com>",
            "reply_to_mode": "new",
            "reply_to": "news@example.com",
            "mailing_model_id": env["ir.model"]._get_id("mailing.list"),
            "contact_list_ids": [(6, 0, mailing_list.ids)],
            "send_engine": settings["engine"],
        }
    )


def measured(work):
    """Run the work; seconds, statements, memory before and at its peak."""
    env.cr.commit()
    before, statements, began = memory("VmRSS"), sql_db.sql_counter, time.monotonic()
    told = work() or {}
    env.cr.commit()
    return told | {
        "seconds": time.monotonic() - began,
        "statements": sql_db.sql_counter - statements,
        "memory_before": before,
        "peak": memory("VmHWM"),
    }


def memory(name):
    """Megabytes of this process."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1]) / 1024


def enqueue():
    """From the click to the queue: what the mailing's cron does."""
    env["mailing.mailing"].browse(settings["mailing_id"]).action_put_in_queue()
    env["mailing.mailing"]._process_mass_mailing_queue()


def classic():
    """Compose, then drain Odoo's own queue in a tight loop; its cron would come once an hour."""
    began = time.monotonic()
    enqueue()
    env.cr.commit()
    composed = time.monotonic() - began
    while env["mail.mail"].search_count([("state", "=", "outgoing")]):
        env["mail.mail"].process_email_queue()
        env.cr.commit()
        env.invalidate_all()
    return {"compose_seconds": composed}


def queue():
    """Enqueue, and drain in this process."""
    began = time.monotonic()
    enqueue()
    env.cr.commit()
    enqueued = time.monotonic() - began
    lane()
    return {"compose_seconds": enqueued}


def lane():
    """Work until nothing is due."""
    while env["mailing.queue"].search_count([]):
        if not env["mailing.queue"]._run_lane():
            time.sleep(0.02)  # another lane holds the last claims
        env.cr.commit()
        env.invalidate_all()


def lane_on_signal():
    """A lane process that is up and waits for the start, so that loading Odoo is not measured."""
    Path(settings["ready"]).touch()
    while not Path(settings["go"]).exists():
        time.sleep(0.002)
    return measured(lane)


PARTS = {
    "prepare": prepare,
    "enqueue": lambda: measured(enqueue),
    "classic": lambda: measured(classic),
    "queue": lambda: measured(queue),
    "lane": lane_on_signal,
}
answer = PARTS[settings["part"]]()
env.cr.commit()
Path(settings["answer"]).write_text(json.dumps(answer))
