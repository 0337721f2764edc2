"""Reports in free text, one sample a system and more."""

import tomllib
from pathlib import Path

FILES = ("dialects.toml", "more_dialects.toml")

SAMPLES = [
    sample for name in FILES for sample in tomllib.loads(Path(__file__).with_name(name).read_text("utf-8"))["sample"]
]
