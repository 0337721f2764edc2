"""Bytes from a server, cut into replies (RFC 5321, 4.2.1), however they arrive."""

LONGEST_LINE = 8192  # RFC 5321, 4.5.3.1.5 has 512; servers explain themselves at length
MOST_LINES = 100
NO_REPLY = 0


class ReplyReader:
    """Keeps what is not yet complete."""

    def __init__(self):
        self._rest = b""
        self._lines: list[bytes] = []

    def feed(self, data: bytes) -> list[tuple[int, bytes]]:
        """The replies that are complete: code and words; code `NO_REPLY` for what is none."""
        lines = (self._rest + data).split(b"\n")
        self._rest = lines.pop()
        replies = []
        for line in lines:
            if not line[:3].isdigit() or len(line) > LONGEST_LINE:
                replies.append((NO_REPLY, line))
            elif line[3:4] == b"-":
                self._lines.append(line[4:])
            elif self._lines:
                replies.append((int(line[:3]), b"\n".join((*self._lines, line[4:]))))
                self._lines.clear()
            else:
                replies.append((int(line[:3]), line[4:]))
        if len(self._rest) > LONGEST_LINE or len(self._lines) > MOST_LINES:
            replies.append((NO_REPLY, b""))
        return replies
