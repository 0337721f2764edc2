"""What Debian's Odoo package leaves out of the web client because other packages bring it, or because it is not free.

Unpacked without its dependencies the client answers 500 (no jquery), shows no icons and logs an error on every page.
The package's symbolic links are relative, so the missing packages are unpacked into the same root.
"""

import shutil
from pathlib import Path

from .debian import Downloads, unpack

FROM_SID = ("libjs-jquery", "libjs-jquery-form", "libjs-underscore", "fonts-montserrat")
# sid's Font Awesome is version 7 and leaves six links of Odoo's broken; Debian 12's is the 4.7 that Odoo uses
FROM_OWN_SUITE = ("fonts-font-awesome", "fonts-roboto-unhinted", "fonts-inconsolata", "fonts-ocr-b")
SELFIE = "selfie_segmentation"


def mend(root: Path, package: Path, downloads: Downloads, node_modules: Path) -> None:
    """Complete the web client of the Odoo package that was unpacked at `root`."""
    names = [f"{name}/sid" for name in FROM_SID] + [f"{name}/{downloads.own_suite}" for name in FROM_OWN_SUITE]
    for deb in downloads.download(*names):
        unpack(deb, root)
    target = package / "addons" / "mail" / "static" / "lib" / SELFIE
    shutil.copytree(node_modules / "@mediapipe" / SELFIE, target, dirs_exist_ok=True)
