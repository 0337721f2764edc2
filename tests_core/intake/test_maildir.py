"""Emptying a Maildir: each mail once, and none is lost whatever becomes of it."""

import os
import signal
from contextlib import contextmanager
from pathlib import Path

import pytest
from bulk_mailing.adapters.intake import Fate, Maildir, NoMaildir, maildir
from bulk_mailing.adapters.intake.maildir import ASIDE

NOBODY = 65534
KINDS = ["link", "pipe", "folder"]


@pytest.fixture
def folder(tmp_path):
    for name in ("new", "cur", "tmp"):
        (tmp_path / name).mkdir()
    (tmp_path / "new" / "1.host").write_bytes(b"one")
    (tmp_path / "new" / "2.host").write_bytes(b"two")
    (tmp_path / "cur" / "3.host:2,S").write_bytes(b"three")
    (tmp_path / "tmp" / "4.host").write_bytes(b"not whole yet")
    return tmp_path


@pytest.fixture
def delivered():
    return []


@pytest.fixture
def empty(folder, delivered):
    """Empties the folder; each mail has the fate that `fates` says, else it is taken."""

    def run(is_stopped=lambda: False, **fates):
        def deliver(raw):
            delivered.append(raw)
            return fates.get(raw.decode(), Fate.TAKEN)

        return Maildir(folder).empty(deliver, is_stopped)

    return run


def names(folder):
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


@contextmanager
def ordinary_user(folder):
    """Be who owns a folder, in it: root, as whom tests may run, can read and write everything."""
    before, is_root = os.getcwd(), not os.getuid()
    os.chdir(folder)  # to what is above it, root alone has a way
    try:
        if is_root:
            for path in (folder, *folder.rglob("*")):
                os.chown(path, NOBODY, NOBODY)
            os.setresuid(NOBODY, NOBODY, 0)
        yield
    finally:
        if is_root:
            os.setresuid(0, 0, 0)
        os.chdir(before)


def test_each_mail_once(folder, empty, delivered):
    assert empty()
    assert sorted(delivered) == [b"one", b"three", b"two"]
    assert names(folder) == ["4.host"]
    assert empty()
    assert len(delivered) == 3


def test_refused_is_put_aside(folder, empty, delivered):
    assert empty(two=Fate.REFUSED)
    assert (folder / ASIDE / "new" / "2.host").read_bytes() == b"two"
    assert empty()
    assert len(delivered) == 3


def test_not_yet_stays(folder, empty):
    """It holds up no other, and is taken when its time has come."""
    assert empty(two=Fate.NOT_YET)
    assert names(folder) == ["2.host", "4.host"]
    assert empty()
    assert names(folder) == ["4.host"]


def test_not_yet_is_asked_once(folder, delivered):
    """What waits for a dead lane is not handed over again and again while others arrive, wherever it is moved."""

    def deliver(raw):
        delivered.append(raw)
        if raw != b"two":
            return Fate.TAKEN
        if delivered.count(b"two") == 1:
            (folder / "new" / "2.host").rename(folder / "cur" / "2.host:2,S")
            (folder / "new" / "5.host").write_bytes(b"five")
        return Fate.NOT_YET

    mails = Maildir(folder)
    assert mails.empty(deliver, lambda: False)
    assert sorted(delivered) == [b"five", b"one", b"three", b"two"]
    assert mails.empty(deliver, lambda: False)
    assert delivered.count(b"two") == 2


def test_later_stays(folder, empty, delivered):
    """Nothing else is tried while the database is away."""
    assert not empty(one=Fate.LATER, two=Fate.LATER, three=Fate.LATER)
    assert len(delivered) == 1
    assert names(folder) == ["1.host", "2.host", "3.host:2,S", "4.host"]


def test_told_to_stop(folder, empty, delivered):
    assert not empty(is_stopped=lambda: len(delivered) == 1)
    assert len(names(folder)) == 3


def test_fault_of_ours(folder):
    """What could not be delivered is still there."""

    def deliver(_raw):
        raise RuntimeError

    with pytest.raises(RuntimeError):
        Maildir(folder).empty(deliver, lambda: False)
    assert len(names(folder)) == 4


def test_somebody_else_takes_one(folder, delivered):
    """A mail program that moves a mail in between does not end the work."""

    def deliver(raw):
        delivered.append(raw)
        for path in (*(folder / "new").iterdir(), *(folder / "cur").iterdir()):
            path.unlink()
        return Fate.TAKEN

    assert Maildir(folder).empty(deliver, lambda: False)
    assert len(delivered) == 1


def test_two_at_the_same(folder, delivered):
    """A mail that somebody else is at is left to them, whatever becomes of it; the others are ours."""

    def deliver(raw):
        delivered.append(raw)
        if len(delivered) == 1:
            assert Maildir(folder).empty(deliver, lambda: False)
        return Fate.REFUSED if raw == b"two" else Fate.TAKEN

    assert Maildir(folder).empty(deliver, lambda: False)
    assert sorted(delivered) == [b"one", b"three", b"two"]
    assert names(folder) == ["2.host", "4.host"]


