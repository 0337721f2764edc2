"""The limit of the idea: claim, fill a compiled template, pipeline to the wire, write the results; nothing else.

No ledger, no retries, no errors understood, no headers but the few below; it says how fast the parts can be put
together on this machine. Runs in the virtual environment: `python -m dev.bench.reference_pipeline SETTINGS`.
"""

import base64
import binascii
import hmac
import json
import re
import socket
import sys
import threading
import time

import psycopg2

from . import newsletter
from .process import peak_megabytes

HOLE = re.compile("\x01(\\w+)\x02")
SHOP_LINK = re.compile(r"https://www\.example\.com/shop/product-(\d+)[^\"]*")
HOST = "https://m.example.com"
BATCH = 500
CLAIM = """UPDATE pipeline SET state = 1 WHERE id IN (
    SELECT id FROM pipeline WHERE state = 0 ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED) RETURNING id, name, email"""
CREATE = """CREATE TABLE pipeline (
    id bigserial PRIMARY KEY, name text, email text, state smallint DEFAULT 0, sent_at timestamp)"""
FILL = """INSERT INTO pipeline (name, email)
    SELECT 'Name' || n, 'reader' || n || '@example.org' FROM generate_series(1, %s) n"""
ENVELOPE = b"MAIL FROM:<b+%d@example.com>\r\nRCPT TO:<%b>\r\nDATA\r\n"
HEAD = (
    b"From: News <news@example.com>\r\nTo: %(to)b\r\nSubject: Hello %(name)b, our news\r\n"
    b"Date: Mon, 02 Nov 2026 10:00:00 +0000\r\nMessage-Id: <%(id)d.bm@example.com>\r\n"
    b"List-Unsubscribe: <https://m.example.com/o/%(token)b>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"
    b'MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary="b1"\r\n\r\n'
)
PART = b"--b1\r\nContent-Type: text/%b; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"


def quoted_printable(text: str) -> bytes:
    """Static text, encoded and with lines that end in CRLF."""
    return binascii.b2a_qp(text.encode()).replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def compiled() -> list[bytes | str]:
    """The body as bytes with the names of holes between them."""
    body = newsletter.html("\x01name\x02", f"{HOST}/u/\x01token\x02", f"{HOST}/v/\x01token\x02")
    body = SHOP_LINK.sub(HOST + "/c/\\1/\x01token\x02", body)
    parts: list[bytes | str] = [b""]
    for subtype, source in ((b"plain", newsletter.text(body)), (b"html", body)):
        parts[-1] += PART % subtype
        for number, piece in enumerate(HOLE.split(source)):
            if number % 2:  # soft line ends around a hole keep every line short, whatever its value
                parts[-1] += b"=\r\n"
                parts += [piece, b"=\r\n"]
            else:
                parts[-1] += quoted_printable(piece)
        parts[-1] += b"\r\n"
    parts[-1] += b"--b1--\r\n"
    return [part if isinstance(part, str) else part.replace(b"\r\n.", b"\r\n=2E") for part in parts]


TEMPLATE = compiled()
HOLES = [(index, part) for index, part in enumerate(TEMPLATE) if isinstance(part, str)]


def message(number: int, name: str, email: str) -> bytes:
    """One recipient's bytes, with a signed token."""
    token = base64.urlsafe_b64encode(number.to_bytes(6, "big") + hmac.digest(b"k" * 32, b"%d" % number, "sha256")[:12])
    values = {"name": binascii.b2a_qp(name.encode()), "token": token}
    parts = TEMPLATE[:]
    for index, hole in HOLES:
        parts[index] = values[hole]
    head = HEAD % {b"to": email.encode(), b"name": name.encode(), b"id": number, b"token": token}
    return head + b"".join(parts)


def reply(stream) -> bytes:
    """The first digit of the next reply."""
    line = stream.readline()
    while line[3:4] == b"-":
        line = stream.readline()
    return line[:1]


def lane(port: int, dsn: str) -> None:
    """Claim, send over one connection, write down; until nothing is left."""
    connection = psycopg2.connect(dsn)
    cursor = connection.cursor()
    client = socket.create_connection(("127.0.0.1", port))
    client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    stream = client.makefile("rb")
    reply(stream)
    client.sendall(b"EHLO bench\r\n")
    reply(stream)
    while True:
        cursor.execute(CLAIM, [BATCH])
        rows = cursor.fetchall()
        connection.commit()
        if not rows:
            break
        deliver(client, stream, rows)
        cursor.execute("UPDATE pipeline SET state = 2, sent_at = now() WHERE id = ANY(%s)", ([row[0] for row in rows],))
        connection.commit()
    client.sendall(b"QUIT\r\n")
    client.close()


def deliver(client, stream, rows) -> None:
    """Send the rows; a body and the next envelope leave in one write, so a mail costs one round trip."""
    envelopes = [ENVELOPE % (number, email.encode()) for number, _name, email in rows]
    client.sendall(envelopes[0])
    for row, following in zip(rows, [*envelopes[1:], b""], strict=True):
        data = message(*row)
        if any(reply(stream) not in (b"2", b"3") for _ in range(3)):
            raise SystemExit("the sink refused an envelope")
        client.sendall(data + b".\r\n" + following)
        if reply(stream) != b"2":
            raise SystemExit("the sink refused a message")


def run(port: int, dsn: str, mails: int, threads: int) -> dict:
    """Fill the table, send it all, drop it; seconds and peak memory."""
    connection = psycopg2.connect(dsn)
    connection.autocommit = True
    cursor = connection.cursor()
    cursor.execute("DROP TABLE IF EXISTS pipeline")
    cursor.execute(CREATE)
    cursor.execute(FILL, [mails])
    cursor.execute("CREATE INDEX ON pipeline (id) WHERE state = 0")
    began = time.monotonic()
    lanes = [threading.Thread(target=lane, args=(port, dsn)) for _ in range(threads)]
    for one in lanes:
        one.start()
    for one in lanes:
        one.join()
    seconds = time.monotonic() - began
    cursor.execute("DROP TABLE pipeline")
    return {"seconds": seconds, "peak": peak_megabytes()}


if __name__ == "__main__":
    settings = json.loads(sys.argv[1])
    print(json.dumps(run(settings["port"], settings["dsn"], settings["mails"], settings["threads"])))
