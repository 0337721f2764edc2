"""The same report, written in another way, says the same: line ends, names, hosts, and where lines break."""

import pytest
from bulk_mailing.core.bounces import classify

from tests_core.bounces.samples import SAMPLES


def verdicts(raw: bytes) -> tuple:
    """What the mail is, and each recipient's severity and reason."""
    report = classify(raw)
    return report.kind, sorted((one.severity, one.reason) for one in report.recipients)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample["name"])
def test_samples(sample, way, letter):
    """B2: nobody's verdict hangs on how the report was typed."""
    raw = letter(sample)
    assert verdicts(way(raw)) == verdicts(raw)
