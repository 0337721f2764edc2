"""The bare wire: messages that are ready, handed over by Python's own smtplib. `python -m dev.bench.wire SETTINGS`."""

import json
import smtplib
import sys
import threading
import time
from pathlib import Path

from .usage import peak_megabytes


def send(port: int, folder: str, mails: int, connections: int, per_connection: int) -> dict:
    """Send the messages in the folder in turn, each to an address of its own, over so many connections at a time."""
    messages = [path.read_bytes() for path in sorted(Path(folder).glob("*.eml"))]
    began = time.monotonic()
    shares = [range(number, mails, connections) for number in range(connections)]
    workers = [threading.Thread(target=_send_share, args=(port, messages, share, per_connection)) for share in shares]
    for thread in workers:
        thread.start()
    for thread in workers:
        thread.join()
    return {"seconds": time.monotonic() - began, "cpu": time.process_time(), "peak": peak_megabytes()}


def _send_share(port: int, messages: list[bytes], share: range, per_connection: int) -> None:
    for start in range(0, len(share), per_connection):
        with smtplib.SMTP("127.0.0.1", port) as client:
            for number in share[start : start + per_connection]:
                message = messages[number % len(messages)]
                client.sendmail("news@example.com", [f"reader{number}@example.org"], message)


if __name__ == "__main__":
    print(json.dumps(send(**json.loads(sys.argv[1]))))
