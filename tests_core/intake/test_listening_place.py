"""Where to listen, as people write it."""

import pytest
from bulk_mailing.adapters.intake.lmtp import NoPlace, listening_place

PLACES = [
    ("2400", ("127.0.0.1", 2400)),
    (":2400", ("127.0.0.1", 2400)),
    ("mail.example.org:2400", ("mail.example.org", 2400)),
    ("192.0.2.1:2400", ("192.0.2.1", 2400)),
    ("[::1]:2400", ("::1", 2400)),
    ("/run/bounces", "/run/bounces"),
    ("./bounces", "./bounces"),
]
NO_PLACES = ["localhost", "localhost:", "localhost:lmtp", "::1:2400", "[::1]", "[::1:2400", "99999", ":-1", ""]


@pytest.mark.parametrize("given, place", PLACES)
def test_listening_place(given, place):
    assert listening_place(given) == place


@pytest.mark.parametrize("given", NO_PLACES)
def test_no_place(given):
    with pytest.raises(NoPlace, match="^Listen at "):
        listening_place(given)
