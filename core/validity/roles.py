"""Addresses of a department or a robot."""

import tomllib
from pathlib import Path

NAMES = frozenset(tomllib.loads(Path(__file__).with_suffix(".toml").read_text())["names"])


def is_role(local_part: str) -> bool:
    """Whether several people read it, or nobody: `info`, `noreply`, `sales+autumn`."""
    return local_part.lower().partition("+")[0] in NAMES
