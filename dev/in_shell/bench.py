"""Run in Odoo's shell: the parts of a benchmark. Each line of JSON on a pipe names a part; a line answers it.

The numbers of the two pipes come in BENCH. The process stays between the parts, so its start is not measured.
"""

import json
import logging
import os
import time

from lxml import etree

from odoo import sql_db

from odoo.addons.bulk_mailing.dev.bench.usage import cpu_seconds, forget_peak, peak_megabytes

logging.getLogger("odoo").setLevel(logging.ERROR)
PATIENCE_SECONDS = 60
LONGEST_SECONDS = 600

# ------------------------------------------------------------
# What is sent
# ------------------------------------------------------------


def prepare(engine, mails, html, port):
    """So many people, the sink as the only outgoing server, and no time to change one's mind."""
    env["ir.mail_server"].search([]).active = False
    env["ir.mail_server"].create({"name": "Sink", "smtp_host": "127.0.0.1", "smtp_port": port})
    env["ir.config_parameter"].set_param("bulk_mailing.enforce_terms_and_checks", "0")
    env.company.bulk_undo_seconds = 0
    env.cr.execute(
        """INSERT INTO mailing_contact (name, email, email_normalized, create_date, write_date)
           SELECT 'Name' || n, 'reader' || n || '@example.org', 'reader' || n || '@example.org', now(), now()
           FROM generate_series(1, %s) n""",
        [mails],
    )
    settings.update(engine=engine, html=html)


def mailing(mails, after=0, rate_per_minute=0):
    """A mailing to so many people, after so many others, as a draft."""
    readers = env["mailing.list"].create({"name": f"{mails} readers", "usable_for_mailing": True})
    env.cr.execute(
        """INSERT INTO mailing_subscription (contact_id, list_id, opt_out, create_date, write_date)
           SELECT id, %s, FALSE, now(), now() FROM mailing_contact WHERE email LIKE 'reader%%'
           ORDER BY id OFFSET %s LIMIT %s""",
        [readers.id, after, mails],
    )
    env.cr.execute("ANALYZE mailing_contact, mailing_subscription")
    made = env["mailing.mailing"].create(
        {
            "subject": "Hello {{ object.name }}, our news",
            "body_arch": settings["html"],
            "body_html": settings["html"],
            "email_from": "News <news@example.com>",
            "reply_to_mode": "new",
            "reply_to": "news@example.com",
            "mailing_model_id": env["ir.model"]._get_id("mailing.list"),
            "contact_list_ids": [(6, 0, readers.ids)],
            "send_engine": settings["engine"],
            "rate_per_minute": rate_per_minute,
        }
    )
    return {"mailing_id": made.id}


def connections(threads, per_connection):
    """How many connections at a time, and how many mails each carries."""
    env.company.write({"bulk_smtp_threads": threads, "bulk_max_per_connection": threads * per_connection})


def sign(private_key):
    """Sign for the sender's domain with this key (PEM), or with none."""
    env["mailing.dkim.key"].with_context(active_test=False).search([]).unlink()
    if private_key:
        env["mailing.dkim.key"].create(
            {"domain": "example.com", "selector": "bench", "algorithm": "rsa", "private_key": private_key}
        )


# ------------------------------------------------------------
# What is measured
# ------------------------------------------------------------


def enqueue(mailing_id):
    """From the click to the queue: what the mailing's cron does, again and again."""
    sent = env["mailing.mailing"].browse(mailing_id)
    sent.action_put_in_queue()
    while sent.state == "in_queue" or sent.is_enqueuing:
        env["mailing.mailing"]._process_mass_mailing_queue()
        env.cr.commit()
        env.invalidate_all()
        if sent.flight_state == "paused":
            raise SystemExit(f"It cannot depart: {sent.flight_reason}")


def classic(mailing_id):
    """Compose, then drain Odoo's own queue in a tight loop; its cron would come once an hour."""
    enqueue(mailing_id)
    env.cr.commit()
    while env["mail.mail"].search_count([("state", "=", "outgoing")]):
        env["mail.mail"].process_email_queue()
        env.cr.commit()
        env.invalidate_all()


