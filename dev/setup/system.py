"""Debian packages of the machine itself: root installs them, anybody else is told the one line."""

import functools
import os
import subprocess
from contextlib import contextmanager
from pathlib import Path

from .paths import is_root
from .say import Problem, run, step

POLICY = Path("/usr/sbin/policy-rc.d")
CLUSTER_SETTINGS = Path("/etc/postgresql-common/createcluster.conf")


def install(*packages: str) -> None:
    """Install Debian packages without starting any service; an ordinary user gets the line to run."""
    names = " ".join(packages)
    if not is_root():
        raise Problem(f"{names} is missing. Install it with: sudo apt-get install {names}")
    with step(f"Debian: installing {names}"), nothing_starts():
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        update_lists()
        # a mail server, say, would take the place of the machine's own
        command = ["apt-get", "install", "-y", "-q", "--no-install-recommends", "--no-remove"]
        run([*command, "-o", "Dpkg::Options::=--force-confold", *packages], "apt-install", env=environment)


@functools.cache
def update_lists() -> None:
    """Read the package lists, once a run."""
    run(["apt-get", "update", "-q"], "apt-update")


@contextmanager
def nothing_starts():
    """Keep what is being installed from starting servers of its own, now and at the next boot."""
    if not CLUSTER_SETTINGS.exists() and not Path("/usr/share/postgresql-common").exists():
        CLUSTER_SETTINGS.parent.mkdir(parents=True, exist_ok=True)
        CLUSTER_SETTINGS.write_text(
            "# written by bulk_mailing's set-up: no server beside its private one\ncreate_main_cluster = false\n"
        )
    ours, before = not POLICY.exists(), starting_at_boot()
    if ours:
        POLICY.write_text("#!/bin/sh\nexit 101\n")
        POLICY.chmod(0o755)
    try:
        yield
    finally:
        if ours:
            POLICY.unlink()
        for name in sorted(starting_at_boot() - before):
            run(["update-rc.d", name, "disable"], "update-rc.d")


def starting_at_boot() -> set[str]:
    """The services that start with the machine; Debian's have a script, whatever starts them."""
    return {path.name[3:] for path in Path("/etc/rc3.d").glob("S*")}


def release() -> dict[str, str]:
    """What `/etc/os-release` says about this machine."""
    try:
        lines = Path("/etc/os-release").read_text().splitlines()
    except OSError:
        return {}
    return {key: value.strip('"') for key, _, value in (line.partition("=") for line in lines)}


def is_debian() -> bool:
    """Whether this is Debian itself, with its own mirrors."""
    return release().get("ID") == "debian"


def output(command, **options) -> str:
    """What a command prints, or nothing where it fails or is not there."""
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True, **options).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""
