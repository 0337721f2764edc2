"""What the set-up promises when it is interrupted, or when its server was killed."""

import os
import subprocess
import sys

import pytest

from dev.setup import postgres
from dev.setup.built import build_once, claim_cache_folder
from dev.setup.paths import fingerprint, socket_folder
from dev.setup.say import Problem


def test_built_once(tmp_path):
    """What is finished is not built again."""
    built = []
    for _ in range(2):
        build_once(tmp_path / "thing", lambda folder: built.append(folder))
    assert built == [tmp_path / "thing"]


def test_interrupted_build_starts_afresh(tmp_path):
    """Nothing of an interrupted build is left in the next one."""

    def interrupted(folder):
        (folder / "half").touch()
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build_once(tmp_path / "thing", interrupted)
    folder = build_once(tmp_path / "thing", lambda folder: (folder / "whole").touch())
    assert sorted(path.name for path in folder.iterdir()) == [".complete", "whole"]


def test_cache_folder_of_somebody_else(monkeypatch, tmp_path):
    """A folder that holds something else is never taken for the cache: `make clean-cache` would delete it."""
    monkeypatch.setenv("BULK_MAILING_CACHE", str(tmp_path))
    claim_cache_folder()
    claim_cache_folder()
    (tmp_path / "CACHEDIR.TAG").rename(tmp_path / "letters")
    with pytest.raises(Problem):
        claim_cache_folder()


def test_fingerprint_keeps_parts_apart():
    """Text that moves from one part to the next changes the fingerprint."""
    assert fingerprint("ab", "c") != fingerprint("a", "bc")


def test_socket_path_is_never_too_long(monkeypatch, tmp_path):
    """A deep cache folder does not stop PostgreSQL from listening."""
    monkeypatch.setenv("BULK_MAILING_CACHE", str(tmp_path / ("deep" * 30)))
    assert len(str(socket_folder() / ".s.PGSQL.5432.lock")) < 107


def test_mark_of_a_killed_server(tmp_path):
    """A process number that belongs to another program, or to none, is not the server's."""
    mark = tmp_path / "postmaster.pid"
    assert postgres._server_process(tmp_path) is None
    mark.write_text(f"{os.getpid()}\n")
    assert postgres._server_process(tmp_path) is None
    program = [sys.executable, "-c", "input(print('up', flush=True))", "postgres"]
    with subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as server:
        server.stdout.readline()  # before that /proc may still be empty
        mark.write_text(f"{server.pid}\n")
        assert postgres._server_process(tmp_path) == server.pid
        server.communicate(b"\n")
    assert postgres._server_process(tmp_path) is None
