"""Finds Odoo 19: ODOO_PATH, an installed package, Debian's package beside the system, or a shallow clone."""

import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from . import system
from .built import build_once
from .debian import Downloads, unpack
from .paths import cache_folder, fingerprint
from .say import Problem, run, step
from .web_mends import FROM_OWN_SUITE, FROM_SID, mend

PACKAGE = "odoo-19"
REPOSITORY = "https://github.com/odoo/odoo"
# a third of the unpacking time and most of the size: templates of translations, languages but Dutch, accounting charts
LEFT_OUT = ("*.pot", "*/i18n/[a-mo-z]*.po", "*/i18n/n[!l]*.po", "*/addons/l10n_*")


@dataclass(frozen=True)
class OdooSource:
    """A folder to put on Python's path, its version, and the addons folders beside the `odoo` package."""

    folder: Path
    version: str

    @property
    def addons_paths(self) -> list[Path]:
        """Odoo's own addons folders."""
        return [path for path in (self.folder / "odoo" / "addons", self.folder / "addons") if path.is_dir()]


def find_odoo(node_modules: Path) -> OdooSource:
    """The first of the four places that has an Odoo 19."""
    if path := os.environ.get("ODOO_PATH"):
        return _existing(Path(path).expanduser().resolve())
    if installed := _installed():
        return installed
    if system.is_debian() and shutil.which("apt-get"):
        return _from_debian(node_modules)
    return _from_git()


def _existing(folder: Path) -> OdooSource:
    release = folder / "odoo" / "release.py"
    if not release.is_file():
        raise Problem(f"ODOO_PATH is {folder}, but there is no odoo/release.py in it")
    found = re.search(r"version_info = \((\d+), (\d+)", release.read_text())
    if not found or found[1] != "19":
        raise Problem(f"The Odoo in {folder} is not version 19")
    commit = system.output(["git", "-C", folder, "rev-parse", "--short", "HEAD"])
    return OdooSource(folder, f"{found[1]}.{found[2]} {commit}".strip())


def _installed() -> OdooSource | None:
    """An Odoo 19 that the system's Python can import, linked into a folder that holds nothing else."""
    code = "import importlib.util as u; print(u.find_spec('odoo.release').origin)"
    origin = system.output(["/usr/bin/python3", "-c", code], cwd="/")
    if not origin or "version_info = (19," not in Path(origin).read_text():
        return None
    package = Path(origin).parent

    def link(folder):
        (folder / "odoo").symlink_to(package)

    return _existing(build_once(cache_folder() / f"odoo-installed-{fingerprint(origin)}", link))


def _from_debian(node_modules: Path) -> OdooSource:
    recipe = fingerprint(PACKAGE, *LEFT_OUT, *FROM_SID, *FROM_OWN_SUITE)
    root = build_once(cache_folder() / f"odoo-{recipe}", lambda folder: _unpack(folder, node_modules))
    return OdooSource(root / "usr/lib/python3/dist-packages", (root / "VERSION").read_text())


def _unpack(root: Path, node_modules: Path) -> None:
    downloads = Downloads()
    with step("Debian: reading the package lists of sid (11 MB)"):
        downloads.update()
    with step(f"Odoo 19: downloading ({downloads.size_in_megabytes(PACKAGE)} MB)"):
        [deb] = downloads.download(f"{PACKAGE}/sid")
    with step("Odoo 19: unpacking (about 20 s, 380 MB)"):
        unpack(deb, root, "--wildcards", *(f"--exclude={pattern}" for pattern in LEFT_OUT))
    with step("Odoo 19: mending the web client"):
        mend(root, root / "usr/lib/python3/dist-packages/odoo", downloads, node_modules)
    (root / "VERSION").write_text(deb.name.split("_")[1])


def _from_git() -> OdooSource:
    def clone(folder):
        with step("Odoo 19: shallow clone of the 19.0 branch (several minutes, 1 GB)"):
            run(["git", "clone", "-q", "--depth=1", "--branch=19.0", REPOSITORY, folder], "odoo-clone")

    if not shutil.which("git"):
        raise Problem("git is missing, and Odoo 19 was not found. Install git, or set ODOO_PATH to an Odoo 19")
    return _existing(build_once(cache_folder() / "odoo-clone", clone))
