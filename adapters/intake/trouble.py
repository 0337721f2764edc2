"""Which errors are no mail's fault, so that it has to be kept."""

import psycopg2
from psycopg2 import errors, pool

from .fate import Fate

_NO_DATABASE = (
    *(psycopg2.OperationalError, psycopg2.InterfaceError, pool.PoolError),
    # an update of the addon is at work
    *(errors.UndefinedTable, errors.UndefinedColumn),
)
# somebody else writes to the same rows, and did so at each of several tries
_BUSY = (errors.SerializationFailure, errors.DeadlockDetected, errors.LockNotAvailable)


def fate_after(error: Exception) -> Fate:
    """What becomes of a mail that ended in this error."""
    if isinstance(error, errors.ProgramLimitExceeded):  # a value of the mail's is too long for an index
        return Fate.REFUSED
    if isinstance(error, _BUSY):
        return Fate.NOT_YET
    if isinstance(error, _NO_DATABASE):
        return Fate.LATER
    # what the operating system says has a number; libraries raise the same class at a broken picture, without
    if isinstance(error, MemoryError) or (isinstance(error, OSError) and error.errno is not None):
        return Fate.NOT_YET  # another mail may need less
    return Fate.REFUSED
