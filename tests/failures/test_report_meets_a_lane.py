"""A report is fetched while a lane writes to the mailing that it is about."""

import smtplib
from contextlib import ExitStack, closing

import psycopg2
import pytest
from bulk_mailing.tests.delivery_reports import delivery_report
from postfix import private_postfix
from ways_back import Mailbox

WAITING = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"


@pytest.fixture
def flight(campaign):
    """A mailing that has arrived at one."""
    made = campaign.flight("news", count=1)
    campaign.start_sender()
    made.send()
    campaign.stop()
    return made


@pytest.fixture
def mailbox(mail_programs, campaign, flight):
    """It holds a report about that mail."""
    [mail] = flight.server.messages
    with ExitStack() as stack:
        postfix = stack.enter_context(private_postfix())
        made = Mailbox(campaign, postfix, stack)
        made.take()
        postfix.start({"bounces.example": made.transport})
        with smtplib.SMTP("127.0.0.1", postfix.port) as smtp:
            smtp.sendmail("", "bounce@bounces.example", delivery_report(mail))
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
    assert flight.states() == {"deferred": 1}
