"""The domain that was probably meant: a large provider's, or one that is familiar here."""

import tomllib
from functools import lru_cache
from pathlib import Path

from .slips import one_slip

_DATA = tomllib.loads(Path(__file__).with_suffix(".toml").read_text())
PROVIDERS = frozenset(_DATA["providers"])
NOT_TYPOS = frozenset(_DATA["not_typos"])
WORDS = frozenset(_DATA["words"])
# a word of four letters is one slip away from too many others: live, line, life
SHORTEST_NAME = 5
SHORTEST_DOMAIN = 8


@lru_cache(10_000)  # a list has many addresses and few domains
def suggest(domain: str) -> str:
    """The large provider's domain that this one is a slip away from, or empty. Few false alarms come first."""
    domain = domain.lower()
    if domain in PROVIDERS or domain in NOT_TYPOS:
        return ""
    return _without_dot(domain) or _of_provider(_with_real_ending(domain)) or _mended_ending(domain)


@lru_cache(128)  # each of a million addresses at one dead domain would be compared with all of them
def suggest_familiar(domain: str, familiar: tuple[str, ...] = ()) -> str:
    """For a domain that does not exist: the first of these, or of the providers, that it is a slip away from."""
    known = (meant for meant in (*familiar, *sorted(PROVIDERS)) if len(meant) >= SHORTEST_DOMAIN)
    return next((meant for meant in known if one_slip(domain, meant)), "")


def _without_dot(domain: str) -> str:
    """`gmailcom`, `gmail`."""
    if "." in domain:
        return ""
    if domain in _DATA["only"]:
        return f"{domain}.{_DATA['only'][domain]}"
    return next((meant for meant in PROVIDERS if meant.replace(".", "") == domain), "")


def _with_real_ending(domain: str) -> str:
    name, _dot, ending = domain.rpartition(".")
    return f"{name}.{_DATA['endings'].get(ending, ending)}"


def _mended_ending(domain: str) -> str:
    mended = _with_real_ending(domain)
    return mended if "." in domain and mended != domain else ""


def _of_provider(domain: str) -> str:
    """`gmial.com`, `gmail.co`, `hotmail.cm`."""
    if domain in PROVIDERS:
        return domain
    name, _dot, ending = domain.partition(".")
    name = _name_meant(name, ending)
    if name in _DATA["only"] and "." not in ending:  # gmail.example.com is somebody's own
        return f"{name}.{_DATA['only'][name]}"
    meant = f"{name}.{ending}"
    return meant if meant in PROVIDERS else _ending_meant(name, ending)


def _name_meant(name: str, ending: str) -> str:
    """The provider's name that was meant, or the name as it is."""
    if name in _DATA["names"]:
        return _DATA["names"][name]
    known = {meant.partition(".")[0] for meant in PROVIDERS if meant.partition(".")[2] == ending}
    long = sorted(meant for meant in known - WORDS if len(meant) >= SHORTEST_NAME)
    return next((meant for meant in long if one_slip(name, meant)), name)


def _ending_meant(name: str, ending: str) -> str:
    """A provider's own name with a slip in its ending: `.co` and `.cm` exist, but not there.

    Two letters are another country's: hotmail.dk is no slip of hotmail.de.
    """
    endings = sorted(meant.partition(".")[2] for meant in PROVIDERS if meant.startswith(f"{name}."))
    found = (meant for meant in endings if len(meant) > 2 and one_slip(ending, meant))
    return next((f"{name}.{meant}" for meant in found if len(name) >= SHORTEST_NAME), "")
