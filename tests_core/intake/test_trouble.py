"""Which errors make every mail wait, and which are one mail's fault."""

import errno

import psycopg2
import pytest
from bulk_mailing.adapters.intake.trouble import is_ours
from psycopg2 import errors, pool

OURS = [
    psycopg2.OperationalError("server closed the connection unexpectedly"),
    psycopg2.InterfaceError("connection already closed"),
    pool.PoolError("The Connection Pool Is Full"),
    errors.DiskFull(),
    errors.UndefinedColumn(),
    MemoryError(),
    OSError(errno.ENOSPC, "No space left on device"),
    PermissionError(errno.EACCES, "Permission denied"),
]
THE_MAILS = [
    ValueError("No possible route found"),
    UnicodeDecodeError("utf-8", b"\xff", 0, 1, "invalid start byte"),
    RecursionError(),
    OSError("image file is truncated"),
    errors.StringDataRightTruncation(),
    errors.ProgramLimitExceeded("index row size exceeds btree maximum"),
]


@pytest.mark.parametrize("error", OURS, ids=repr)
def test_ours(error):
    assert is_ours(error)


@pytest.mark.parametrize("error", THE_MAILS, ids=repr)
def test_the_mails(error):
    assert not is_ours(error)
