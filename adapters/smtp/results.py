"""What became of the letters: replies are judged, and what counts is written to the journal."""

import logging
from collections.abc import Iterable
from dataclasses import replace

from ...core.replies import AUTHENTICATION_CODES, SmtpReply, Stage, Verdict, judge
from ...core.text import Text, _
from .envelope import CannotCarry
from .letter import Journal, Letter, NotNow, Outcome, Route
from .trouble import explain

_logger = logging.getLogger(__name__)

TRIES = 3
# new ones, without an answer in between: the next would be no better
BREAKS_IN_A_ROW = 20


class Results:
    """Each letter that was submitted comes out of here as exactly one outcome."""

    def __init__(self, journal: Journal):
        self._journal = journal
        self._outcomes: list[Outcome] = []
        self._tries: dict[int, int] = {}
        self._breaks: dict[tuple, int] = {}
        self.troubled: dict[tuple, Outcome] = {}
        self.outstanding = 0
        self.waiting = 0  # of these, how many have not begun

    def __len__(self):
        return len(self._outcomes)

    def take(self) -> list[Outcome]:
        """What is known since the last time."""
        taken, self._outcomes = self._outcomes, []
        return taken

    def is_troubled(self, route: Route) -> bool:
        """Whether the server of a route refuses us."""
        return bool(self.troubled) and route.key in self.troubled

    def judge(self, route: Route, letter: Letter, stage: Stage, reply: SmtpReply | None, counts: bool = True) -> bool:
        """Settle a letter that was begun; returns False where it has to go again.

        :param counts: whether it is this letter's own try that failed
        """
        verdict = judge(stage, reply)
        reason = _refusal(route.sender, reply) if verdict is Verdict.SERVER_TROUBLE else None
        outcome = Outcome(letter.trace_id, verdict, stage, reply, reason)
        if verdict is Verdict.AGAIN:
            return self._again(outcome, counts)
        if verdict is not Verdict.IN_DOUBT and self._breaks:
            self._breaks.pop(route.key, None)
        if verdict is Verdict.SERVER_TROUBLE:
            self.troubled[route.key] = outcome
        self._settle(outcome)
        self._note(outcome)
        return True

    def count_break(self, route: Route, reply: SmtpReply | None) -> None:
        """A new connection broke before it had an answer for any letter."""
        breaks = self._breaks[route.key] = self._breaks.get(route.key, 0) + 1
        if breaks >= BREAKS_IN_A_ROW and route.key not in self.troubled:
            reason = _("The mail server broke %(times)d connections one after the other.", times=breaks)
            if reply:
                reason = _("%(problem)s It says: %(words)s", problem=reason, words=str(reply))
            self.troubled[route.key] = Outcome(0, Verdict.SERVER_TROUBLE, Stage.CONNECT, reply, reason)

    def _note(self, outcome: Outcome) -> None:
        try:
            self._journal.answered(outcome)
        except OSError:  # a full disk; at worst a crash makes this one doubtful
            _logger.warning("The journal cannot be written", exc_info=True)

    def _again(self, outcome: Outcome, counts: bool) -> bool:
        tries = self._tries.get(outcome.trace_id, 0) + counts
        self._tries[outcome.trace_id] = tries
        self._note(outcome)
        if tries < TRIES:
            return False
        reason = _("The connection with the mail server broke %(times)d times.", times=TRIES)
        self._settle(Outcome(outcome.trace_id, Verdict.DEFERRED, outcome.stage, outcome.reply, reason))
        return True

    def keeps_breaking(self, route: Route, letter: Letter) -> bool:
        """Count a connection that broke before this letter could begin; whether that settles it."""
        return self.judge(route, letter, Stage.MAIL, None)

    def silence(self, letter: Letter, stage: Stage) -> None:
        """A letter whose server does not answer, and for which nobody waits any longer; the next would fare no better.

        The reason comes along also where it is in doubt: that one is enough.
        """
        verdict = Verdict.IN_DOUBT if stage is Stage.DOT else Verdict.SERVER_TROUBLE
        outcome = Outcome(letter.trace_id, verdict, stage, reason=_("The mail server does not answer."))
        self._settle(outcome)
        self._note(outcome)

    def fail(self, letter: Letter, error: Exception) -> None:
        """A letter that cannot be made or carried."""
        if isinstance(error, NotNow):
            self._settle(Outcome(letter.trace_id, Verdict.UNTOUCHED))
        elif isinstance(error, CannotCarry):
            self._settle(Outcome(letter.trace_id, Verdict.FAILED, error.stage, reason=error.reason))
        else:
            words = str(error) or type(error).__name__
            self._settle(Outcome(letter.trace_id, Verdict.FAILED, reason=_("%(error)s", error=words)))

    def nowhere(self, letters: Iterable[Letter]) -> None:
        """Letters where nothing goes out, in Odoo's own tests."""
        for letter in letters:
            self.waiting -= 1
            try:
                letter.make()
            except Exception as error:
                self.fail(letter, error)
            else:
                self._settle(Outcome(letter.trace_id, Verdict.SENT, Stage.DOT))

    def untouched(self, letters: Iterable[Letter]) -> None:
        """Letters of which nothing was sent, nor will be."""
        for letter in letters:
            self.waiting -= 1
            self._settle(Outcome(letter.trace_id, Verdict.UNTOUCHED))

    def no_way(self, route: Route, error: Exception) -> None:
        """No connection came about, nor will one soon."""
        reply, reason = explain(error)
        self.troubled[route.key] = Outcome(0, Verdict.SERVER_TROUBLE, Stage.CONNECT, reply, reason)

    def share_trouble(self, key: tuple, letters: Iterable[Letter]) -> None:
        """Letters whose server is in trouble."""
        trouble = self.troubled[key]
        for letter in letters:
            self.waiting -= 1
            self._settle(replace(trouble, trace_id=letter.trace_id))

    def _settle(self, outcome: Outcome) -> None:
        self.outstanding -= 1
        self._outcomes.append(outcome)


def _refusal(sender: str, reply: SmtpReply) -> Text:
    if reply.code in AUTHENTICATION_CODES:
        return _("The mail server wants us to log in. It says: %(words)s", words=str(reply))
    return _("The mail server does not let us send as %(sender)s. It says: %(words)s", sender=sender, words=str(reply))
