"""What a connection has still to write; it knows whether the end of a message may have left us."""

from collections.abc import Callable

# Of a message that is larger, this much is kept back with its final dot: what goes before it cannot be taken for whole
TAIL_BYTES = 64 * 1024
END = b".\r\n"


class Outbox:
    """Bytes in order; whoever writes them calls `next_write` and then `wrote`."""

    def __init__(self, handing_over: Callable[[int], None]):
        self._handing_over = handing_over
        self._parts: list[bytes | memoryview] = []
        self._added = self._written = 0
        self._dot_at = self._tail_at = 0
        self._unannounced: int | None = None

    def __bool__(self):
        return self._written < self._added

    @property
    def dot_has_left(self) -> bool:
        """Whether our kernel has taken something of the final dot of the last message; nobody gets it back."""
        return self._written > self._dot_at

    def add(self, data: bytes | memoryview) -> None:
        """Commands, behind what is there."""
        self._parts.append(data)
        self._added += len(data)

    def add_message(self, trace_id: int, body: bytes) -> None:
        """A message for DATA, and its final dot."""
        if len(body) > TAIL_BYTES:
            whole = memoryview(body)
            self.add(whole[:-TAIL_BYTES])
            self._tail_at = self._added
            self.add(whole[-TAIL_BYTES:])
        else:
            self._tail_at = self._added
            self.add(body)
        self._dot_at = self._added
        self.add(END)
        self._unannounced = trace_id

    def next_write(self) -> list[bytes | memoryview]:
        """What may be written at once; announces a message before its dot is among it."""
        if self._unannounced is None:
            return self._parts
        if self._written < self._tail_at:
            return self._parts_before_tail()
        self._handing_over(self._unannounced)
        self._unannounced = None
        return self._parts

    def _parts_before_tail(self) -> list[bytes | memoryview]:
        position, before = self._written, []
        for part in self._parts:
            if position >= self._tail_at:
                break
            before.append(part)
            position += len(part)
        return before

    def wrote(self, count: int) -> None:
        """So many bytes are no longer ours."""
        self._written += count
        if self._written == self._added:
            self._parts.clear()
            return
        while count >= len(self._parts[0]):
            count -= len(self._parts.pop(0))
        if count:
            self._parts[0] = memoryview(self._parts[0])[count:]
