"""Who is refused again and again."""

from bulk_mailing.core.webhooks import Refusals


def test_refusals():
    """After some refusals within a minute a caller is too much, and nobody else is; then it begins anew."""
    refusals = Refusals(most=3, seconds=60)
    for now in (0, 1, 2):
        assert not refusals.are_too_many("a", now)
        refusals.note("a", now)
    assert refusals.are_too_many("a", 3)
    assert not refusals.are_too_many("b", 3)
    assert not refusals.are_too_many("a", 61)
    refusals.note("a", 61)
    assert not refusals.are_too_many("a", 62)


def test_memory():
    """A million callers are not remembered: the latest are."""
    refusals = Refusals(most=1, callers=10)
    for caller in range(1_000):
        refusals.note(caller, 0)
    assert len(refusals._counts) == 10
    assert refusals.are_too_many(999, 1)
    assert not refusals.are_too_many(0, 1)
