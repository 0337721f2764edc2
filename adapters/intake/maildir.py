"""A Maildir that a mail server fills (https://cr.yp.to/proto/maildir.html): a mail is taken out when its fate is known.

What is refused is put aside into `.Aside`, a Maildir of its own inside, where mail programs show it as a folder.
Several may empty the same one: each holds the lock of the mail that it is at, which ends with its process.
"""

import errno
import fcntl
import logging
import os
import stat
from collections.abc import Callable, Container, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from .fate import LARGEST_BYTES, Fate

_logger = logging.getLogger(__name__)

ASIDE = ".Aside"
# it is gone, or is a link, a folder or a socket by now
_NO_FILE = (errno.ENOENT, errno.ELOOP, errno.EISDIR, errno.ENXIO)


class NoMaildir(Exception):
    """The folder is none; the message is for people."""


class Maildir:
    """The mails of one folder.

    :raises NoMaildir: if `folder` has no `new` and `cur`, or may not be written
    """

    def __init__(self, folder: str):
        self.folder = Path(folder)
        self._has_told_of_unreadable = False
        for name in ("new", "cur"):
            if not os.access(self.folder / name, os.R_OK | os.W_OK | os.X_OK):
                raise NoMaildir(f"{folder} is no Maildir that can be emptied: look at its folder “{name}”.")
        if not self._can_put_aside():
            raise NoMaildir(
                f"Nothing can be put aside in {folder}: let the user of this command write to it, and to its “{ASIDE}”."
            )

    def empty(self, deliver: Callable[[bytes], Fate], is_stopped: Callable[[], bool]) -> bool:
        """Deliver all that is there, each mail once; whether none is left that waits for us.

        Where a crash comes between the delivery and its note here, the mail is delivered again.
        """
        put_off: set[str] = set()
        has_settled = True
        while has_settled:  # what has come meanwhile
            has_settled = False
            for path in self._waiting(put_off):
                if is_stopped():
                    return False
                fate = self._settle(path, deliver)
                if fate is Fate.LATER:
                    return False
                if fate is Fate.NOT_YET:
                    put_off.add(_lasting_name(path.name))
                has_settled |= fate in (Fate.TAKEN, Fate.REFUSED)
        return True

    def _waiting(self, put_off: Container[str]) -> Iterator[Path]:
        for name in ("new", "cur"):
            with os.scandir(self.folder / name) as entries:
                files = (Path(entry.path) for entry in entries if entry.is_file(follow_symlinks=False))
                yield from (path for path in files if _lasting_name(path.name) not in put_off)

    def _settle(self, path: Path, deliver: Callable[[bytes], Fate]) -> Fate | None:
        """The fate of a mail; None where it is somebody else's."""
        with ExitStack() as held:
            try:
                raw = held.enter_context(_held(path))
            except OSError as error:
                self._tell_unreadable(path, error)
                return None
            if raw is None:
                return None
            fate = deliver(raw)
            if fate is Fate.REFUSED:
                self._put_aside(path)
            elif fate is Fate.TAKEN:
                path.unlink(missing_ok=True)
            return fate

    def _tell_unreadable(self, path: Path, error: OSError) -> None:
        if not self._has_told_of_unreadable:  # there may be thousands, at each look
            _logger.warning(
                "%s cannot be read (%s) and stays, as do others like it: give them to the user of this command, and "
                "let the mail server deliver as the user of this command",
                *(path, error.strerror),
            )
            self._has_told_of_unreadable = True

    def _can_put_aside(self) -> bool:
        try:
            self._make_aside()
        except OSError:
            return False
        return os.access(self.folder / ASIDE / "new", os.W_OK | os.X_OK)

    def _make_aside(self) -> None:
        for name in ("new", "cur", "tmp"):
            (self.folder / ASIDE / name).mkdir(parents=True, exist_ok=True)

    def _put_aside(self, path: Path) -> None:
        self._make_aside()  # a mail program may have removed it since
        with suppress(FileNotFoundError):  # a mail program has moved it, and its fate is told again
            path.rename(self.folder / ASIDE / "new" / path.name)


def _lasting_name(name: str) -> str:
    """What stays when a mail program moves a mail, or marks it as read ("1.host:2,S")."""
    return name.partition(":")[0]


@contextmanager
def _held(path: Path) -> Iterator[bytes | None]:
    """A mail that nobody else is at, locked meanwhile; None where somebody is, or has moved it, or it is no file.

    What is larger than may be is read as far as shows that: it is refused by its length.
    """
    mail = _opened(path)
    if not mail:
        yield None
        return
    with mail:
        yield mail.read(LARGEST_BYTES + 1) if _is_ours(path, mail.fileno()) else None


def _opened(path: Path) -> BinaryIO | None:
    try:
        return open(path, "rb", opener=_open_this)
    except OSError as error:
        if error.errno in _NO_FILE:
            return None
        raise


def _open_this(path: str, flags: int) -> int:
    """No link: whoever may make one here may not read all that this user can. And wait for nobody who writes a pipe."""
    return os.open(path, flags | os.O_NOFOLLOW | os.O_NONBLOCK)


def _is_ours(path: Path, file: int) -> bool:
    if not stat.S_ISREG(os.fstat(file).st_mode):
        return False
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        # it may have been put aside under a lock that ended after we opened it
        return os.path.samefile(path, file)
    except (BlockingIOError, FileNotFoundError):
        return False
