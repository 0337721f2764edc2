"""Bytes from a server, cut into replies (RFC 5321, 4.2.1), however they arrive."""

LONGEST_LINE = 8192  # RFC 5321, 4.5.3.1.5 has 512; servers explain themselves at length
MOST_LINES = 100
NO_REPLY = 0


class ReplyReader:
    """Keeps what is not yet complete."""

    def __init__(self):
        self._rest = b""
        self._lines: list[bytes] = []

    def feed(self, data: bytes) -> list[tuple[int, list[bytes]]]:
        """The replies that are complete: the code, and the lines with it; code `NO_REPLY` for what is none."""
        lines = (self._rest + data).split(b"\n")
        self._rest = lines.pop()
        replies = []
        for line in lines:
            self._lines.append(line)
            if line[3:4] != b"-" or not line[:3].isdigit():
                replies.append((_code(line), self._lines))
                self._lines = []
        if len(self._rest) > LONGEST_LINE or len(self._lines) > MOST_LINES:
            replies.append((NO_REPLY, []))
        return replies


def _code(line: bytes) -> int:
    code = line[:3]
    return int(code) if len(code) == 3 and code.isdigit() and len(line) <= LONGEST_LINE else NO_REPLY


def words_of(lines: list[bytes]) -> bytes:
    """What a reply says, without its codes."""
    return b"\n".join(line[4:] for line in lines)
