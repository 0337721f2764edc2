"""Template databases: built once for what they depend on, then copied in a second for each use.

    base       Odoo's modules, two languages              changes with Odoo and its Python packages
      addon      + Bulk Mailing                           changes with the addon's files, too
        web        + the web client's bundles
      apps       + Website, Live Chat, Project ...
        glue       + Bulk Mailing, and with it our small addons for those apps
      suites     + Odoo's own test modules
        upstream   + Bulk Mailing on its classic engine

A template is made under another name and renamed when it is finished, so one that has its name is whole.
"""

import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from . import addons
from .paths import CHECKOUT, checkout_key, fingerprint
from .say import Problem, run, step
from .venv import ADDONS

SCRIPTS = CHECKOUT / "dev" / "in_shell"
KEPT = 3  # out-of-date templates of one kind: another run may still be copying from one


@dataclass(frozen=True)
class Template:
    """One level: what it is made from, and what is done to it."""

    name: str
    parent: str | None
    modules: tuple[str, ...] = ()
    script: str | None = None
    languages: str | None = None

    @property
    def has_addon(self) -> bool:
        """Whether it depends on the checkout's files."""
        return self.name not in ("base", "apps", "suites")


BASE = ("contacts", "crm", "mass_mailing", "mass_mailing_sms")
SUITES = ("test_mail", "test_mail_sms", "test_mass_mailing")
TEMPLATES = {
    template.name: template
    for template in (
        Template("base", None, BASE, script="base.py", languages="en_US,nl_NL"),
        Template("addon", "base", (addons.NAME,)),
        Template("web", "addon", script="web.py"),
        Template("glue", "apps", (addons.NAME,)),
        Template("suites", "base", SUITES),
        Template("upstream", "suites", (addons.NAME,), script="upstream.py"),
    )
}


def ensure(env, name: str) -> str:
    """The database of an up-to-date template, built if there is none; call it while holding the lock."""
    template = _template(name)
    database = _database_name(env, template)
    if not _exists(env, database):
        source = ensure(env, template.parent) if template.parent else None
        _build(env, template, source, database)
        _drop_old(env, template, database)
    return database


def copy_database(env, source: str, target: str) -> None:
    """Copy a database with its files, which share their bytes on disk: Odoo never writes into a file it has."""
    drop_database(env, target)
    env.execute(f'CREATE DATABASE "{target}" TEMPLATE "{source}"')
    files = _filestore(env, source)
    if files.is_dir():
        shutil.copytree(files, _filestore(env, target), copy_function=_link)


def drop_database(env, name: str) -> None:
    """Drop a database with its files, whoever is connected."""
    try:
        env.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    except Problem:
        # an autovacuum worker is in it, which is the superuser's: only a drop without force sends it away
        env.execute(f'DROP DATABASE IF EXISTS "{name}"')
    shutil.rmtree(_filestore(env, name), ignore_errors=True)


def drop_left_behind(env, prefix: str) -> None:
    """Drop the temporary databases of runs that were killed."""
    if "PGHOST" in os.environ:
        return  # perhaps another machine's runs
    for [name] in env.execute("SELECT datname FROM pg_database"):
        found = re.fullmatch(rf"{prefix}_(\d+)", name)
        if found and not Path(f"/proc/{found[1]}").exists():
            drop_database(env, name)


def _template(name: str) -> Template:
    if name == "apps":
        return Template("apps", "base", tuple(sorted(_apps_for_glue())))
    return TEMPLATES[name]


def _apps_for_glue() -> set[str]:
    """What the glue addons depend on, beside ours."""
    depends = set()
    for name in addons.glue_addons():
        depends.update(addons.manifest(name)["depends"])
    return depends - {addons.NAME}


def _build(env, template: Template, source: str | None, database: str) -> None:
    half_made = f"{database}_half"
    with step(f"Template database '{template.name}': {_what_is_done(template)}"):
        drop_database(env, half_made)
        if source:
            copy_database(env, source, half_made)
        if template.modules:
            _install(env, template, half_made)
        if template.script:
            _run_script(env, template.script, half_made)
        shutil.rmtree(_filestore(env, database), ignore_errors=True)
        if _filestore(env, half_made).is_dir():
            _filestore(env, half_made).rename(_filestore(env, database))
        env.execute(f'ALTER DATABASE "{half_made}" RENAME TO "{database}"')


def _what_is_done(template: Template) -> str:
    if template.modules:
        return f"installing {', '.join(template.modules)}" + (" (a minute or two)" if not template.parent else "")
    return "making the web client's bundles (up to a minute)"


def _install(env, template: Template, database: str) -> None:
    languages = [f"--load-language={template.languages}"] if template.languages else []
    command = env.odoo_command("-d", database, "-i", ",".join(template.modules), *languages, "--without-demo=all")
    run([*command, "--stop-after-init", "--no-http"], f"template-{template.name}", env=env.variables)


def _run_script(env, script: str, database: str) -> None:
    with (SCRIPTS / script).open() as source:
        command = env.odoo_command("shell", "-d", database, "--no-http")
        run(command, f"template-{script}", env=env.variables, stdin=source)


def _database_name(env, template: Template) -> str:
    """Names the template and everything it is made of."""
    parts = [env.odoo.version, ADDONS.read_text()]
    level = template
    while level:
        parts += [level.name, *level.modules, (SCRIPTS / level.script).read_text() if level.script else ""]
        level = _template(level.parent) if level.parent else None
    if template.has_addon:
        return f"{_prefix(template)}{fingerprint(*parts, addons.addon_fingerprint())}"
    return f"{_prefix(template)}{fingerprint(*parts)}"


def _prefix(template: Template) -> str:
    owner = f"{checkout_key()[:4]}_" if template.has_addon else ""
    return f"template_{template.name}_{owner}"


def _exists(env, database: str) -> bool:
    return bool(env.execute(f"SELECT 1 FROM pg_database WHERE datname = '{database}'"))


def _drop_old(env, template: Template, newest: str) -> None:
    """Drop the templates that the newest one replaces, but for the last few."""
    pattern = _prefix(template).replace("_", r"\_") + "%"
    rows = env.execute(f"SELECT datname FROM pg_database WHERE datname LIKE '{pattern}' ORDER BY oid DESC")
    for [name] in rows[KEPT:]:
        if name != newest:
            drop_database(env, name)


def _filestore(env, database: str) -> Path:
    return env.data_folder / "filestore" / database


def _link(source, target):
    try:
        Path(target).hardlink_to(source)
    except OSError:
        shutil.copy2(source, target)
