"""What a lane has handed to mail servers and what they answered, in a file that survives the death of its process.

One line a mark, one `write` each and no fsync: what the kernel has taken outlives a `kill -9`. It need not outlive a
loss of power, so the first line says in which boot of which kernel it was written; in another one, what has no mark is
in doubt. The file is locked as long as its lane lives; whoever gets the lock may replay it.
"""

import fcntl
import json
import logging
import os
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from ..core.replies import SmtpReply, Stage, Verdict
from ..core.text import Text
from .smtp import Outcome

_logger = logging.getLogger(__name__)

SUFFIX = ".journal"
SILENT_SECONDS = 180  # longer than a slice, with the end of its last mails
BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


class Journal:
    """The journal of one lane that is at work."""

    def __init__(self, folder: Path, name: str):
        """:param name: the lane's, as in its claims; a file name of its own"""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._path = folder / (name + SUFFIX)
        self._file = self._open()

    def _open(self) -> int:
        while True:
            file = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            fcntl.flock(file, fcntl.LOCK_EX)
            if os.fstat(file).st_nlink:
                os.write(file, _this_boot())
                return file
            os.close(file)  # somebody took it for an orphan's before it was locked

    def handing_over(self, trace_id: int) -> None:
        """Right before the final dot can leave us."""
        self._write(b"%d\n" % trace_id)

    def answered(self, outcome: Outcome) -> None:
        """When it is known what became of a message."""
        if outcome.verdict is Verdict.SENT and outcome.reply:
            reply = outcome.reply
            self._write(f"{outcome.trace_id}+{reply.code} {reply.enhanced} {reply.text}\n".encode())
        else:
            self._write(f"{outcome.trace_id}={_to_json(outcome)}\n".encode())

    def close(self) -> None:
        """All is in the database: the journal is not needed any more."""
        if self._file is not None:
            self._path.unlink(missing_ok=True)
        self.leave()

    def leave(self) -> None:
        """Leave it to the next lane: not all is in the database."""
        if self._file is not None:
            os.close(self._file)
        self._file = None

    def _write(self, line: bytes) -> None:
        if self._file is None:
            return
        try:
            written = os.write(self._file, line)
        except OSError as error:
            self._give_up(error)
        else:
            if written < len(line):
                self._give_up(OSError("no room for a whole line"))

    def _give_up(self, error: OSError) -> None:
        """A journal with gaps would have mails sent twice; without one, a crash leaves the whole claim in doubt."""
        _logger.error("The journal %s cannot be written, going on without: %s", self._path.name, error)
        self.close()


class Orphan:
    """The journal of a lane that died, locked for its replay."""

    def __init__(self, path: Path, file: int):
        self._path, self._file = path, file
        self.name = path.name.removesuffix(SUFFIX)
        self._is_whole, self._marks = _read(path)

    def outcome(self, trace_id: int) -> Outcome:
        """What is known of a recipient that this lane had claimed."""
        if outcome := self._marks.get(trace_id):
            return outcome
        if trace_id in self._marks or not self._is_whole:
            return Outcome(trace_id, Verdict.IN_DOUBT, Stage.DOT)
        return Outcome(trace_id, Verdict.UNTOUCHED)

    def close(self) -> None:
        """Replayed."""
        self._path.unlink(missing_ok=True)
        self.leave()

    def leave(self) -> None:
        """Not replayed: the next lane tries again."""
        os.close(self._file)


def orphans(folder: Path) -> Iterator[Orphan]:
    """The journals of dead lanes, each to be closed or left by the caller."""
    for path in sorted(folder.glob("*" + SUFFIX)):
        try:
            file = os.open(path, os.O_RDWR)  # NFS gives an exclusive lock only to who may write
        except FileNotFoundError:
            continue
        if _is_ours_now(path, file):
            yield Orphan(path, file)
        else:
            os.close(file)


def _is_ours_now(path: Path, file: int) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False  # its lane lives
    except OSError as error:
        _logger.error("The journal %s cannot be locked, and is left alone: %s", path.name, error)
        return False
    status = os.fstat(file)
    if not status.st_nlink:
        return False  # another lane has replayed it just now
    # a folder that hosts share may lock for each host alone: there, only silence tells that a lane is dead
    return _is_of_this_boot(path.read_bytes()) or time.time() - status.st_mtime > SILENT_SECONDS


def _this_boot() -> bytes:
    return BOOT_ID.read_bytes()


def _is_of_this_boot(content: bytes) -> bool:
    return content.startswith(_this_boot())


def _read(path: Path) -> tuple[bool, dict[int, Outcome | None]]:
    """Whether no mark can be missing, and the last mark of each message.

    A mark is its outcome, or None where it was handed over and no more is known.
    """
    content, marks = path.read_bytes(), {}
    is_whole = _is_of_this_boot(content)
    for line in content.splitlines(keepends=True)[1:]:
        if not line.endswith(b"\n"):
            break  # the death has cut it, and nothing was sent after it
        try:
            trace_id, outcome = _parse(line.decode().rstrip("\n"))
            marks[trace_id] = outcome
        except (ValueError, TypeError):
            _logger.error("The journal %s is damaged: what it does not know is in doubt", path.name)
            is_whole = False
    return is_whole, marks


def _parse(line: str) -> tuple[int, Outcome | None]:
    digits = len(line) - len(line.lstrip("0123456789"))
    trace_id, sign, rest = int(line[:digits]), line[digits : digits + 1], line[digits + 1 :]
    if sign == "+":
        code, enhanced, text = rest.split(" ", 2)
        return trace_id, Outcome(trace_id, Verdict.SENT, Stage.DOT, SmtpReply(int(code), enhanced, text))
    if sign == "=":
        return trace_id, _from_json(trace_id, rest)
    if sign:
        raise ValueError(line)
    return trace_id, None


def _to_json(outcome: Outcome) -> str:
    reply = asdict(outcome.reply) if outcome.reply else None
    reason = _text_to_data(outcome.reason) if outcome.reason else None
    return json.dumps([outcome.verdict.value, outcome.stage.value, reply, reason], default=str)


def _from_json(trace_id: int, data: str) -> Outcome:
    verdict, stage, reply, reason = json.loads(data)
    return Outcome(
        trace_id,
        Verdict(verdict),
        Stage(stage),
        SmtpReply(**reply) if reply else None,
        _text_from_data(reason) if reason else None,
    )


def _text_to_data(text: Text) -> list:
    values = {name: _text_to_data(v) if isinstance(v, Text) else v for name, v in text.values.items()}
    return [text.source, values]


def _text_from_data(data: list) -> Text:
    source, values = data
    return Text(source, {name: _text_from_data(v) if isinstance(v, list) else v for name, v in values.items()})
