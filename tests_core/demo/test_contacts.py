"""The demo's contact list is the measure of a delivery, so its own counts must be right."""

import csv
import io
import random

from dev.catcher.store import identity
from dev.demo import contacts, people

RESERVED = ("example.org", "example.com", "example.net", ".test", ".example")


def mailboxes(rows):
    """The mailboxes that a person would see in the rows, one spelling each."""
    for row in rows:
        address = row[2].partition(";")[0].strip().rpartition("<")[2].rstrip(">")
        is_one = address.count("@") == 1 and not address.startswith("@") and not address.endswith("@")
        if is_one and " " not in address:
            yield identity(address)


def test_same_every_time():
    """Two runs make the same file; another seed makes another."""
    made = contacts.to_csv(contacts.contact_list())
    assert made == contacts.to_csv(contacts.contact_list())
    assert made != contacts.to_csv(contacts.contact_list(seed=20))


def test_counts_add_up():
    """5,000 rows; whoever is not excluded is one mailbox of its own."""
    made = contacts.contact_list()
    assert len(made.rows) == contacts.TOTAL
    left_out = len(made.blacklisted) + len(made.opted_out)
    found = list(mailboxes(made.rows))
    assert len(set(found)) - left_out == made.expected_mails
    assert len(found) - len(set(found)) == made.doubles
    assert all(count > 20 for count in made.expected_exclusions.values())


def test_nobody_real_is_mailed():
    """Every mailbox is under a name that nobody can own."""
    for mailbox in mailboxes(contacts.contact_list().rows):
        assert mailbox.endswith(RESERVED), mailbox


def test_csv_keeps_the_mess():
    """Line breaks, quotes and emoji in names come back out of the file."""
    made = contacts.contact_list()
    read = list(csv.reader(io.StringIO(contacts.to_csv(made).decode(), newline="")))
    assert tuple(read[0]) == contacts.COLUMNS
    assert [tuple(row) for row in read[1:]] == made.rows
    names = {row[0] for row in made.rows}
    assert set(people.ODD_NAMES) <= names


def test_local_part():
    """Any name gives a local part that needs no quoting."""
    chance = random.Random(1)
    for name in [*people.ODD_NAMES, *(people.name(chance) for _ in range(500))]:
        assert set(people.local_part(name)) <= set("abcdefghijklmnopqrstuvwxyz.")
