"""Replies that put us off: whom they concern, and for how long."""

import pytest
from bulk_mailing.core.pacing.throttling import RULES, Meaning, rule_for, slows_down, wished_seconds
from bulk_mailing.core.replies import parse
from hypothesis import given
from hypothesis import strategies as st

SLOW, GREY, NEW = Meaning.SLOW_DOWN, Meaning.GREYLISTING, Meaning.NEW_CONNECTION

MEANINGS = [
    # Gmail
    (421, "4.7.28 Our system has detected an unusual rate of unsolicited mail originating from your IP", SLOW, 30),
    (421, "4.7.0 Our system has detected an unusual rate of unsolicited mail", SLOW, 30),
    (421, "4.7.0 Try again later, closing connection. - gsmtp", SLOW, 10),
    (450, "4.2.1 The user you are trying to contact is receiving mail at a rate that prevents more", GREY, 0),
    (452, "4.2.2 The email account that you tried to reach is over quota.", GREY, 0),
    (421, "4.3.0 Temporary System Problem.", None, 0),
    # Microsoft
    (451, "4.7.500 Server busy. Please try again later from [192.0.2.1]. (S77719)", SLOW, 15),
    (451, "4.7.650 The mail server [192.0.2.1] has been temporarily rate limited due to IP reputation.", SLOW, 30),
    (421, "RP-001 (BAY004-MC1F3) Unfortunately, some messages from 192.0.2.1 weren't sent.", SLOW, 30),
    (432, "4.3.2 Concurrent connections limit exceeded. Visit https://aka.ms/concurrent_sending", SLOW, 5),
    # Yahoo
    (421, "4.7.0 [TSS04] Messages from 192.0.2.1 temporarily deferred due to unexpected volume", SLOW, 60),
    (421, "[IPTS04] Messages from 192.0.2.1 temporarily deferred due to user complaints", SLOW, 60),
    (421, "Max message per connection reached, closing transmission channel", NEW, 0),
    # others
    (421, "mwinf5c04 ME Trop de connexions, veuillez verifier votre configuration. OFR004_104", SLOW, 15),
    (421, "mwinf5c04 ME Service refuse. Veuillez essayer plus tard. Service refused. OFR_999", SLOW, 120),
    (421, "[HCM1] Your mail from 192.0.2.1 was deferred.", SLOW, 15),
    (454, "Throttling failure: Maximum sending rate exceeded.", SLOW, 1),
    (452, "4.3.2 Connection rate limit exceeded.", SLOW, 5),
    (450, "4.7.1 Error: too much mail from 192.0.2.1", SLOW, 5),
    (421, "4.7.0 mx1.example.org Error: too many errors", SLOW, 5),
    (451, "Too many connections from your host", SLOW, 5),
    (450, "Try again in 10 minutes", SLOW, 5),
    (450, "4.7.1 Something about policy", SLOW, 10),
    (421, "Service unavailable - try again later", SLOW, 5),
    # this recipient or this connection only
    (450, "4.2.0 <ann@example.org>: Recipient address rejected: Greylisted, see http://postgrey.example", GREY, 0),
    (451, "4.7.1 Greylisting in action, please come back in 00:05:00", GREY, 0),
    (451, "4.7.1 <ann@example.org>: Greylisted, try again in 300 seconds", GREY, 0),
    (451, "4.7.1 Service unavailable - try again later", GREY, 0),
    (451, "4.7.1 Try again later", GREY, 0),
    (452, "4.5.3 Too many recipients", NEW, 0),
    (421, "4.7.0 Too many messages for this session", NEW, 0),
    (450, "4.2.0 Mailbox busy, try again in 10 minutes", GREY, 0),
    (450, "4.1.1 <ann@example.org>: unverified address", GREY, 0),
    (451, "4.3.0 Mail server temporarily rejected message.", None, 0),
    (452, "4.3.1 Insufficient system storage", None, 0),
    (421, "4.3.2 Service shutting down", None, 0),
    (421, "4.4.2 Timeout waiting for client input", None, 0),
    # no deferral
    (550, "5.7.1 Too many messages, rate limited", None, 0),
    (250, "2.0.0 OK, server busy", None, 0),
]


@pytest.mark.parametrize("code, text, meaning, minutes", MEANINGS)
def test_meaning(code, text, meaning, minutes):
    """Throttling slows a provider down, greylisting makes one recipient wait, a full connection neither."""
    reply = parse(code, text)
    rule = rule_for(reply)
    assert (rule and rule.means, rule.pause / 60 if rule else 0) == (meaning, minutes)
    assert slows_down(reply) is (meaning is SLOW)


WISHES = [
    ("Try again in 5 minutes", 300),
    ("Greylisted, try again in 300 seconds", 300),
    ("Greylisting in action, please come back in 00:05:00", 300),
    ("Please retry after 2h", 7200),
    ("come back in about 1 hour", 3600),
    ("wait 10 min.", 600),
    ("Sender address rejected: Greylisted for 60 sec.", 60),
    ("temporarily blocked for 24 hours", 86400),
    ("Try again in a minute", 0),
    ("More than 100 messages in 60 minutes", 0),
    ("Try again. 500 messages in 1 hour is too much", 0),
    ("try again later 192.0.2.1", 0),
    ("retry in 5 mails", 0),
    ("", 0),
]


@pytest.mark.parametrize("text, seconds", WISHES)
def test_wish(text, seconds):
    """A time is a wish only where it stands behind a word such as again, back, retry or wait."""
    assert wished_seconds(text) == seconds


@given(st.integers(400, 499), st.text(max_size=500))
def test_never_raises(code, text):
    """Whatever a server says."""
    rule_for(parse(code, text))


def test_every_rule_of_a_pause_has_one():
    """A slowdown without a time would be none."""
    assert all(rule.pause > 0 for rule in RULES if rule.means is SLOW)
