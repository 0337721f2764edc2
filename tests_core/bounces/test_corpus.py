"""Real bounces of sixty mail systems (sisimai/set-of-emails): what is promised of them, and what must not sway it."""

import json
import os
import random
from pathlib import Path

import pytest
from bulk_mailing.core.bounces import Kind, Severity, classify
from bulk_mailing.core.bounces import letter as letters
from bulk_mailing.core.bounces.detectors import DETECTORS

DEFAULT = Path(__file__).parents[3] / "shared" / "corpora"
FOLDER = Path(os.environ.get("BULK_MAILING_CORPORA", DEFAULT)) / "bounces"
OTHER_KINDS = {"feedback": Kind.COMPLAINT, "vacation": Kind.AUTO_REPLY, "delivered": Kind.NOT_A_BOUNCE}

pytestmark = pytest.mark.skipif(
    not FOLDER.exists(), reason=f"the samples are not part of the repository: {FOLDER} is absent (BULK_MAILING_CORPORA)"
)


@pytest.fixture(scope="module")
def expected() -> dict:
    """What is known of each file."""
    return json.loads((FOLDER / "expected.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def reports(expected) -> dict:
    """What we say of each file."""
    return {name: classify((FOLDER / "samples" / name).read_bytes()) for name in expected}


@pytest.fixture(scope="module")
def pairs(expected, reports) -> list:
    """Each recipient of a bounce: what is known, and what we say (None where we do not name them)."""
    found = []
    for name, known in expected.items():
        if known[0]["reason"] not in OTHER_KINDS:
            ours = {one.address.lower(): one for one in reports[name].recipients}
            seen = {one["recipient"].lower(): one for one in known}
            found += [(one, ours.get(address)) for address, one in seen.items()]
    return found


def share(hits: list) -> float:
    """How many of them are true."""
    return sum(map(bool, hits)) / len(hits)


def test_detection(expected, reports):
    """B2: 98 of 100 bounces are known as such; here 99."""
    bounces = [reports[name].kind for name, known in expected.items() if known[0]["reason"] not in OTHER_KINDS]
    assert share([kind in (Kind.BOUNCE, Kind.DELAY) for kind in bounces]) >= 0.99


def test_other_kinds(expected, reports):
    """B2: no complaint, automatic answer or delivery is called a bounce."""
    others = {name: OTHER_KINDS.get(known[0]["reason"]) for name, known in expected.items()}
    assert [name for name, kind in others.items() if kind and reports[name].kind is not kind] == []


def test_recipients(pairs):
    """B3: 97 of 100 recipients are named; here 98."""
    assert share([ours for _known, ours in pairs]) >= 0.98


def test_hard_is_right(pairs):
    """B6: of what is called hard, 97 of 100 are; a wrong one costs a customer. Here 98."""
    assert share([known["hard"] for known, ours in pairs if ours and ours.severity is Severity.HARD]) >= 0.98


def test_hard_is_found(pairs):
    """B6: of what is hard, 92 of 100 are found; here 96."""
    assert share([ours and ours.severity is Severity.HARD for known, ours in pairs if known["hard"]]) >= 0.96


def test_reason(pairs):
    """B8: 85 of 100 reasons are the right ones; here 96."""
    assert share([ours and ours.reason == known["reason"] for known, ours in pairs]) >= 0.96


def test_feedback_types(expected, reports):
    """A complaint says of which kind it is."""
    known = {name: one[0]["feedback_type"] for name, one in expected.items() if one[0]["reason"] == "feedback"}
    assert {name: reports[name].feedback_type for name in known} == known


def _verdicts(report) -> tuple:
    return report.kind, sorted((one.severity, one.reason) for one in report.recipients)


def test_written_otherwise(reports, way):
    """B2: line ends, names, hosts, and where lines break change no verdict."""
    changed = {name: classify(way((FOLDER / "samples" / name).read_bytes())) for name in reports}
    assert [name for name in reports if _verdicts(changed[name]) != _verdicts(reports[name])] == []


def test_damaged(expected):
    """A mail that ends anywhere, or has flipped bits, trips up no detector, and no complaint or answer is a bounce."""
    dice = random.Random(1)
    for name, known in expected.items():
        raw = (FOLDER / "samples" / name).read_bytes()
        copies = [raw[: len(raw) * part // 10] for part in (2, 5, 9)] + [_with_flipped_bits(raw, dice)]
        for copy in copies:
            letter = letters.read(copy)
            for detect in DETECTORS:  # `classify` lets none of them stop it
                detect(letter)
        if known[0]["reason"] in OTHER_KINDS:
            assert not {classify(copy).kind for copy in copies} & {Kind.BOUNCE, Kind.DELAY}, name


def _with_flipped_bits(raw: bytes, dice: random.Random) -> bytes:
    damaged = bytearray(raw)
    for _bit in range(20):
        damaged[dice.randrange(len(damaged))] ^= 1 << dice.randrange(8)
    return bytes(damaged)
