"""Trouble of our own, which no mail is to blame for: each waits until it is over."""

import psycopg2
from psycopg2 import errors, pool

_OURS = (
    *(psycopg2.OperationalError, psycopg2.InterfaceError, pool.PoolError, MemoryError),
    # an update of the addon is at work
    *(errors.UndefinedTable, errors.UndefinedColumn),
)


def is_ours(error: Exception) -> bool:
    """Whether another mail would have met the same."""
    if isinstance(error, errors.ProgramLimitExceeded):  # a value of the mail's is too long for an index
        return False
    # what the operating system says has a number; libraries raise the same class at a broken picture, without
    return isinstance(error, _OURS) or (isinstance(error, OSError) and error.errno is not None)
