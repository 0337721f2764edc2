"""Which errors make every mail wait, and which are one mail's fault."""

import errno

import psycopg2
import pytest
from bulk_mailing.adapters.intake import Fate
from bulk_mailing.adapters.intake.trouble import fate_after
from psycopg2 import errors, pool

NO_DATABASE = [
    psycopg2.OperationalError("server closed the connection unexpectedly"),
    psycopg2.InterfaceError("connection already closed"),
    pool.PoolError("The Connection Pool Is Full"),
    errors.DiskFull(),
    errors.UndefinedColumn(),
]
SHORT_OF_SOMETHING = [
    MemoryError(),
    OSError(errno.ENOSPC, "No space left on device"),
    PermissionError(errno.EACCES, "Permission denied"),
]
BUSY = [errors.SerializationFailure(), errors.DeadlockDetected(), errors.LockNotAvailable()]
THE_MAILS = [
    ValueError("No possible route found"),
    UnicodeDecodeError("utf-8", b"\xff", 0, 1, "invalid start byte"),
    RecursionError(),
    OSError("image file is truncated"),
    errors.StringDataRightTruncation(),
    errors.ProgramLimitExceeded("index row size exceeds btree maximum"),
]


@pytest.mark.parametrize("error", NO_DATABASE, ids=repr)
def test_no_database(error):
    assert fate_after(error) is Fate.LATER


@pytest.mark.parametrize("error", SHORT_OF_SOMETHING, ids=repr)
def test_short_of_something(error):
    """The others, which may need less, do not wait for it."""
    assert fate_after(error) is Fate.NOT_YET


@pytest.mark.parametrize("error", BUSY, ids=repr)
def test_busy(error):
    """One that loses against somebody again and again does not end the work on the others."""
    assert fate_after(error) is Fate.NOT_YET


@pytest.mark.parametrize("error", THE_MAILS, ids=repr)
def test_the_mails(error):
    assert fate_after(error) is Fate.REFUSED
