"""Bytes on their way out, and what is said to the journal before them."""

import pytest
from bulk_mailing.adapters.smtp.outbox import TAIL_BYTES, Outbox


def drain(outbox, portion):
    """Write it all in portions."""
    written = []
    while outbox:
        data = b"".join(outbox.next_write())[:portion]
        outbox.wrote(len(data))
        written.append(data)
    return b"".join(written)


@pytest.mark.parametrize("portion", [1, 2, 7, 1000, 200_000])
@pytest.mark.parametrize("size", [0, 1, 500, TAIL_BYTES, TAIL_BYTES + 1, 3 * TAIL_BYTES])
def test_order_is_kept(size, portion):
    """Whatever a socket takes at a time, the bytes come in their order."""
    if portion < 1000 < size:
        portion *= 1000
    outbox = Outbox(lambda _number: None)
    outbox.add(b"RSET\r\n")
    outbox.add_message(1, b"x" * size)
    outbox.add(b"MAIL\r\n")
    assert drain(outbox, portion) == b"RSET\r\n" + b"x" * size + b".\r\nMAIL\r\n"


def test_announced_once_before_the_dot():
    """The journal hears of a message before any write with its dot, once."""
    announced = []
    outbox = Outbox(announced.append)
    outbox.add_message(7, b"hello\r\n")
    assert announced == []
    outbox.next_write()
    outbox.wrote(3)
    outbox.next_write()
    assert announced == [7]


def test_large_message_is_announced_late():
    """While most of a large message is still here, a crash leaves nothing in doubt."""
    announced = []
    outbox = Outbox(announced.append)
    outbox.add_message(7, bytes(5 * 2**20))
    written = 0
    while not announced:
        size = min(1000, sum(len(part) for part in outbox.next_write()))
        if not announced:
            outbox.wrote(size)
            written += size
    assert written == 5 * 2**20 - TAIL_BYTES
    assert not outbox.dot_has_left


def test_without_its_announcement_nothing_is_handed_over():
    """A journal that cannot be written keeps the dot here."""

    def fail(_number):
        raise OSError("disk full")

    outbox = Outbox(fail)
    outbox.add_message(7, b"hello\r\n")
    with pytest.raises(OSError, match="disk full"):
        outbox.next_write()
    with pytest.raises(OSError, match="disk full"):
        outbox.next_write()
    assert not outbox.dot_has_left
