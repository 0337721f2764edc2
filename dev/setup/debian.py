"""Debian packages downloaded and unpacked beside the system: own lists, own cache, nothing installed."""

import re
import subprocess
from pathlib import Path

from .paths import cache_folder
from .say import Problem, run
from .system import output, release

KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg"


class Downloads:
    """A private apt that knows sid and this machine's own release, through the machine's own mirror."""

    def __init__(self):
        self.folder = cache_folder() / "apt"
        self.own_suite = release().get("VERSION_CODENAME", "stable")

    def update(self) -> None:
        """Read the package lists; their signatures are verified."""
        for name in ("parts", "lists/partial", "cache/archives/partial", "debs"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        suites = dict.fromkeys(["sid", self.own_suite])
        source = {
            "Types": "deb",
            "URIs": mirror(self.folder / "lists"),
            "Suites": " ".join(suites),
            "Components": "main",
            "Signed-By": KEYRING,
        }
        lines = [f"{name}: {value}\n" for name, value in source.items()]
        (self.folder / "parts" / "debian.sources").write_text("".join(lines))
        run(["apt-get", *self._options(), "-q", "update"], "apt-private-update")

    def version(self, package: str) -> str:
        """The version that `download` would bring."""
        shown = output(["apt-cache", *self._options(), "show", f"{package}/sid"])
        return next((line.split()[1] for line in shown.splitlines() if line.startswith("Version:")), "")

    def size_in_megabytes(self, package: str) -> int:
        """How much there is to download."""
        shown = output(["apt-cache", *self._options(), "show", f"{package}/sid"])
        sizes = [int(line.split()[1]) for line in shown.splitlines() if line.startswith("Size:")]
        return round(sizes[0] / 1e6) if sizes else 0

    def download(self, *packages: str) -> list[Path]:
        """The files of the packages (`name/suite`), downloaded unless they are there."""
        debs = self.folder / "debs"
        run(["apt-get", *self._options(), "-q", "download", *packages], "apt-download", cwd=debs)
        return [newest(debs, package.partition("/")[0]) for package in packages]

    def _options(self) -> list[str]:
        settings = {
            "Dir::Etc::SourceList": "/dev/null",
            "Dir::Etc::SourceParts": self.folder / "parts",
            "Dir::State::Lists": self.folder / "lists",
            "Dir::State::status": "/dev/null",
            "Dir::Cache": self.folder / "cache",
            "APT::Sandbox::User": "root",
            "Acquire::Languages": "none",
            "Acquire::IndexTargets::deb::Contents-deb::DefaultEnabled": "false",
            "Debug::NoLocking": "1",
        }
        return [part for name, value in settings.items() for part in ("-o", f"{name}={value}")]


def mirror(lists: Path) -> str:
    """The mirror that this machine takes Debian from, known also before its first `apt-get update`."""
    options = ["-o", f"Dir::State::Lists={lists}", "-o", "Debug::NoLocking=1"]
    addresses = output(["apt-get", *options, "update", "--print-uris"])
    suites = "|".join({"stable", "testing", "unstable", "sid", release().get("VERSION_CODENAME", "stable")})
    found = re.search(rf"^'(\S+)/dists/(?:{suites})/InRelease'", addresses, re.MULTILINE)
    if not found:
        raise Problem("apt knows no Debian mirror here (see /etc/apt). Add one, or set ODOO_PATH to an Odoo 19.")
    return found[1]


def newest(folder: Path, package: str) -> Path:
    """The latest downloaded file of a package."""
    return max(folder.glob(f"{package}_*.deb"), key=lambda path: path.stat().st_mtime)


def unpack(deb: Path, folder: Path, *tar_options: str) -> None:
    """Unpack a package into a folder, all of it or what tar's options leave."""
    reader = subprocess.Popen(["dpkg-deb", "--fsys-tarfile", deb], stdout=subprocess.PIPE)
    run(["tar", "-x", "--no-same-owner", "-C", folder, *tar_options], "unpack", stdin=reader.stdout)
    reader.stdout.close()
    if reader.wait():
        raise Problem(f"{deb} is damaged; delete it and run again")
