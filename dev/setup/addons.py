"""The addons folder that Odoo sees: the checkout as `bulk_mailing`, whatever its folder is called, and the glue."""

import ast
import os
from pathlib import Path

from .paths import CHECKOUT, cache_folder, checkout_key, fingerprint

NAME = "bulk_mailing"
# what does not change an installed database
OUTSIDE = {"dev", "docs", "tests", "tests_core", "node_modules", "__pycache__"}
SUFFIXES = {".py", ".xml", ".csv", ".js", ".scss", ".css", ".po", ".toml", ".sql", ".html", ".txt", ".svg", ".png"}


def addons_folder() -> Path:
    """A folder with links to this checkout's addons, and to nothing that is gone."""
    folder = cache_folder() / f"addons-{checkout_key()}"
    folder.mkdir(parents=True, exist_ok=True)
    wanted = {manifest.parent.name: manifest.parent for manifest in CHECKOUT.glob("glue/*/__manifest__.py")}
    wanted[NAME] = CHECKOUT
    for link in folder.iterdir():
        if link.name not in wanted:
            link.unlink()
    for name, target in wanted.items():
        if not (folder / name).is_symlink():
            (folder / name).symlink_to(target)
    return folder


def glue_addons() -> list[str]:
    """The optional addons of this checkout."""
    return sorted(manifest.parent.name for manifest in CHECKOUT.glob("glue/*/__manifest__.py"))


def manifest(name: str) -> dict:
    """What a glue addon says of itself."""
    return ast.literal_eval((CHECKOUT / "glue" / name / "__manifest__.py").read_text())


def addon_exists() -> bool:
    """Whether there is an addon to install yet."""
    return (CHECKOUT / "__manifest__.py").exists()


def addon_fingerprint() -> str:
    """Changes when a file changes that an installed database depends on."""
    parts = []
    for folder, subfolders, files in os.walk(CHECKOUT):
        subfolders[:] = sorted(name for name in subfolders if name not in OUTSIDE and not name.startswith("."))
        for name in sorted(files):
            path = Path(folder) / name
            if path.suffix in SUFFIXES:
                parts += [str(path.relative_to(CHECKOUT)), path.read_bytes()]
    return fingerprint(*parts)
