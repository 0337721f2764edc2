"""Many pictures at once, within the time and room that there are."""

import time

from bulk_mailing.adapters.images import FakeImages, Image, NotFetched, fetch_all

ONE = Image(b"x" * 100, "image/png", 1, 1)


def test_each_once():
    """C29: the same URL is asked for once, and one that fails does not stop the others."""
    fake = FakeImages({"a": ONE, "c": ONE})
    found = fetch_all(fake, ["a", "b", "a", "c"], 10, 1000)
    assert sorted(fake.asked) == ["a", "b", "c"]
    assert (found["a"], found["c"]) == (ONE, ONE)
    assert "404" in str(found["b"].reason)


def test_no_room():
    """C29: what they may be together is a limit too."""
    found = fetch_all(FakeImages({str(n): ONE for n in range(50)}), map(str, range(50)), 10, 500)
    left_out = [result for result in found.values() if isinstance(result, NotFetched)]
    assert len(found) == 50
    assert len(left_out) >= 50 - 5 - 3  # those on their way when the room was used up
    assert {str(result.reason) for result in left_out} == {
        "There is no room left: together the pictures are too large."
    }


def test_no_time():
    """C29: when the time is over, those that were not fetched say so."""

    class Slow(FakeImages):
        def fetch(self, url, seconds):
            time.sleep(min(seconds, 0.2))
            return super().fetch(url, seconds)

    found = fetch_all(Slow({str(n): ONE for n in range(40)}), map(str, range(40)), 0.5, 10**6)
    assert sum(isinstance(result, NotFetched) for result in found.values()) >= 20
