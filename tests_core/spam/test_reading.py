"""What spamd answers, and whatever else may come in its place."""

import math

import pytest
from bulk_mailing.adapters.spamd import NotAsked
from bulk_mailing.adapters.spamd.protocol import MOST_RULES, is_pong, read_score, request
from bulk_mailing.core.spam import SpamRule, SpamScore
from hypothesis import given
from hypothesis import strategies as st

TABLE = """Content analysis details:   (6.6 points, 5.0 required)

 pts rule name              description
---- ---------------------- --------------------------------------------------
-0.0 NO_RELAYS              Informational: message was not relayed via SMTP
 2.6 FUZZY                  BODY: A word that is written
                            with other letters
 4.0 LOCAL_RULE             No description available.

 9.0 NOT_IN_THE_TABLE       What comes behind it
"""
RULES = (
    SpamRule("NO_RELAYS", -0.0, "Informational: message was not relayed via SMTP"),
    SpamRule("FUZZY", 2.6, "A word that is written with other letters"),
    SpamRule("LOCAL_RULE", 4.0, ""),
)


def answer(body=TABLE, spam="True ; 6.6 / 5.0", status="0 EX_OK", length=None):
    data = body.encode() if isinstance(body, str) else body
    length = len(data) if length is None else length
    return f"SPAMD/1.1 {status}\r\nContent-length: {length}\r\nSpam: {spam}\r\n\r\n".encode() + data


def test_report():
    """C11: score, rules, points and words are read from a report."""
    assert read_score(answer()) == SpamScore(6.6, RULES)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_line_ends(end):
    """C11: either line end will do."""
    assert read_score(answer(TABLE.replace("\n", end))).rules == RULES


@pytest.mark.parametrize("body", ["", "nothing like a table", TABLE.split(" pts")[0]])
def test_no_table(body):
    """C11: the score counts also without rules."""
    assert read_score(answer(body, "False ; -1.2 / 5.0")) == SpamScore(-1.2)


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"HTTP/1.1 400 Bad Request\r\n\r\n",
        b"-ERR unknown command\r\n",
        b"SPAMD/1.0 76 Bad header line: X\r\n",
        answer(status="74 EX_IOERR"),
        answer(spam="True ; nan / 5.0"),
        answer(spam="True ; 1e999 / 5.0"),
        answer(spam="True"),
        answer(length=len(TABLE) + 1),  # dropped before its end
    ],
)
def test_no_score(said):
    """C11: whatever is no score is the one error, with a reason."""
    with pytest.raises(NotAsked) as raised:
        read_score(said)
    assert str(raised.value.reason).endswith(".")


PARTS = st.sampled_from([b"SPAMD/1.1 0 EX_OK\r\n", b"Spam: True ; 5.0 / 5.0", b"\r\n", b"\r\n\r\n", TABLE.encode()])


@given(st.one_of(st.binary(), st.lists(st.one_of(PARTS, st.binary(max_size=5))).map(b"".join)))
def test_any_answer(said):
    """C11: any bytes are a score or the one error."""
    try:
        score = read_score(said)
    except NotAsked:
        return
    assert math.isfinite(score.points)


@given(st.one_of(st.text(), st.binary()))
def test_any_table(rows):
    """C11: whatever stands in the table, the rules can be kept in the database: few, short, without control marks."""
    heading = TABLE.encode().partition(b"-0.0")[0]
    rows = rows.encode(errors="replace") if isinstance(rows, str) else rows
    rules = read_score(answer(heading + b" 1.0 RULE " + rows)).rules
    assert 1 <= len(rules) <= MOST_RULES
    assert all(rule.description.isprintable() and math.isfinite(rule.points) for rule in rules)


def test_long_lines():
    """C11: an answer of nothing but spaces, dashes or line ends is read as quickly as another."""
    for filling in (" ", "\n", "-", "- ", " 1.0 A"):
        assert read_score(answer(filling * 60_000)).points == 6.6


def test_request():
    """C11: the length goes ahead, so that nothing in the message ends it."""
    assert request(b"a\r\n\r\n") == b"REPORT SPAMC/1.5\r\nContent-length: 5\r\n\r\na\r\n\r\n"


@pytest.mark.parametrize("said, expected", [(b"SPAMD/1.5 0 PONG\r\n", True), (b"+PONG\r\n", False), (b"", False)])
def test_pong(said, expected):
    """C11: only spamd answers like spamd."""
    assert is_pong(said) is expected
