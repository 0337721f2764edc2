"""A private PostgreSQL on a socket in the cache folder, left running between runs; or the one that PGHOST names."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from .paths import cache_folder, is_root, log_folder, socket_folder
from .postgres_programs import find_programs, major_version
from .say import Problem, step, tail
from .sql import execute

ROLE = "odoo"  # Odoo refuses to run as the superuser postgres
SUPERUSER = "postgres"
STOP_SECONDS = 60
SETTINGS = {
    "listen_addresses": "''",
    "unix_socket_permissions": "0700",  # whoever may open the socket is trusted; root always may
    "max_connections": "200",
    "shared_buffers": "'256MB'",
    "log_min_messages": "fatal",  # Odoo's tests provoke thousands of errors
}


@dataclass(frozen=True)
class Cluster:
    """The private server: its programs, its data and its socket."""

    programs: Path
    data: Path
    socket: Path

    @property
    def variables(self) -> dict[str, str]:
        """What libpq, and with it Odoo, needs to know."""
        return {"PGHOST": str(self.socket), "PGPORT": "5432", "PGUSER": ROLE}

    def command(self, program: str, *arguments) -> list[str]:
        """A program of PostgreSQL as the user who owns the cluster; it refuses to run as root."""
        as_owner = ["setpriv", f"--reuid={SUPERUSER}", f"--regid={SUPERUSER}", "--init-groups"] if is_root() else []
        return [*as_owner, str(self.programs / program), *map(str, arguments)]

    def is_running(self) -> bool:
        """Whether the server answers on its socket."""
        with socket.socket(socket.AF_UNIX) as client:
            return client.connect_ex(str(self.socket / ".s.PGSQL.5432")) == 0


def server_variables(venv: Path) -> dict[str, str]:
    """A running PostgreSQL, as libpq's variables."""
    if "PGHOST" in os.environ:
        return {}
    cluster = find_cluster(venv)
    if not cluster.is_running():
        create(cluster, venv)
        start(cluster)
    return cluster.variables


def find_cluster(venv: Path) -> Cluster:
    """The private cluster for the programs that are here."""
    programs = find_programs(venv)
    return Cluster(programs, cache_folder() / f"postgres-{major_version(programs)}", socket_folder())


def stop() -> bool:
    """Stop the private server; whether there was one."""
    numbers = [number for data in cache_folder().glob("postgres-*") if (number := _server_process(data))]
    for number in numbers:
        os.kill(number, signal.SIGINT)  # "fast": clients are cut off, data is safe
    deadline = time.monotonic() + STOP_SECONDS
    while any(Path(f"/proc/{number}").exists() for number in numbers):
        if time.monotonic() > deadline:
            raise Problem(f"PostgreSQL (process {numbers}) does not stop")
        time.sleep(0.1)
    return bool(numbers)


def stop_cluster(cluster: Cluster, mode: str) -> None:
    """Stop one server: `fast`, or `immediate` as in a crash."""
    _pg_ctl(cluster, "stop", f"--mode={mode}")


def create(cluster: Cluster, venv: Path) -> None:
    """Make the cluster and the role for Odoo, unless that was finished before."""
    finished = cluster.data / "bulk_mailing.conf"
    if finished.exists():
        return
    with step("PostgreSQL: making a private cluster"):
        shutil.rmtree(cluster.data, ignore_errors=True)
        _folder_of_owner(cluster.data)
        initdb = cluster.command("initdb", "-D", cluster.data, "-U", SUPERUSER, "-E", "UTF8", "--locale=C.UTF-8")
        _call([*initdb, "--auth=trust"])
        start(cluster)
        as_superuser = cluster.variables | {"PGUSER": SUPERUSER}
        execute(venv, as_superuser, f"CREATE ROLE {ROLE} LOGIN CREATEDB")
        stop_cluster(cluster, "fast")
        lines = [f"{name} = {value}\n" for name, value in SETTINGS.items()]
        with (cluster.data / "postgresql.conf").open("a") as settings:
            settings.write("include 'bulk_mailing.conf'\n")
        finished.write_text("".join(lines))
        shutil.chown(finished, cluster.data.owner())


def start(cluster: Cluster) -> None:
    """Start a cluster that was created."""
    _folder_of_owner(cluster.socket)
    _forget_dead_server(cluster)
    options = f"-c unix_socket_directories='{cluster.socket}' -c listen_addresses=''"
    _pg_ctl(cluster, "start", "-o", options, "-l", cluster.data / "server.log")
    if not cluster.is_running():
        raise Problem(f"PostgreSQL does not answer on {cluster.socket}")


def _server_process(data: Path) -> int | None:
    """The number of the server's process, where the marks of one are there and it lives."""
    mark = data / "postmaster.pid"
    if not mark.exists():
        return None
    number = mark.read_text().split("\n", 1)[0]
    command = Path(f"/proc/{number}/cmdline")
    return int(number) if command.exists() and b"postgres" in command.read_bytes() else None


def _forget_dead_server(cluster: Cluster) -> None:
    """Remove the marks of a server that was killed: its process number may belong to another program by now."""
    if _server_process(cluster.data) is None:
        (cluster.data / "postmaster.pid").unlink(missing_ok=True)
        for left in cluster.socket.glob(".s.PGSQL.5432*"):
            left.unlink()


def _folder_of_owner(folder: Path) -> None:
    """Make a folder that only the cluster's owner can enter."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    if is_root():
        account = pwd.getpwnam(SUPERUSER)
        os.chown(folder, account.pw_uid, account.pw_gid)
        _check_reachable(folder)


def _check_reachable(folder: Path) -> None:
    for parent in folder.parents:
        if not parent.stat().st_mode & 0o001:
            raise Problem(
                f"The user {SUPERUSER} cannot enter {parent}, and PostgreSQL does not run as root. "
                "Choose another cache folder with BULK_MAILING_CACHE."
            )


def _pg_ctl(cluster: Cluster, action: str, *arguments) -> None:
    _call(cluster.command("pg_ctl", action, "-D", cluster.data, "-w", "-t", "120", *arguments))


def _call(command: list[str]) -> None:
    # the server inherits what pg_ctl has open: a log file, never a pipe that somebody waits on
    path = log_folder() / "postgres.log"
    with path.open("ab") as output:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, cwd="/", check=False)
    if done.returncode:
        raise Problem(f"PostgreSQL: '{' '.join(command[-6:])}' failed. The end of {path}:\n{tail(path)}")
