"""A contact list as companies have them: 5,000 rows with every mess in it, the same at each run.

All addresses are under names that RFC 2606 and RFC 6761 keep out of use (.test, .example, example.org).
"""

import csv
import io
import random
from dataclasses import dataclass, field

from . import people

COLUMNS = ("Name", "Company Name", "Email", "Country", "Mailing Lists")
FIELDS = ("name", "company_name", "email", "country_id", "list_ids")
LIST_NAME = "Autumn customers"
SEED = 19
TOTAL = 5000
MISSING = 60
MALFORMED = 75
BLACKLISTED = 45
OPTED_OUT = 65
# what a mailing calls the reason (failure_type of its traces)
REASON_MISSING, REASON_MALFORMED, REASON_DOUBLE = "mail_email_missing", "mail_email_invalid", "mail_dup"
REASON_BLACKLISTED, REASON_OPTED_OUT = "mail_bl", "mail_optout"

NOTHING = ("", "", " ", "   ")
NO_ADDRESSES = (
    "n/a",
    "geen e-mail",
    "unknown",
    "{local}",
    "{local}@",
    "@shop.test",
    "{local} at shop dot test",
    "{local}(at)shop.test",
    "@",
    "+31 20 555 0199",
)
DOMAINS = ("example.org", "example.com", "example.net", "shop.test", "garden.example", "post.test", "mail.example")
# the same domain as people write it and as the wire carries it (RFC 5891)
INTERNATIONAL_DOMAINS = (
    ("müller.test", "xn--mller-kva.test"),
    ("bücher.example", "xn--bcher-kva.example"),
    ("пример.test", "xn--e1afmkfd.test"),
    ("例え.test", "xn--r8jz45g.test"),
)
SPELLINGS = (
    lambda name, address: address.upper(),
    lambda name, address: address.title(),
    lambda name, address: f"  {address} ",
    lambda name, address: f"\t{address}",
    lambda name, address: f"{people.plain(name)} <{address}>",
    lambda name, address: f'"{people.plain(name)}" <{address.capitalize()}>',
)


@dataclass
class ContactList:
    """The rows, in the order of COLUMNS, and what a mailing to them has to come to."""

    rows: list[tuple[str, ...]] = field(default_factory=list)
    blacklisted: list[str] = field(default_factory=list)
    opted_out: list[str] = field(default_factory=list)
    doubles: int = 0

    @property
    def expected_exclusions(self) -> dict[str, int]:
        """How many recipients a mailing to the list leaves out, by reason."""
        return {
            REASON_BLACKLISTED: len(self.blacklisted),
            REASON_MISSING: MISSING,
            REASON_MALFORMED: MALFORMED,
            REASON_OPTED_OUT: len(self.opted_out),
            REASON_DOUBLE: self.doubles,
        }

    @property
    def expected_mails(self) -> int:
        """How many people get it."""
        return len(self.rows) - sum(self.expected_exclusions.values())


def contact_list(total: int = TOTAL, seed: int = SEED) -> ContactList:
    """Make the list: mostly ordinary people, shuffled together with all that goes wrong."""
    chance = random.Random(seed)
    made = ContactList()
    good = [_row(chance, name, _address(chance, name, number)) for number, name in enumerate(_names(chance, total))]
    messy = _missing(chance) + _malformed(chance) + _international(chance, made) + _two_in_one(chance)
    kept = good[: total - len(messy) - total // 28]
    made.blacklisted = [row[2] for row in kept[:BLACKLISTED]]
    made.opted_out = [row[2] for row in kept[BLACKLISTED : BLACKLISTED + OPTED_OUT]]
    doubles = [_double(chance, row) for row in chance.sample(kept[BLACKLISTED + OPTED_OUT :], total // 28)]
    made.doubles += len(doubles)
    made.rows = kept + messy + doubles
    chance.shuffle(made.rows)
    return made


def to_csv(contacts: ContactList) -> bytes:
    """The rows as a file that Odoo's import reads: UTF-8, commas, a header line."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows(contacts.rows)
    return text.getvalue().encode()


def _names(chance: random.Random, total: int) -> list[str]:
    names = [people.name(chance) for _ in range(total)]
    names[200 : 200 + len(people.ODD_NAMES)] = people.ODD_NAMES
    return names


def _row(chance: random.Random, name: str, address: str) -> tuple[str, ...]:
    return (name, people.company(chance), address, chance.choice(people.COUNTRIES), LIST_NAME)


def _address(chance: random.Random, name: str, number: int) -> str:
    return f"{people.local_part(name)}.{number}@{chance.choice(DOMAINS)}"


def _missing(chance: random.Random) -> list[tuple[str, ...]]:
    return [_row(chance, people.name(chance), chance.choice(NOTHING)) for _ in range(MISSING)]


def _malformed(chance: random.Random) -> list[tuple[str, ...]]:
    names = [people.name(chance) for _ in range(MALFORMED)]
    return [_row(chance, name, chance.choice(NO_ADDRESSES).format(local=people.local_part(name))) for name in names]


def _international(chance: random.Random, made: ContactList) -> list[tuple[str, ...]]:
    """People at international domains; every second one is in the list twice, once in each spelling."""
    rows = []
    for number in range(24):
        unicode_domain, ascii_domain = INTERNATIONAL_DOMAINS[number % len(INTERNATIONAL_DOMAINS)]
        name = people.name(chance)
        rows.append(_row(chance, name, f"{people.local_part(name)}.i{number}@{unicode_domain}"))
        if number % 8 < 4:
            rows.append(_row(chance, name, f"{people.local_part(name)}.i{number}@{ascii_domain}"))
            made.doubles += 1
    return rows


def _two_in_one(chance: random.Random) -> list[tuple[str, ...]]:
    """Two addresses in one field: Odoo mails the first."""
    rows = []
    for number in range(12):
        name = people.name(chance)
        local = f"{people.local_part(name)}.t{number}"
        rows.append(_row(chance, name, f"{local}@shop.test; {local}.2@shop.test"))
    return rows


def _double(chance: random.Random, row: tuple[str, ...]) -> tuple[str, ...]:
    """The same mailbox again, as another colleague typed it."""
    name, _company, address, country, list_name = row
    return (name, people.company(chance), chance.choice(SPELLINGS)(name, address), country, list_name)
