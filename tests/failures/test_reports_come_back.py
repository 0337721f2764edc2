"""Our engine, a real Postfix, a server that refuses, and Postfix's own reports, which Odoo reads: who gets blocked.

Once for all that share a return-path and once with a return-path for each, from a mailbox; and by LMTP.
"""

import sys
from contextlib import ExitStack

import pytest
from bulk_mailing.tests.dns_server import DnsServer
from postfix import NAME_SERVER, private_postfix
from real_loop import ZONES, RealLoop
from ways_back import Lmtp, Mailbox

MAILBOXES = [pytest.param((Mailbox, False), id="mailbox"), pytest.param((Mailbox, True), id="mailbox-own")]
DEAD = {"gone", "lost", "closed"}
GOT_IT = {"ann", "bob", "delayed"}


@pytest.fixture(scope="module", params=[*MAILBOXES, pytest.param((Lmtp, True), id="lmtp-own")])
def loop(request, mail_programs, new_campaign):
    """A mailing that has been sent, and has come back where it was refused."""
    make_way, own_return_paths = request.param
    with ExitStack() as stack:
        campaign = new_campaign()
        stack.callback(campaign.end)
        stack.enter_context(DnsServer(ZONES, NAME_SERVER, 53))
        postfix = stack.enter_context(private_postfix())
        stack.callback(lambda: sys.stdout.write(postfix.log()))  # shown where something fails
        yield RealLoop(campaign, postfix, make_way(campaign, postfix, stack), own_return_paths)
        campaign.stop()


def test_who_is_blocked(loop):
    """B5, B6, B17: whose address or domain is dead, and nobody else; a full mailbox is counted, policy is not."""
    known = loop.addresses()
    assert {name for name, (is_blocked, *_counts) in known.items() if is_blocked} == DEAD
    assert {name: counts for name, (_is_blocked, *counts) in known.items() if any(counts)} == {
        **dict.fromkeys(DEAD, [1, 0]),
        **dict.fromkeys(("full", "late", "disabled"), [0, 1]),
    }


def test_recipients(loop):
    """Each one's state says what became of the mail."""
    assert loop.flight.recipients() == {
        **dict.fromkeys(GOT_IT, ("sent", None, "sent")),
        **dict.fromkeys(DEAD, ("failed", "hard", "bounce")),
        **dict.fromkeys(("full", "late", "disabled"), ("failed", "soft", "error")),
        **dict.fromkeys(("spam", "listed", "unsigned"), ("failed", "policy", "error")),
    }


def test_what_may_pass_was_tried_again(loop):
    """B10: to a full mailbox, and where Postfix had given up, it went again; to nobody else."""
    deferred = {name for name, (state, *_told) in loop.first.items() if state == "deferred"}
    assert deferred == {"full", "late"}


def test_both_ends(loop):
    """Who is called sent has the mail, once; nobody else has it, and none of them is blamed, whatever strangers say."""
    assert sorted(loop.flight.accepted()) == sorted(GOT_IT)
    loop.flight.check_promise()
    assert not GOT_IT & set(loop.addresses())
    assert loop.campaign.sql("SELECT count(*) FROM mail_blacklist") == [(0,)]


@pytest.mark.parametrize("loop", MAILBOXES, indirect=True)
def test_fetched_again(loop):
    """The same reports a second time change nothing."""
    before = loop.known()
    # two delays, three mails of strangers, nine refused at the first attempt, two at the second
    assert loop.way.take_again() == 2 + 3 + 9 + 2
    assert loop.known() == before
