"""What comes back to a large mailing: reports of several mail systems, delays, and automatic answers."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

# of a hundred; what a first mailing to an old list brings back, roughly
SHARES = {"unknown": 55, "text": 10, "full": 15, "policy": 8, "delay": 7, "vacation": 5}
BLOCKED = ("unknown", "text")
HEAD = """Return-Path: <>
Received: from mx{number}.example (mx{number}.example [192.0.2.{host}]) by mail.example.org with ESMTP id {number}
Date: Mon, 23 Nov 2026 10:00:00 +0000
From: Mail Delivery System <MAILER-DAEMON@mx{number}.example>
To: bounce@example.org
Message-ID: <report{number}@mx{number}.example>
MIME-Version: 1.0
"""
RETURNED = """From: News <news@example.org>
To: {email}
Subject: Our news
Message-ID: {message_id}
List-Unsubscribe: <https://example.org/leave>
Content-Type: text/html

<p>Hello</p>
"""
DSN = """Subject: {subject}
Auto-Submitted: auto-replied
Content-Type: multipart/report; report-type=delivery-status; boundary="=_{number}"

--=_{number}
Content-Type: text/plain; charset=us-ascii

This is the mail system at host mx{number}.example. {words}

--=_{number}
Content-Type: message/delivery-status

Reporting-MTA: dns; mx{number}.example
Arrival-Date: Mon, 23 Nov 2026 09:59:00 +0000

Final-Recipient: rfc822; {email}
Original-Recipient: rfc822;{email}
Action: {action}
Status: {status}
Remote-MTA: dns; in.example
Diagnostic-Code: smtp; {words}

--=_{number}
Content-Type: message/rfc822

{returned}
--=_{number}--
"""
TEXT = """Subject: failure notice

Hi. This is the qmail-send program at mx{number}.example.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<{email}>:
192.0.2.1 does not like recipient.
Remote host said: 550 5.1.1 <{email}>: Recipient address rejected: User unknown

--- Below this line is a copy of the message.

{returned}"""
VACATION = """Subject: Out of office
Auto-Submitted: auto-replied
In-Reply-To: {message_id}

I am away until Monday.
"""
WORDS = {
    "unknown": ("failed", "5.1.1", "550 5.1.1 <{email}>: Recipient address rejected: User unknown"),
    "full": ("failed", "5.2.2", "552 5.2.2 Mailbox full"),
    "policy": ("failed", "5.7.1", "554 5.7.1 Service unavailable; Client host [192.0.2.9] blocked using zen.example"),
    "delay": ("delayed", "4.4.1", "connect to in.example[192.0.2.5]:25: Connection timed out"),
}


@dataclass(frozen=True)
class Sent:
    """A mail that has arrived, for a while."""

    email: str
    message_id: str


def kinds(count: int) -> Iterator[str]:
    """The kind of each of so many mails that come back, mixed, and the same in each run."""
    deck = [kind for kind, share in SHARES.items() for _ in range(share)]
    for number in range(count):
        yield deck[number * 37 % len(deck)]


def write(folder: Path, sent: list[Sent]) -> dict[str, int]:
    """Fill a Maildir with something about each mail; how many there are of each kind."""
    for name in ("new", "cur", "tmp"):
        (folder / name).mkdir(parents=True)
    counts = dict.fromkeys(SHARES, 0)
    for number, (mail, kind) in enumerate(zip(sent, kinds(len(sent)), strict=True)):
        counts[kind] += 1
        (folder / "new" / f"{number}.bench").write_text(_report(number, mail, kind))
    return counts


def _report(number: int, mail: Sent, kind: str) -> str:
    values = {"number": number, "host": number % 250 + 1, "email": mail.email, "message_id": mail.message_id}
    values["returned"] = RETURNED.format(**values)
    if kind in ("text", "vacation"):
        return HEAD.format(**values) + (TEXT if kind == "text" else VACATION).format(**values)
    action, status, words = WORDS[kind]
    subject = "Delayed Mail" if kind == "delay" else "Undelivered Mail Returned to Sender"
    words = words.format(**values)
    return HEAD.format(**values) + DSN.format(**values, action=action, status=status, words=words, subject=subject)
