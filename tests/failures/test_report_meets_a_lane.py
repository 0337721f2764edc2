"""A report is fetched while a lane writes to the mailing that it is about, or before it has written what it sent."""

import smtplib
from contextlib import ExitStack, closing

import psycopg2
import pytest
from bulk_mailing.tests.delivery_reports import delivery_report
from postfix import private_postfix
from ways_back import Mailbox

HARD = {"status": "5.1.1", "diagnostic": "smtp; 550 5.1.1 No such user"}
WAITING = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"


@pytest.fixture
def flight(campaign):
    """A mailing that has arrived at two."""
    made = campaign.flight("news", count=2)
    campaign.start_sender()
    made.send()
    campaign.stop()
    return made


@pytest.fixture
def mailbox(mail_programs, campaign, flight):
    """It holds a report that the first mail may yet arrive, and behind it one that the second never will."""
    soft, hard = flight.server.messages
    with ExitStack() as stack:
        postfix = stack.enter_context(private_postfix())
        made = Mailbox(campaign, postfix, stack)
        made.take()
        postfix.start({"bounces.example": made.transport})
        for report in (delivery_report(soft), delivery_report(hard, **HARD)):
            with smtplib.SMTP("127.0.0.1", postfix.port) as smtp:
                smtp.sendmail("", "bounce@bounces.example", report)
            campaign.wait(lambda: not postfix.left())
        yield made


def test_is_not_lost(campaign, flight, mailbox):
    """Odoo has marked it as read, and never sees it again: it is taken at a second try."""
    with closing(psycopg2.connect(dbname=campaign.database)) as lane:
        with lane.cursor() as cursor:
            cursor.execute("UPDATE mailing_mailing SET write_date = now() WHERE id = %s", [flight.id])
        mailbox.begin_to_take()
        campaign.wait(lambda: campaign.sql(WAITING))
        lane.commit()
    mailbox.end_taking()
    assert flight.states() == {"deferred": 1, "failed": 1}


def test_host_of_the_lane_is_dead(campaign, flight, mailbox):
    """For a quarter of an hour nobody knows that: the report stays new, and those behind it are taken."""
    recipient = claim(campaign, flight, flight.server.messages[0].recipients[0])
    mailbox.take()
    assert flight.states() == {"sending": 1, "failed": 1}
    campaign.sql("DELETE FROM mailing_queue")  # as a lane that was not dead settles it at last
    campaign.sql("UPDATE mailing_trace SET delivery_state = 'sent', trace_status = 'sent' WHERE id = %s", recipient)
    mailbox.take()
    assert flight.states() == {"deferred": 1, "failed": 1}
    assert mailbox.take_again() == 2
    assert len(campaign.sql("SELECT id FROM mailing_queue")) == 1
    assert len(flight.accepted()) == 2


def claim(campaign, flight, email):
    """As a lane leaves a recipient between sending and writing that down; the recipient's id."""
    [[trace]] = campaign.sql(
        """
        UPDATE mailing_trace SET delivery_state = 'sending', trace_status = 'outgoing', attempt_count = 0
        WHERE mass_mailing_id = %s AND email = %s RETURNING id
        """,
        *(flight.id, email),
    )
    campaign.sql(
        """
        INSERT INTO mailing_queue (trace_id, mailing_id, res_id, email, attempt_count, next_attempt_at, claimed_by,
            lease_until)
        SELECT id, mass_mailing_id, res_id, email, 1, now() AT TIME ZONE 'UTC', 'lane',
            now() AT TIME ZONE 'UTC' + interval '15 minutes'
        FROM mailing_trace WHERE id = %s
        """,
        trace,
    )
    return trace
