"""The journal: what is known after a lane's death."""

import multiprocessing
import os
import signal

import pytest
from bulk_mailing.adapters import journal as journals
from bulk_mailing.adapters.journal import Journal, orphans
from bulk_mailing.adapters.smtp import Outcome
from bulk_mailing.core.replies import SmtpReply, Stage, Verdict
from bulk_mailing.core.text import Text

SENT = Outcome(1, Verdict.SENT, Stage.DOT, SmtpReply(250, "2.0.0", "OK queued as 7 é"))
REFUSED = Outcome(2, Verdict.FAILED, Stage.RCPT, SmtpReply(550, "5.1.1", "unknown"))
TROUBLE = Outcome(
    3,
    Verdict.SERVER_TROUBLE,
    Stage.MAIL,
    reason=Text("No: %(why)s", {"why": Text("because of %(count)d", {"count": 3})}),
)


def replayed(folder):
    """The one orphan in a folder."""
    [orphan] = orphans(folder)
    return orphan


@pytest.mark.parametrize("outcome", [SENT, REFUSED, TROUBLE])
def test_answers_come_back(tmp_path, outcome):
    """What was answered is told again, words and all."""
    journal = Journal(tmp_path, "lane")
    journal.handing_over(outcome.trace_id)
    journal.answered(outcome)
    journal.leave()
    told = replayed(tmp_path).outcome(outcome.trace_id)
    assert (told.verdict, told.stage, told.reply) == (outcome.verdict, outcome.stage, outcome.reply)
    assert str(told.reason) == str(outcome.reason)


def test_handed_over_without_answer(tmp_path):
    """Between the final dot and its answer nobody knows."""
    journal = Journal(tmp_path, "lane")
    journal.handing_over(5)
    journal.leave()
    assert replayed(tmp_path).outcome(5).verdict is Verdict.IN_DOUBT


def test_not_begun(tmp_path):
    """What was claimed and has no mark was not handed over."""
    Journal(tmp_path, "lane").leave()
    assert replayed(tmp_path).outcome(5).verdict is Verdict.UNTOUCHED


def test_the_last_mark_counts(tmp_path):
    """A message that was refused at the dot and handed over once more is in doubt again."""
    journal = Journal(tmp_path, "lane")
    journal.handing_over(5)
    journal.answered(Outcome(5, Verdict.AGAIN, Stage.DOT))
    journal.handing_over(5)
    journal.leave()
    assert replayed(tmp_path).outcome(5).verdict is Verdict.IN_DOUBT


def test_a_line_cut_by_death(tmp_path):
    """A mark without its end was never followed by a dot."""
    journal = Journal(tmp_path, "lane")
    journal.handing_over(4)
    journal.leave()
    with (tmp_path / "lane.journal").open("ab") as file:
        file.write(b"55")
    orphan = replayed(tmp_path)
    assert orphan.outcome(4).verdict is Verdict.IN_DOUBT
    assert orphan.outcome(55).verdict is Verdict.UNTOUCHED


def test_a_living_lane_is_left_alone(tmp_path):
    """Nobody replays the journal of a lane at work."""
    journal = Journal(tmp_path, "lane")
    assert not list(orphans(tmp_path))
    journal.close()
    assert not list(tmp_path.iterdir())


def test_one_replay(tmp_path):
    """Two lanes that start together do not both replay a journal; a replay that failed is tried again."""
    Journal(tmp_path, "lane").leave()
    orphan = replayed(tmp_path)
    assert not list(orphans(tmp_path))
    orphan.leave()
    replayed(tmp_path).close()
    assert not list(tmp_path.iterdir())


def _work_and_die(folder):
    journal = Journal(folder, "lane")
    journal.handing_over(1)
    journal.answered(SENT)
    journal.handing_over(2)
    os.kill(os.getpid(), signal.SIGKILL)


def test_kill(tmp_path):
    """All marks outlive a kill -9."""
    process = multiprocessing.get_context("fork").Process(target=_work_and_die, args=[tmp_path])
    process.start()
    process.join()
    orphan = replayed(tmp_path)
    assert [orphan.outcome(number).verdict for number in (1, 2, 3)] == [
        Verdict.SENT,
        Verdict.IN_DOUBT,
        Verdict.UNTOUCHED,
    ]


@pytest.mark.parametrize("answer", [OSError("No space left on device"), 1])
def test_disk_full(tmp_path, monkeypatch, answer):
    """A journal that cannot be written goes away: with gaps in it, mails would be sent twice."""

    def write(_file, _line):
        if isinstance(answer, OSError):
            raise answer
        return answer

    journal = Journal(tmp_path, "lane")
    journal.handing_over(1)
    monkeypatch.setattr(journals.os, "write", write)
    journal.handing_over(2)
    monkeypatch.undo()
    journal.handing_over(3)
    assert not list(tmp_path.iterdir())


def after_a_reset(folder, monkeypatch, content=None):
    """The orphan as another boot of the machine finds it."""
    if content is not None:
        (folder / "lane.journal").write_bytes(content)
    boot = folder / "boot_id"
    boot.write_bytes(b"another-boot\n")
    monkeypatch.setattr(journals, "BOOT_ID", boot)
    assert not list(orphans(folder))  # it may be another host's, whose lock does not reach here
    os.utime(folder / "lane.journal", (0, 0))
    return replayed(folder)


@pytest.mark.parametrize(
    "line", [b"\0\0\0\n", b"12=[\n", b"12?\n", b"\xff\n", b'12=["no verdict", "dot", null, null]\n']
)
def test_damaged_line(tmp_path, line):
    """A line that cannot be read takes away no other, and leaves in doubt what has no mark."""
    journal = Journal(tmp_path, "lane")
    journal.answered(SENT)
    journal.leave()
    with (tmp_path / "lane.journal").open("ab") as file:
        file.write(line)
    orphan = replayed(tmp_path)
    assert [orphan.outcome(number).verdict for number in (1, 5)] == [Verdict.SENT, Verdict.IN_DOUBT]


def test_loss_of_power(tmp_path, monkeypatch):
    """What the disk had is good; what has no mark may have had one."""
    journal = Journal(tmp_path, "lane")
    journal.answered(SENT)
    journal.leave()
    orphan = after_a_reset(tmp_path, monkeypatch)
    assert [orphan.outcome(number).verdict for number in (1, 2)] == [Verdict.SENT, Verdict.IN_DOUBT]


@pytest.mark.parametrize("content", [b"", bytes(4096), b"8f\n12+\n7=\n{\n"])
def test_journal_spoilt_by_a_loss_of_power(tmp_path, monkeypatch, content):
    """An empty or spoilt file says nothing, so that all is in doubt."""
    Journal(tmp_path, "lane").leave()
    assert after_a_reset(tmp_path, monkeypatch, content).outcome(5).verdict is Verdict.IN_DOUBT
