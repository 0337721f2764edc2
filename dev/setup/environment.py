"""Everything that is needed to run Odoo with this addon, ready to use.

with environment.prepared() as env:
    database = env.database_copy("demo")        # a copy of the template with the addon installed
    env.run_odoo("shell", "-d", database, input="print(env.user.name)")
    env.drop_database(database)
"""

import os
import socket
import subprocess
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from . import addons, postgres, templates
from .built import forget_unused, lock
from .odoo_source import OdooSource, find_odoo
from .paths import CHECKOUT, cache_folder, fingerprint, forget_old_logs
from .sql import execute
from .venv import addons_in, node_tools, node_variables, python_packages

LAUNCHER = CHECKOUT / "dev" / "launch" / "odoo-bin"


@dataclass(frozen=True)
class Environment:
    """Odoo, its Python, its database server and its configuration."""

    odoo: OdooSource
    venv: Path
    node: Path
    server: dict[str, str]
    configuration: Path

    @property
    def python(self) -> Path:
        """The Python with all packages."""
        return self.venv / "bin" / "python"

    @property
    def data_folder(self) -> Path:
        """Odoo's data folder; `filestore/<database>` is in it."""
        return cache_folder() / "data"

    @property
    def variables(self) -> dict[str, str]:
        """The process environment for Odoo, for its commands and for PostgreSQL's."""
        path = [str(self.odoo.folder), *filter(None, [os.environ.get("PYTHONPATH")])]
        own = {
            "ODOO_RC": str(self.configuration),
            "PYTHONPATH": os.pathsep.join(path),
            "PYTHONPYCACHEPREFIX": str(cache_folder() / "pycache"),  # nothing compiled is left in the checkout
            "PYTHONDONTWRITEBYTECODE": "",  # Odoo is large: not to keep what was compiled costs seconds at every start
            "BULK_MAILING_CORPORA": os.environ.get("BULK_MAILING_CORPORA", str(CHECKOUT.parent / "shared/corpora")),
        }
        return node_variables(self.venv) | self.server | own

    def odoo_command(self, *arguments) -> list[str]:
        """The command line of Odoo with these arguments; run it with `variables` as its environment."""
        return [str(self.python), str(LAUNCHER), *map(str, arguments)]

    def run_odoo(self, *arguments, **options) -> subprocess.CompletedProcess:
        """Run Odoo's command line and wait; options as for subprocess.run."""
        options.setdefault("check", True)
        variables = self.variables | options.pop("env", {})
        return subprocess.run(self.odoo_command(*arguments), env=variables, **options)

    def execute(self, *statements: str, database: str = "postgres") -> list[list]:
        """Run SQL statements, each in its own transaction; the rows of the last."""
        return execute(self.venv, self.server, *statements, database=database)

    def database_copy(self, name: str, template: str = "addon") -> str:
        """Make the database `name` (replacing it) as a copy of a template, building that when it is out of date.

        Templates: `base` (Odoo's modules only), `addon` (with Bulk Mailing), `web` (that, with the web client's
        bundles made, for browsers), `glue` (with Website, Live Chat, Project ... and our small addons for them),
        `upstream` (Odoo's own test modules with our addon).
        """
        with lock("templates"):
            source = templates.ensure(self, template)
            templates.copy_database(self, source, name)
        return name

    @contextmanager
    def temporary_database(self, prefix: str, template: str = "addon"):
        """A copy of a template for as long as the block runs."""
        templates.drop_left_behind(self, prefix)
        name = self.database_copy(f"{prefix}_{os.getpid()}", template)
        try:
            yield name
        finally:
            self.drop_database(name)

    def drop_database(self, name: str) -> None:
        """Drop a database with its files, whoever is connected."""
        templates.drop_database(self, name)


@contextmanager
def prepared():
    """The environment, set up where something is missing; the second time that takes about a second."""
    with lock():
        environment = _prepare()
        forget_old_logs()
        forget_unused()
    yield environment


def free_port() -> int:
    """A port on the loopback interface that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _prepare() -> Environment:
    venv = python_packages()
    node = node_tools(venv)
    odoo = find_odoo(node / "node_modules")
    server = postgres.server_variables(venv)
    return Environment(odoo, venv, node, server, _configuration(odoo, venv, server))


def _configuration(odoo: OdooSource, venv: Path, server: dict[str, str]) -> Path:
    """The file that ODOO_RC names; Odoo finds the addon and its commands through it."""
    paths = [addons.addons_folder(), *odoo.addons_paths, *filter(None, [addons_in(venv)])]
    settings = {
        "addons_path": ",".join(map(str, paths)),
        "data_dir": cache_folder() / "data",
        "http_interface": "127.0.0.1",
        "list_db": True,
        "db_host": server.get("PGHOST"),
        "db_port": server.get("PGPORT"),
        "db_user": server.get("PGUSER"),
    }
    lines = [f"{name} = {value}" for name, value in settings.items() if value is not None]
    text = "\n".join(["[options]", *lines, ""])
    path = cache_folder() / f"odoo-{fingerprint(text)}.conf"  # another run may use another Odoo or server
    if not path.exists():
        path.write_text(text)
    (cache_folder() / "data").mkdir(exist_ok=True)
    return path
