"""`make demo`: a demo company, a real mailing to 5,000 messy contacts, and the result to look at.

`make demo STAY=0` ends after the summary. Ends with an error when what both ends counted does not agree.
"""

import os
import signal
import sys
import time
from pathlib import Path

from ..catcher import process as catcher_process
from ..catcher.process import Catcher
from ..setup import environment
from ..setup.paths import cache_folder, checkout_key
from ..setup.say import Problem, note, problems_told, step
from . import data, four_steps, proof
from .contacts import LIST_NAME, ContactList, contact_list
from .rpc import Session
from .server import odoo_server, port_or_free

ODOO_PORT, SMTP_PORT, WEB_PORT = 8069, 2525, 8025
PATIENCE_SECONDS = 600  # without one more mail, before we call it stuck
LOGINS = (("admin", "admin", "administrator"), ("requester", "requester", "may ask"), ("sender", "sender", "may send"))


def main() -> int:
    """The whole run; the exit code."""
    stays = os.environ.get("STAY", "1") != "0"
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    folder = cache_folder() / f"demo-{checkout_key()}"
    ports = [f"--smtp-port={port_or_free(SMTP_PORT)}", f"--web-port={port_or_free(WEB_PORT)}"]
    with problems_told(), environment.prepared() as env, catcher_process.running(*ports, folder=folder) as catcher:
        database = f"demo_{checkout_key()[:4]}"
        port = port_or_free(ODOO_PORT)
        contacts = contact_list()
        _make_database(env, database, contacts, folder, port, catcher, "web" if stays else "addon")
        log = folder / "odoo.log"
        with odoo_server(env, database, port, log):
            told = _send_and_prove(f"http://127.0.0.1:{port}", database, contacts, catcher)
            if stays:
                _stay(f"http://localhost:{port}", catcher, log)
    return 1 if told else 0


def _make_database(env, database: str, contacts: ContactList, folder: Path, port: int, catcher: Catcher, template: str):
    env.database_copy(database, template)
    with step(f"Demo database: firms, leads, users, and an import of {len(contacts.rows):,} contacts"):
        data.fill(env, database, contacts, folder, f"http://localhost:{port}", catcher.smtp_port)


def _send_and_prove(url: str, database: str, contacts: ContactList, catcher: Catcher) -> list[str]:
    """Send, wait, print; what does not add up."""
    person = Session(url).login(database, "sender", "sender")
    mailing_id = four_steps.make_mailing(person)
    note(f"The mailing to '{LIST_NAME}' goes through the four steps")
    asked_at = time.time()
    four_steps.send(person, mailing_id)
    _wait(person, mailing_id, catcher)
    counts = proof.count(person, mailing_id, catcher.counters())
    told = proof.disagreements(counts, contacts)
    print(f"\n{proof.summary(counts, asked_at)}")
    print(
        "\n".join(f"  WRONG: {line}" for line in told) or "  Everybody is accounted for, and nobody got two.",
        flush=True,
    )
    return told


def _wait(person: Session, mailing_id: int, catcher: Catcher) -> None:
    """Until the mailing is done, saying how far it is; a mailing that stands still is told with its reason."""
    before, moved_at = -1, time.monotonic()
    while True:
        mailing = person.read("mailing.mailing", mailing_id, "state", "flight_state", "flight_reason")
        mails = catcher.counters()["mails"]
        if mailing["state"] == "done":
            return
        if mailing["flight_state"] in ("paused", "stopped"):
            raise Problem(f"The mailing is {mailing['flight_state']}: {mailing['flight_reason']}")
        if mails != before:
            before, moved_at = mails, time.monotonic()
            print(f"    {mailing['state'].replace('_', ' ')}, {mails:,} caught", flush=True)
        if time.monotonic() - moved_at > PATIENCE_SECONDS:
            raise Problem(f"Nothing has moved for {PATIENCE_SECONDS} s; the mailing is '{mailing['state']}'.")
        time.sleep(1)


def _stay(url: str, catcher: Catcher, log: Path) -> None:
    """Leave all running until Ctrl-C."""
    print(f"\nOdoo          {url}/odoo/email-marketing")
    for login, password, may in LOGINS:
        print(f"  log in      {login} / {password}   ({may})")
    print(f"Caught mail   {catcher.page}")
    print(f"Odoo's log    {log}\nCtrl-C stops everything.", flush=True)
    try:
        signal.pause()
    except KeyboardInterrupt:
        print("\nStopping.", flush=True)


if __name__ == "__main__":
    sys.exit(main())
