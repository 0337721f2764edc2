"""The limit of the idea: claim, fill a compiled template, sign, pipeline to the wire, write the results; nothing else.

No ledger, no retries, no errors understood, no headers but the few below; it says how fast the parts can be put
together on this machine. Runs in the virtual environment: `python -m dev.bench.reference_pipeline SETTINGS`.
"""

import base64
import binascii
import hashlib
import hmac
import json
import multiprocessing
import re
import socket
import sys
import time
from functools import partial

import psycopg2
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding

from . import newsletter
from .usage import cpu_seconds, peak_megabytes

HOLE = re.compile("\x01(\\w+)\x02")
SHOP_LINK = re.compile(r"https://www\.example\.com/shop/product-(\d+)[^\"]*")
HOST = "https://m.example.com"
BATCH = 500
CLAIM = """UPDATE pipeline SET state = 1 WHERE id IN (
    SELECT id FROM pipeline WHERE state = 0 ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED) RETURNING id, name, email"""
CREATE = """CREATE TABLE pipeline (
    id bigserial PRIMARY KEY, name text, email text, state smallint DEFAULT 0, sent_at timestamp)"""
INDEX = "CREATE INDEX ON pipeline (id) WHERE state = 0"
FILL = """INSERT INTO pipeline (name, email)
    SELECT 'Name' || n, 'reader' || n || '@example.org' FROM generate_series(1, %s) n"""
ENVELOPE = b"MAIL FROM:<b+%d@example.com>\r\nRCPT TO:<%b>\r\nDATA\r\n"
HEAD = (
    b"From: News <news@example.com>\r\nTo: %(to)b\r\nSubject: Hello %(name)b, our news\r\n"
    b"Date: Mon, 02 Nov 2026 10:00:00 +0000\r\nMessage-Id: <%(id)d.bm@example.com>\r\n"
    b"List-Unsubscribe: <https://m.example.com/o/%(token)b>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"
    b'MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary="b1"\r\n'
)
HEADER_NAME = re.compile(rb"(?m)^([^:\s]+): ")
SIGNED = re.sub(rb": .*?\r\n", b":", HEAD).lower().rstrip(b":")
SIGNATURE = b"v=1; a=rsa-sha256; c=relaxed/relaxed; d=example.com; s=bench; h=%b; bh=%b; b="
LINE = b"x" * 74 + b"\r\n"
PART = b"--b1\r\nContent-Type: text/%b; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"


def quoted_printable(text: str) -> bytes:
    """Static text, encoded, with lines that end in CRLF and as relaxed canonicalisation leaves them (RFC 6376)."""
    encoded = binascii.b2a_qp(re.sub(r"[ \t]+", " ", text).encode()).replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    return encoded.replace(b" =\r\n", b"=20=\r\n")


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


def message(number: int, name: str, email: str, sign=None) -> bytes:
    """One recipient's bytes, with a signed token."""
    token = base64.urlsafe_b64encode(number.to_bytes(6, "big") + hmac.digest(b"k" * 32, b"%d" % number, "sha256")[:12])
    values = {"name": binascii.b2a_qp(name.encode()), "token": token}
    parts = TEMPLATE[:]
    for index, hole in HOLES:
        parts[index] = values[hole]
    body = b"".join(parts)
    head = HEAD % {b"to": email.encode(), b"name": name.encode(), b"id": number, b"token": token}
    return (sign(head, body) if sign else b"") + head + b"\r\n" + body


def grow_to(size: int) -> None:
    """Have messages of at least about this size: filler in front of the last boundary."""
    missing = size - len(message(1, "Name1", "reader1@example.org"))
    TEMPLATE[-1] = TEMPLATE[-1].replace(b"--b1--", LINE * max(0, missing // len(LINE)) + b"--b1--")


def signer(key_pem: str):
    """What makes the DKIM-Signature of a head and a body that are canonical already."""
    key = serialization.load_pem_private_key(key_pem.encode(), None)

    def sign(head: bytes, body: bytes) -> bytes:
        value = SIGNATURE % (SIGNED, base64.b64encode(hashlib.sha256(body).digest()))
        canonical = HEADER_NAME.sub(lambda name: name[1].lower() + b":", head)
        signature = key.sign(canonical + b"dkim-signature:" + value, padding.PKCS1v15(), hashes.SHA256())
        return b"DKIM-Signature: " + value + base64.b64encode(signature) + b"\r\n"

    return sign


def reply(stream) -> bytes:
    """The first digit of the next reply."""
    line = stream.readline()
    while line[3:4] == b"-":
        line = stream.readline()
    return line[:1]


def connected(port: int):
    """A connection that was greeted, and its replies."""
    client = socket.create_connection(("127.0.0.1", port))
    client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    stream = client.makefile("rb")
    reply(stream)
    client.sendall(b"EHLO bench\r\n")
    reply(stream)
    return client, stream


def lane(port: int, dsn: str, sign, answers) -> None:
    """Claim, send over one connection, write down; until nothing is left."""
    connection = psycopg2.connect(dsn)
    backend = connection.get_backend_pid()
    cursor = connection.cursor()
    client, stream = connected(port)
    while True:
        cursor.execute(CLAIM, [BATCH])
        rows = cursor.fetchall()
        connection.commit()
        if not rows:
            break
        deliver(client, stream, rows, partial(message, sign=sign))
        cursor.execute("UPDATE pipeline SET state = 2, sent_at = now() WHERE id = ANY(%s)", ([row[0] for row in rows],))
        connection.commit()
    client.sendall(b"QUIT\r\n")
    client.close()
    answers.put({"cpu": time.process_time(), "backend_cpu": cpu_seconds(backend), "peak": peak_megabytes()})


def deliver(client, stream, rows, make) -> None:
    """Send the rows; a body and the next envelope leave in one write, so a mail costs one round trip."""
    envelopes = [ENVELOPE % (number, email.encode()) for number, _name, email in rows]
    client.sendall(envelopes[0])
    for row, following in zip(rows, [*envelopes[1:], b""], strict=True):
        data = make(*row)
        if any(reply(stream) not in (b"2", b"3") for _ in range(3)):
            raise SystemExit("the sink refused an envelope")
        client.sendall(data + b".\r\n" + following)
        if reply(stream) != b"2":
            raise SystemExit("the sink refused a message")


def run(port: int, dsn: str, mails: int, processes: int, size: int, key: str | None) -> dict:
    """Fill the table, send it all, drop it; what each process took."""
    connection = psycopg2.connect(dsn)
    connection.autocommit = True
    cursor = connection.cursor()
    for statement in ("DROP TABLE IF EXISTS pipeline", CREATE, INDEX):
        cursor.execute(statement)
    cursor.execute(FILL, [mails])
    cursor.execute("VACUUM ANALYZE pipeline")
    grow_to(size)
    fork = multiprocessing.get_context("fork")
    answers = fork.SimpleQueue()
    sign = signer(key) if key else None
    began = time.monotonic()
    lanes = [fork.Process(target=lane, args=(port, dsn, sign, answers)) for _ in range(processes)]
    for one in lanes:
        one.start()
    for one in lanes:
        one.join()
    seconds = time.monotonic() - began
    cursor.execute("DROP TABLE pipeline")
    return {"seconds": seconds, "parties": [answers.get() for _ in lanes]}


if __name__ == "__main__":
    print(json.dumps(run(**json.loads(sys.argv[1]))))
