"""OpenDKIM, the filter of many receivers, which asks a real name server on the loopback interface for keys."""

import re
import shutil
import subprocess
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from dnslib import QTYPE, RCODE, RR, TXT
from dnslib.server import BaseResolver, DNSLogger, DNSServer

PROGRAM = shutil.which("opendkim") or shutil.which("opendkim", path="/usr/sbin")
RESULT = re.compile(r"dkim=(\w+).*?header\.a=([\w-]+)", re.DOTALL)


class _TextRecords(BaseResolver):
    """Answers with the TXT records it is given, in strings of 255 characters, and knows nothing else."""

    def __init__(self, records):
        self.records = records

    def resolve(self, request, _handler):
        reply = request.reply()
        value = self.records.get(str(request.q.qname).rstrip("."), "").encode()
        if not value:
            reply.header.rcode = RCODE.NXDOMAIN
            return reply
        strings = [value[start : start + 255] for start in range(0, len(value), 255)]
        reply.add_answer(RR(request.q.qname, QTYPE.TXT, rdata=TXT(strings)))
        return reply


@contextmanager
def name_server(records):
    """A name server with these TXT records; yields its port."""
    server = DNSServer(_TextRecords(records), address="127.0.0.1", port=0, logger=DNSLogger("-request,-reply"))
    server.start_thread()
    try:
        yield server.server.server_address[1]
    finally:
        server.stop()
        server.server.server_close()


def verdicts(content, records):
    """What OpenDKIM says of each signature: pairs of algorithm and result (`pass`, `fail` ...)."""
    with name_server(records) as port, TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "message.eml").write_bytes(content)
        (folder / "unbound.conf").write_text(
            "server:\n    do-not-query-localhost: no\n"
            f'forward-zone:\n    name: "."\n    forward-addr: 127.0.0.1@{port}\n'
        )
        (folder / "opendkim.conf").write_text(
            f"Mode v\nResolverConfiguration {folder / 'unbound.conf'}\nAlwaysAddARHeader yes\nSyslog no\n"
        )
        command = [PROGRAM, "-x", folder / "opendkim.conf", "-v", "-v", "-t", folder / "message.eml"]
        said = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True).stdout
    return [(algorithm, result) for result, algorithm in RESULT.findall(said)]
