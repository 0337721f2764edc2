"""What is said on one connection, without the connection: replies come in, and what is to be written goes out.

With PIPELINING (RFC 2920) the end of a mail and the envelope of the next go together; else command by command.
"""

from collections import deque
from collections.abc import Callable
from enum import Enum

from ...core.replies import SmtpReply, Stage, parse
from .letter import Letter
from .outbox import END, Outbox
from .reply_reader import ReplyReader


class Step(Enum):
    """Something that the server has to answer."""

    RSET = "rset"
    MAIL = "mail"
    RCPT = "rcpt"
    DATA = "data"
    DOT = "dot"
    LONE_DOT = "lone dot"  # ends a message to nobody
    QUIT = "quit"


RSET, MAIL, RCPT, DATA, DOT, LONE_DOT, QUIT = Step
STAGES = {MAIL: Stage.MAIL, RCPT: Stage.RCPT, DATA: Stage.DATA, DOT: Stage.DOT}
ENVELOPE = (MAIL, RCPT, DATA)
AFTER_REFUSAL = (RSET, *ENVELOPE)
CLOSES = 421  # RFC 5321, 3.8
BAD_SEQUENCE = 503


class Turn:
    """A letter whose envelope has been said."""

    __slots__ = ("body", "is_in_envelope", "letter", "refused_at")

    def __init__(self, letter: Letter, body: bytes):
        self.letter, self.body = letter, body
        self.refused_at: Step | None = None
        self.is_in_envelope = True


class Dialogue:
    """The state of one connection: at most two letters, of which one may be in doubt.

    `answer(letter, stage, reply)` is called once for each letter that the server decides about; who calls it may set
    `is_over`, which also the server does. Then `unanswered` tells which letters are left.
    """

    def __init__(self, outbox: Outbox, pipelining: bool, answer: Callable[[Letter, Stage, SmtpReply], None]):
        self._outbox, self._pipelining, self._answer = outbox, pipelining, answer
        self._reader = ReplyReader()
        self._turns: deque[Turn] = deque()
        self._expected: deque[Step] = deque()
        self._held: deque[tuple[Step, bytes]] = deque()
        self._must_reset = self._has_quit = False
        self.carried = 0
        self.is_over = False

    # ------------------------------------------------------------
    # What we say
    # ------------------------------------------------------------

    @property
    def wants_letter(self) -> bool:
        """Whether another letter may begin now."""
        if self.is_over or self._has_quit:
            return False
        if not self._turns:
            return True
        return self._pipelining and len(self._turns) == 1 and not self._turns[0].is_in_envelope

    @property
    def is_idle(self) -> bool:
        """Whether no letter is under way."""
        return not self._turns

    @property
    def awaits_reply(self) -> bool:
        """Whether the server has to say something."""
        return bool(self._expected)

    def begin(self, letter: Letter, envelope: bytes, body: bytes) -> None:
        """Say the envelope of a letter."""
        self.carried += 1
        self._turns.append(Turn(letter, body))
        steps = ENVELOPE
        if self._must_reset:
            self._must_reset = False
            steps, envelope = AFTER_REFUSAL, b"RSET\r\n" + envelope
        if self._pipelining:
            self._outbox.add(envelope)
            self._expected.extend(steps)
        else:
            self._held.extend(zip(steps, envelope.splitlines(keepends=True), strict=True))
            self._say_next()

    def _say_next(self) -> None:
        if self._held:
            step, command = self._held.popleft()
            self._expected.append(step)
            self._outbox.add(command)

    def quit(self) -> None:
        """Say goodbye."""
        self._has_quit = True
        self._expected.append(QUIT)
        self._outbox.add(b"QUIT\r\n")

    # ------------------------------------------------------------
    # What the server says
    # ------------------------------------------------------------

    def receive(self, data: bytes) -> bool:
        """Take what has arrived; whether it completed a reply."""
        replies = self._reader.feed(data)
        for code, words in replies:
            if not self.is_over:
                self._take(code, words)
        return bool(replies)

    def _take(self, code: int, words: bytes) -> None:
        step = self._expected[0] if self._expected else None
        if step is None or not (399 < code < 600 or (299 < code < 400 if step is DATA else 199 < code < 300)):
            # Out of step, or it closes an idle connection. Whatever it means, it is about nothing we said.
            self.is_over = True
        elif step is DOT and not self._outbox.dot_has_left:
            self._interrupted(code, words)
        else:
            self._expected.popleft()
            self._take_next(step, code, words)
            if code == CLOSES:
                self.is_over = True

    def _take_next(self, step: Step, code: int, words: bytes) -> None:
        if step is MAIL or step is RCPT:
            self._after_address(step, code, words)
        elif step is DATA:
            self._after_data(code, words)
        elif step is DOT:
            self._after_dot(code, words)
        elif step is LONE_DOT:
            self._turns.popleft()
        elif step is RSET:
            self._say_next()
        else:
            self.is_over = True

    def _after_address(self, step: Step, code: int, words: bytes) -> None:
        if code < 400:
            self._say_next()
        elif step is MAIL and code == BAD_SEQUENCE and self.carried > 1:
            # it still holds the letter before, for which this one is not to blame
            self._expected.appendleft(step)
            self.is_over = True
        else:
            self._refused(step, code, words)
            if not self._pipelining:
                self._held.clear()
                self._turns.popleft()

    def _after_data(self, code: int, words: bytes) -> None:
        turn = self._turns[0]
        turn.is_in_envelope = False
        if code >= 400:
            self._refused(DATA, code, words)
            self._turns.popleft()
        elif turn.refused_at is MAIL:  # whose message it waits for only the server knows
            self.is_over = True
        elif turn.refused_at:  # RFC 2920, 3.1: it waits for a message, though it has refused the recipient
            self._outbox.add(END)
            self._expected.append(LONE_DOT)
        else:
            self._outbox.add_message(turn.letter.trace_id, turn.body)
            self._expected.append(DOT)
            turn.body = b""

    def _after_dot(self, code: int, words: bytes) -> None:
        turn = self._turns.popleft()
        self._must_reset = code >= 400 and not self._turns
        self._answer(turn.letter, Stage.DOT, parse(code, words))

    def _interrupted(self, code: int, words: bytes) -> None:
        """A reply in the middle of the message: a refusal is one, anything else is out of step."""
        if code >= 400:
            self._refused(DATA, code, words)
        self.is_over = True

    def _refused(self, step: Step, code: int, words: bytes) -> None:
        turn = self._turns[0]
        self._must_reset = True
        if not turn.refused_at:
            turn.refused_at = step
            self._answer(turn.letter, STAGES[step], parse(code, words))

    # ------------------------------------------------------------
    # The end
    # ------------------------------------------------------------

    def unanswered(self) -> list[tuple[Letter, Stage]]:
        """The letters that are left when the connection is of no more use, and how far each got."""
        left = [turn.letter for turn in self._turns if not turn.refused_at]
        stages = [self._stage_of_first()] + [Stage.MAIL] * len(left) if self._turns else []
        if self._turns and self._turns[0].refused_at:
            stages.pop(0)
        self._turns.clear()
        return list(zip(left, stages, strict=False))

    def _stage_of_first(self) -> Stage:
        stage = next((STAGES[step] for step in self._expected if step in STAGES), Stage.MAIL)
        return Stage.DATA if stage is Stage.DOT and not self._outbox.dot_has_left else stage
