"""One open connection at work: it takes letters when it can, and writes and reads when the socket can."""

import logging
from collections import deque
from collections.abc import Callable

from ...core.replies import SmtpReply, Stage, asks_to_slow_down
from .channel import channel
from .dialogue import Dialogue
from .envelope import Offers, envelope, stuffed
from .letter import Connection, Journal, Letter, Route
from .outbox import Outbox
from .results import Results

_logger = logging.getLogger(__name__)

# RFC 5321, 4.5.3.2 allows minutes, but a slice of work has to end
PATIENCE_SECONDS = 60
PATIENCE_AT_QUIT_SECONDS = 3

Waiting = tuple[Route, deque[Letter]]
More = Callable[["Line"], Waiting | None]


class Line:
    """A connection of a route, with the letters of a parcel that are to go over it; `more` gets it another."""

    def __init__(self, parcel: Waiting, connection: Connection, results: Results, journal: Journal, more: More):
        self.route, self.letters = parcel
        self._results, self._more = results, more
        self.may_carry = True
        self.is_leaving = self.waits_to_write = False
        self.watched = 0  # what the selector looks for
        self._again: list[Letter] = []
        # the letter that began last, and the last of the parcel before, which may still be under way
        self._begun: Letter | None = None
        self._straggler: Letter | None = None
        self._has_answered, self._last_words = False, None
        self._offers = Offers.of(connection)
        self._outbox = Outbox(journal.handing_over)
        self._dialogue = Dialogue(self._outbox, self._offers.pipelining, self._answer)
        self._channel = channel(connection)
        self._progress = 0.0

    def fileno(self) -> int:
        """For a selector."""
        return self._channel.fileno()

    @property
    def is_over(self) -> bool:
        """Whether the connection is of no more use."""
        return self._dialogue.is_over

    @property
    def is_idle(self) -> bool:
        """Whether no letter is under way."""
        return self._dialogue.is_idle

    @property
    def is_spent(self) -> bool:
        """Whether it has carried its share."""
        return self._dialogue.carried >= self.route.per_connection

    # ------------------------------------------------------------
    # Work
    # ------------------------------------------------------------

    def start(self, now: float) -> None:
        """Take the connection over, with what the server may have said already."""
        self._progress = now
        self._dialogue.receive(self._channel.early)
        self.work(now, readable=True)  # for what waits inside of TLS

    def work(self, now: float, readable: bool = False) -> None:
        """Do what can be done without waiting."""
        try:
            if readable:
                self._read(now)
            if not self._dialogue.is_over:
                self._begin_letters()
                self._write(now)
        except OSError:  # also of the journal, without which nothing may be handed over
            self._read_last_words()
            self._dialogue.is_over = True
        except Exception:  # a fault of ours must not take the other connections along
            _logger.exception("A connection of the wire failed")
            self._dialogue.is_over = True

    def _read(self, now: float) -> None:
        data = self._channel.receive()
        if data:
            if self._dialogue.receive(data):
                self._progress = now
        elif data is not None:
            self._dialogue.is_over = True

    def _read_last_words(self) -> None:
        """A server may have said why before it broke the connection."""
        try:
            while data := self._channel.receive():
                self._dialogue.receive(data)
        except OSError:
            return

    def _begin_letters(self) -> None:
        while self._dialogue.wants_letter and (letter := self._next_letter()):
            try:
                content = letter.make()
                commands = envelope(self._offers, letter.return_path or self.route.sender, letter, content)
            except Exception as error:  # whatever is wrong with one letter, the others go on
                self._results.fail(letter, error)
            else:
                self._dialogue.begin(letter, commands, stuffed(content) if letter.needs_stuffing else content)
                self._begun = letter

    def _next_letter(self) -> Letter | None:
        if not self.may_carry or self.is_spent or self._results.is_troubled(self.route):
            return None
        if not self.letters and (parcel := self._more(self)):
            # of the same server and sender, but it may be for another provider, and allow fewer mails per connection
            self._straggler = self._begun
            self.route, self.letters = parcel
        if not self.letters or self.is_spent:
            return None
        self._results.waiting -= 1
        return self.letters.popleft()

    def _write(self, now: float) -> None:
        outbox = self._outbox
        while outbox:
            sent = self._channel.send(outbox.next_write())
            if sent is None:
                break
            outbox.wrote(sent)
            self._progress = now
        self.waits_to_write = bool(outbox)

    def _answer(self, letter: Letter, stage: Stage, reply: SmtpReply) -> None:
        is_settled = self._results.judge(self.route, letter, stage, reply)
        self._has_answered, self._last_words = self._has_answered or is_settled, reply
        if not is_settled:
            self._again.append(letter)
            self._dialogue.is_over = True
        elif letter is not self._straggler and asks_to_slow_down(reply):
            # the rest of the parcel is for the same provider, which would say the same to each of them
            self._results.untouched(self.letters)
            self.letters = deque()

    # ------------------------------------------------------------
    # The end
    # ------------------------------------------------------------

    def leave(self, now: float) -> None:
        """Say goodbye."""
        self.is_leaving, self._progress = True, now
        self._dialogue.quit()
        self.work(now)

    def is_late(self, now: float) -> bool:
        """Whether the server keeps us waiting for too long."""
        if not self._outbox and not self._dialogue.awaits_reply:
            return False
        return now - self._progress > (PATIENCE_AT_QUIT_SECONDS if self.is_leaving else PATIENCE_SECONDS)

    def close(self, silence: bool = False) -> deque[Letter]:
        """Close; what is known of the letters under way is told, the others are returned in their order.

        :param silence: we do not wait any longer for what the server says to the first of them
        """
        self._channel.close()
        is_another_to_blame, unanswered = bool(self._again), self._dialogue.unanswered()
        if not self._has_answered and (self._again or unanswered or self.letters):
            self._results.count_break(self.route, self._last_words)
        if silence and unanswered:
            self._results.silence(*unanswered[0])
            unanswered = unanswered[1:]
        for position, (letter, stage) in enumerate(unanswered):
            counts = position == 0 and not is_another_to_blame and not silence
            if not self._results.judge(self.route, letter, stage, None, counts):
                self._again.append(letter)
        if not self._dialogue.carried and self.letters and self._results.keeps_breaking(self.route, self.letters[0]):
            self._results.waiting -= 1
            self.letters.popleft()
        self._results.waiting += len(self._again)
        return deque([*self._again, *self.letters])
