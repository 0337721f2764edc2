"""A Maildir that a mail server fills (https://cr.yp.to/proto/maildir.html): a mail is taken out when its fate is known.

What is refused is put aside into `.Aside`, a Maildir of its own inside, where mail programs show it as a folder.
Several may empty the same one: each holds the lock of the mail that it is at, which ends with its process.
"""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from .fate import LARGEST_BYTES, Fate

ASIDE = ".Aside"
_AT_ONCE = 1000  # names in memory, however many mails there are


class NoMaildir(Exception):
    """The folder is none; the message is for people."""


class Maildir:
    """The mails of one folder.

    :raises NoMaildir: if `folder` has no `new` and `cur`, or may not be written
    """

    def __init__(self, folder: str):
        self.folder = Path(folder)
        for name in ("new", "cur"):
            if not os.access(self.folder / name, os.W_OK | os.X_OK):
                raise NoMaildir(f"{folder} is no Maildir that can be emptied: look at its folder “{name}”.")

    def empty(self, deliver: Callable[[bytes], Fate], is_stopped: Callable[[], bool]) -> bool:
        """Deliver all that is there, each mail once; whether none is left that waits for us.

        Where a crash comes between the delivery and its note here, the mail is delivered again.
        """
        while batch := list(islice(self._waiting(), _AT_ONCE)):
            fates = []
            for path in batch:
                if is_stopped():
                    return False
                fates.append(self._settle(path, deliver))
                if fates[-1] is Fate.LATER:
                    return False
            if not any(fates):  # all of them are for somebody else, or for another time
                break
        return True

    def _waiting(self) -> Iterator[Path]:
        for name in ("new", "cur"):
            with os.scandir(self.folder / name) as entries:
                yield from (Path(entry.path) for entry in entries if entry.is_file())

    def _settle(self, path: Path, deliver: Callable[[bytes], Fate]) -> Fate | None:
        """The fate of a mail; None where it is somebody else's, or not to be taken yet."""
        if not (mail := _hold(path)):
            return None
        with mail:
            fate = deliver(mail.read(LARGEST_BYTES + 1))  # what is larger is refused by its length
            if fate is Fate.REFUSED:
                self._put_aside(path)
            elif fate is Fate.TAKEN:
                path.unlink(missing_ok=True)
            return None if fate is Fate.NOT_YET else fate

    def _put_aside(self, path: Path) -> None:
        for name in ("new", "cur", "tmp"):
            (self.folder / ASIDE / name).mkdir(parents=True, exist_ok=True)
        with suppress(FileNotFoundError):  # a mail program has moved it, and its fate is told again
            path.rename(self.folder / ASIDE / "new" / path.name)


def _hold(path: Path) -> BinaryIO | None:
    """The file of a mail that nobody else is at, locked until it is closed; None where somebody is, or has moved it."""
    try:
        mail = path.open("rb")
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(mail, fcntl.LOCK_EX | fcntl.LOCK_NB)
        # it may have been put aside under a lock that ended after we opened it
        is_there = os.path.samefile(path, mail.fileno())
    except (BlockingIOError, FileNotFoundError):
        is_there = False
    if is_there:
        return mail
    mail.close()
    return None