def lane(mailing_id, number, lanes):
    """Work as one of so many lanes until the mailing is done."""
    sent = env["mailing.mailing"].browse(mailing_id)
    moved_at = time.monotonic()
    while sent.state != "done":
        if env["mailing.queue"]._run_lane(number=number, lanes=lanes):
            moved_at = time.monotonic()
        elif time.monotonic() - moved_at > PATIENCE_SECONDS:
            raise SystemExit(f"Nothing moves: {sent.state}, {sent.flight_state}, {sent.flight_reason}")
        else:
            time.sleep(0.02)  # nothing is enqueued yet, or another lane holds the last claims
        env.cr.commit()
        env.invalidate_all()


def end(mailing_id):
    """Wait until others have sent it, and it is done."""
    sent, began = env["mailing.mailing"].browse(mailing_id), time.monotonic()
    while sent.state != "done":
        if time.monotonic() - began > LONGEST_SECONDS:
            raise SystemExit(f"It does not end: {sent.state}, {sent.flight_state}, {sent.flight_reason}")
        time.sleep(0.05)
        env.cr.commit()
        env.invalidate_all()


def sent(mailing_id):
    """How many have got it."""
    return {
        "count": env["mailing.trace"].search_count(
            [("mass_mailing_id", "=", mailing_id), ("delivery_state", "=", "sent")]
        )
    }


def opening():
    """Seconds that the server needs for what the mailing's form and list show, the slowest of three."""
    last = env["mailing.mailing"].search([], order="id desc", limit=1)
    views = env["mailing.mailing"].get_views([(False, "form"), (False, "list")])["views"]
    form, columns = (shown_in(views[kind]["arch"]) for kind in ("form", "list"))
    return {
        "form": slowest(lambda: last.web_read(form)),
        "list": slowest(lambda: last.web_search_read([], columns, limit=80)),
    }


def shown_in(arch):
    """The fields of a view as the web client asks for them."""
    names = {field.get("name") for field in etree.fromstring(arch).iter("field")}
    known = {name: env["mailing.mailing"]._fields[name] for name in names & set(env["mailing.mailing"]._fields)}
    some = {"fields": {"display_name": {}}, "limit": 40}
    return {name: some if field.relational else {} for name, field in known.items()}


def slowest(work):
    """Seconds of the slowest of three runs, each from nothing."""
    seconds = []
    for _run in range(3):
        env.invalidate_all()
        began = time.monotonic()
        work()
        seconds.append(time.monotonic() - began)
    return max(seconds)


def stored():
    """Bytes of the ledger and the work table in the database, with their indexes."""
    env.cr.execute("SELECT pg_total_relation_size('mailing_trace') + pg_total_relation_size('mailing_queue')")
    return {"bytes": env.cr.fetchone()[0]}


# ------------------------------------------------------------
# The process
# ------------------------------------------------------------


def measured(work):
    """Run the work; seconds, statements, CPU of this process and of its database connection, peak memory."""
    forget_peak()
    backend = env.cr._cnx.get_backend_pid()
    before, statements = (time.monotonic(), time.process_time(), cpu_seconds(backend)), sql_db.sql_counter
    told = work() or {}
    env.cr.commit()
    after = (time.monotonic(), time.process_time(), cpu_seconds(backend))
    seconds, cpu, backend_cpu = (now - then for now, then in zip(after, before, strict=True))
    return told | {
        "seconds": seconds,
        "cpu": cpu,
        "backend_cpu": backend_cpu,
        "statements": sql_db.sql_counter - statements,
        "peak": peak_megabytes(),
    }


def answer(part, **arguments):
    """Do a part as if the process were new: what others committed is known."""
    env.cr.commit()
    env.registry.check_signaling()
    env.invalidate_all()
    work = PARTS[part]
    told = measured(lambda: work(**arguments))
    env.registry.signal_changes()
    return told


WORK = (prepare, mailing, connections, sign, enqueue, classic, lane, end, sent, opening, stored)
PARTS = {part.__name__: part for part in WORK}
settings = {}
numbers = map(int, os.environ["BENCH"].split(","))
questions, answers = os.fdopen(next(numbers)), os.fdopen(next(numbers), "w")
answers.write("{}\n")
answers.flush()
for line in questions:
    answers.write(json.dumps(answer(**json.loads(line))) + "\n")
    answers.flush()
