"""The addon as the package `bulk_mailing`, whose own `__init__` (Odoo's models) is not run."""

import sys
from pathlib import Path
from types import ModuleType

if "bulk_mailing" not in sys.modules:
    package = ModuleType("bulk_mailing")
    package.__path__ = [str(Path(__file__).resolve().parents[1])]
    sys.modules["bulk_mailing"] = package
