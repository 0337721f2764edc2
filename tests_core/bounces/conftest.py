"""Samples as mails, and the ways in which the same mail may be written."""

import re

import pytest

HEAD = """\
Return-Path: <>
From: %(sender)s
To: news@sender.test
Subject: %(subject)s
Content-Type: text/plain; charset=utf-8
"""


@pytest.fixture(scope="session")
def letter():
    """Make a mail of a sample."""
    return _letter


def _letter(sample: dict, sender: str = "Mail Delivery System <MAILER-DAEMON@mx.sender.test>") -> bytes:
    """A sample as a mail."""
    head = HEAD % {"sender": sample.get("from", sender), "subject": sample["subject"]}
    extra = f"{sample['headers']}\n" if "headers" in sample else ""
    return f"{head}{extra}\n{sample['text'].lstrip(chr(10))}".encode()


def carriage_returns(raw: bytes) -> bytes:
    """As old Macs wrote."""
    return raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n").replace(b"\n", b"\r")


def both(raw: bytes) -> bytes:
    """As the standard has it (RFC 5322, 2.1)."""
    return carriage_returns(raw).replace(b"\r", b"\r\n")


def wrapped(raw: bytes) -> bytes:
    """Long lines broken at a blank, the rest indented like the line."""
    head, blank, body = carriage_returns(raw).replace(b"\r", b"\n").partition(b"\n\n")
    return head + blank + b"\n".join(map(_wrapped_line, body.split(b"\n")))


def rewrapped(raw: bytes) -> bytes:
    """Long lines broken at a blank, the rest at the margin, in the headers of the mail that is returned too."""
    head, blank, body = carriage_returns(raw).replace(b"\r", b"\n").partition(b"\n\n")
    return head + blank + b"\n".join(_wrapped_line(line, b"") for line in body.split(b"\n"))


def _wrapped_line(line: bytes, indent: bytes | None = None, width: int = 60) -> bytes:
    words = line.split(b" ")
    begin = line[: len(line) - len(line.lstrip())] + b"    " if indent is None else indent
    if len(line) <= width or b": " not in line and len(line) > 500:
        return line
    lines, current = [], words[0]
    for word in words[1:]:
        if len(current) + len(word) >= width and current.strip():
            lines.append(current)
            current = begin + word
        else:
            current += b" " + word
    return b"\n".join([*lines, current])


def other_hosts(raw: bytes) -> bytes:
    """Every domain called otherwise."""
    return re.sub(rb"(?<=@)([a-z0-9-]+\.)+(test|invalid|com|net|org|jp|de|fr)\b", rb"quota-spam.blocked.example", raw)


def other_names(raw: bytes) -> bytes:
    """Every person called otherwise."""
    return re.sub(rb"\b(?!MAILER|mailer|postmaster|club-)([a-z]{3,8})@", rb"spam.\1.blocked@", raw)


WAYS = [carriage_returns, both, wrapped, rewrapped, other_hosts, other_names]


@pytest.fixture(params=WAYS, ids=lambda way: way.__name__)
def way(request):
    """Write a mail in another way."""
    return request.param