def test_moved_while_it_is_refused(folder):
    """A mail program that moves what is refused does not end the work; what it has moved is refused there."""

    def deliver(_raw):
        for path in (folder / "new").iterdir():
            path.rename(folder / "cur" / f"{path.name}:2,")
        return Fate.REFUSED

    assert Maildir(folder).empty(deliver, lambda: False)
    assert len(list((folder / ASIDE / "new").iterdir())) == 3


@pytest.mark.parametrize("unreadable", ["1.host", "2.host"])
def test_unreadable(folder, delivered, caplog, unreadable):
    """A mail that was delivered for another user alone stays; it holds up no other, and the log says what to do."""
    (folder / "new" / unreadable).chmod(0)
    (folder / "new" / "5.host").write_bytes(b"five")
    (folder / "new" / "5.host").chmod(0)
    with ordinary_user(folder):
        mails = Maildir(".")
        for _look in range(2):
            assert mails.empty(lambda raw: delivered.append(raw) or Fate.TAKEN, lambda: False)
    assert len(delivered) == 2
    assert names(folder / "new") == [unreadable, "5.host"]
    [warning] = caplog.messages
    assert "cannot be read (Permission denied)" in warning
    assert "let the mail server deliver as the user of this command" in warning


def test_no_mails(folder, delivered):
    """Folders, pipes and links between the mails hold up nothing, and stay."""
    new = folder / "new"
    (new / "folder").mkdir()
    os.mkfifo(new / "pipe")
    (new / "nowhere").symlink_to(folder / "missing")
    (new / "circle").symlink_to(new / "circle")
    (new / "elsewhere").symlink_to(folder / "tmp" / "4.host")
    assert Maildir(folder).empty(lambda raw: delivered.append(raw) or Fate.TAKEN, lambda: False)
    assert sorted(delivered) == [b"one", b"three", b"two"]
    assert sorted(os.listdir(new)) == ["circle", "elsewhere", "folder", "nowhere", "pipe"]


@pytest.fixture
def broken_off():
    """What waits for somebody who writes would wait for ever."""
    before = signal.signal(signal.SIGALRM, lambda *_: pytest.fail("hangs"))
    signal.alarm(30)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.mark.usefixtures("broken_off")
@pytest.mark.parametrize("make", [lambda path: path.symlink_to("../tmp/4.host"), os.mkfifo, Path.mkdir], ids=KINDS)
def test_becomes_no_mail(folder, delivered, caplog, make):
    """Who swaps a mail that we have seen for a link gets no other file into Odoo; and for a pipe, stops nothing."""

    def deliver(raw):
        delivered.append(raw)
        for path in (folder / "new").iterdir():
            if len(delivered) == 1 and path.read_bytes() != raw:
                path.unlink()
                make(path)
        return Fate.TAKEN

    assert Maildir(folder).empty(deliver, lambda: False)
    assert len(delivered) == 2
    assert b"not whole yet" not in delivered
    assert len(os.listdir(folder / "new")) == 1
    assert not caplog.messages


@pytest.mark.parametrize("fate", [Fate.NOT_YET, None])
def test_many_that_stay(folder, delivered, fate):
    """However many have to wait, or cannot be read, those behind them are taken."""
    for number in range(2000):
        mail = folder / "new" / f"{number}.first"
        mail.write_bytes(b"early")
        mail.chmod(0o600 if fate else 0)

    def deliver(raw):
        delivered.append(raw)
        return fate if raw == b"early" else Fate.TAKEN

    with ordinary_user(folder):
        assert Maildir(".").empty(deliver, lambda: False)
    assert {b"one", b"two", b"three"} <= set(delivered)


def test_too_large(empty, delivered, monkeypatch):
    """No more of it is read than shows that; a mail of just that size is whole."""
    monkeypatch.setattr(maildir, "LARGEST_BYTES", 3)
    assert empty()
    assert sorted(delivered) == [b"one", b"thre", b"two"]


@pytest.mark.parametrize("missing", ["new", "cur"])
def test_no_maildir(tmp_path, missing):
    (tmp_path / ({"new", "cur"} - {missing}).pop()).mkdir()
    with pytest.raises(NoMaildir, match=f"is no Maildir that can be emptied: look at its folder “{missing}”"):
        Maildir(tmp_path)


@pytest.mark.parametrize("given, wanted", [(".", 0o500), ("new", 0o300), (ASIDE, 0o500), (f"{ASIDE}/new", 0o500)])
def test_not_ours(folder, given, wanted):
    """Said at the start, and not at the first mail that is refused."""
    for name in ("new", "cur", "tmp") if given.endswith("new") else ():
        (folder / ASIDE / name).mkdir(parents=True)
    (folder / given).mkdir(exist_ok=True)
    (folder / given).chmod(wanted)
    with ordinary_user(folder), pytest.raises(NoMaildir, match="look at its folder “new”|Nothing can be put aside"):
        Maildir(".")


def test_no_trace_elsewhere(tmp_path):
    """Nothing is made in a folder that is no Maildir."""
    with pytest.raises(NoMaildir):
        Maildir(tmp_path)
    assert not list(tmp_path.iterdir())
