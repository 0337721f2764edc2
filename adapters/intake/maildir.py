"""A Maildir that a mail server fills (https://cr.yp.to/proto/maildir.html): a mail is taken out when its fate is known.

What is refused is put aside into `.Aside`, a Maildir of its own inside, where mail programs show it as a folder.
"""

import os
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from .fate import Fate

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
        """Deliver all that is there, each mail once; whether none is left that waits.

        Where a crash comes between the delivery and its note here, the mail is delivered again.
        """
        while batch := list(islice(self._waiting(), _AT_ONCE)):
            for path in batch:
                if is_stopped() or not self._settle(path, deliver):
                    return False
        return True

    def _waiting(self) -> Iterator[Path]:
        for name in ("new", "cur"):
            with os.scandir(self.folder / name) as entries:
                yield from (Path(entry.path) for entry in entries if entry.is_file())

    def _settle(self, path: Path, deliver: Callable[[bytes], Fate]) -> bool:
        try:
            raw = path.read_bytes()
        except FileNotFoundError:  # a mail program has moved it
            return True
        fate = deliver(raw)
        if fate is Fate.REFUSED:
            self._put_aside(path)
        elif fate is Fate.TAKEN:
            path.unlink(missing_ok=True)
        return fate is not Fate.LATER

    def _put_aside(self, path: Path) -> None:
        for name in ("new", "cur", "tmp"):
            (self.folder / ASIDE / name).mkdir(parents=True, exist_ok=True)
        path.rename(self.folder / ASIDE / "new" / path.name)
