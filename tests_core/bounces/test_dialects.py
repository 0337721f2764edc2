"""Reports in free text, one sample a system."""

import pytest
from bulk_mailing.core.bounces import Kind, classify
from bulk_mailing.core.bounces import letter as letters
from bulk_mailing.core.bounces.detectors import DETECTORS

from tests_core.bounces.samples import SAMPLES


def reasons(raw: bytes) -> dict[str, str]:
    """The reason of each recipient."""
    return {one.address: str(one.reason) for one in classify(raw).recipients}


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample["name"])
def test_dialect(sample, letter):
    """B2: who is meant, and why, in the words of each system."""
    raw = letter(sample)
    assert classify(raw).kind == sample.get("kind", "bounce")
    assert reasons(raw) == sample["expected"]


@pytest.mark.parametrize("sample", [one for one in SAMPLES if "ours-1" in one["text"]], ids=lambda one: one["name"])
def test_returned_message_is_known(sample, letter):
    """The Message-ID of ours is found where the mail is quoted as text."""
    assert classify(letter(sample)).original_message_id == "<ours-1@sender.test>"


def test_a_sample_for_each_detector(letter):
    """A detector without a sample is a guess."""
    names = {getattr(detect, "__name__", "") for detect in DETECTORS}
    elsewhere = {
        "feedback_report",
        "read_receipt",
        "delivery_status",
        "auto_reply",
        "amazon_notification",
        "passed_on",
        "generated",
        "personal",
        "arrived",
    }
    unseen = [detect for detect in DETECTORS if getattr(detect, "__name__", "") not in elsewhere]
    read = [letters.read(letter(sample)) for sample in SAMPLES]
    assert names >= elsewhere
    for detect in unseen:
        assert any(detect(one) for one in read), detect


def test_person_writes(letter):
    """A person's letter is no bounce, whatever it tells of."""
    text = "My colleague said: 550 5.1.1 User unknown. The mail to ann@shop.test could not be delivered, failed again."
    assert classify(letter({"subject": "Question", "text": text}, sender="dan@shop.test")).kind is Kind.NOT_A_BOUNCE
