"""`make stop` and `make clean-cache`: end the private PostgreSQL, and delete what was built."""

import shutil
import sys

from .setup import postgres
from .setup.built import lock
from .setup.paths import cache_folder
from .setup.say import note, problems_told


def main(arguments: list[str]) -> None:
    """Stop the server; with --delete-cache delete the cache folder as well."""
    if not (cache_folder() / "CACHEDIR.TAG").exists():
        note(f"Nothing was built yet in {cache_folder()}")
        return
    with lock():
        note("PostgreSQL stopped" if postgres.stop() else "PostgreSQL was not running")
    if "--delete-cache" in arguments:
        shutil.rmtree(cache_folder())
        note(f"Deleted {cache_folder()}")


if __name__ == "__main__":
    with problems_told():
        main(sys.argv[1:])
