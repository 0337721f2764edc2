"""The bare wire: messages that are ready, handed over by Python's own smtplib. `python -m dev.bench.wire SETTINGS`."""

import json
import smtplib
import sys
import time
from pathlib import Path

from .process import peak_megabytes


def send(port: int, folder: Path, mails: int, per_connection: int) -> dict:
    """Send the messages in the folder in turn, each to an address of its own; seconds and peak memory."""
    messages = [path.read_bytes() for path in sorted(folder.glob("*.eml"))]
    began, client = time.monotonic(), None
    for number in range(mails):
        if number % per_connection == 0:
            if client:
                client.quit()
            client = smtplib.SMTP("127.0.0.1", port)
        message = messages[number % len(messages)]
        client.sendmail("news@example.com", [f"reader{number}@example.org"], message)
    client.quit()
    return {"seconds": time.monotonic() - began, "peak": peak_megabytes()}


if __name__ == "__main__":
    settings = json.loads(sys.argv[1])
    print(json.dumps(send(settings["port"], Path(settings["folder"]), settings["mails"], settings["per_connection"])))
