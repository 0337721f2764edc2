"""A real DNS server on a loopback UDP socket, which knows a few zones, and fails on request.

with DnsServer({"example.org": ["10 mx.example.org."], "broken.org": "SERVFAIL", "lost.org": "SILENCE"}) as server:

Records of other kinds than MX come as {"A": ["192.0.2.1"]}, and a function is asked anew at each question.
"""

import socket
import threading

import dns.flags
import dns.message
import dns.rcode
import dns.rdatatype
import dns.rrset


class DnsServer:
    """`asked` are the questions so far; a domain that is not in `zones` does not exist."""

    def __init__(self, zones, host="127.0.0.1", port=0):
        self.zones, self.asked = zones, []
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind((host, port))
        self.host, self.port = self._socket.getsockname()
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_exc):
        # a thread that waits in recvfrom() does not notice that its socket is closed
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"", (self.host, self.port))
        self._thread.join(5)
        self._socket.close()

    def _serve(self):
        while True:
            data, sender = self._socket.recvfrom(4096)
            if not data:
                return
            answer = self._answer(dns.message.from_wire(data))
            if answer:
                self._socket.sendto(answer.to_wire(), sender)

    def _answer(self, query):
        [question] = query.question
        name = question.name.to_text(omit_final_dot=True)
        self.asked.append(name)
        kind, records = dns.rdatatype.to_text(question.rdtype), self.zones.get(name)
        if callable(records):
            records = records()
        if isinstance(records, dict):
            records = records.get(kind, [])
        answer = dns.message.make_response(query)
        answer.flags |= dns.flags.RA
        if records == "SILENCE":
            return None
        if isinstance(records, str):
            answer.set_rcode(dns.rcode.from_text(records))
        elif records is None:
            answer.set_rcode(dns.rcode.NXDOMAIN)
        elif records:
            answer.answer.append(dns.rrset.from_text(question.name, 300, "IN", kind, *records))
        return answer
