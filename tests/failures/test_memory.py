"""Ten times the recipients: a lane needs no more memory for them."""

import pytest

from dev.bench.talk import Sink
from dev.bench.usage import peak_megabytes

FEW, MANY = 2_000, 20_000
LONGEST_WAIT = 400
# A list of 18,000 of anything that belongs to a recipient is larger, let alone their mails
MORE_MEGABYTES = 6

# instead of those who are in its queue
RECIPIENTS = """
    WITH wanted(mailing, count) AS (VALUES (%s, %s)), gone AS (
        DELETE FROM mailing_queue q USING wanted WHERE mailing_id = mailing RETURNING provider_id
    ), contact AS (
        INSERT INTO mailing_contact (name, email, email_normalized)
        SELECT 'Reader', email, email FROM (
            SELECT 'reader' || number || '@' || mailing || '.example.org' AS email
            FROM wanted, generate_series(1, count) AS number
        ) AS made RETURNING id, email
    ), trace AS (
        INSERT INTO mailing_trace (trace_type, model, res_id, mass_mailing_id, email, recipient_key, message_id,
            trace_status, delivery_state, attempt_count)
        SELECT 'mail', 'mailing.contact', id, mailing, email, email, '<' || email || '>', 'outgoing', 'queued', 0
        FROM contact, wanted RETURNING id, mass_mailing_id, res_id, email
    )
    INSERT INTO mailing_queue (trace_id, mailing_id, provider_id, res_id, email, next_attempt_at, attempt_count)
    SELECT id, mass_mailing_id, (SELECT min(provider_id) FROM gone), res_id, email, now() AT TIME ZONE 'UTC', 0
    FROM trace
"""


@pytest.fixture
def sink(tmp_path):
    """A server that only counts."""
    with Sink(tmp_path) as running:
        yield running


def peak_after(campaign, sender, flight, sink, count):
    """Send to so many; the peak of the lane's memory by then."""
    campaign.sql(RECIPIENTS, flight.id, count)
    campaign.sql("UPDATE ir_mail_server SET smtp_port = %s", sink.port)
    sink.begin()
    flight.depart()
    campaign.wait(lambda: flight.mailing()[0] == "done", LONGEST_WAIT)
    counts = sink.counts()
    assert (counts["unique"], counts["twice"]) == (count, 0)
    [lane] = sender.lanes()
    return lane, peak_megabytes(lane)


def test_ten_times_as_many(campaign, sink):
    """The peak of one and the same process stays where it was after a tenth of them."""
    few, many = campaign.flight("paused"), campaign.flight("news")
    sender = campaign.start_sender()
    campaign.wait(campaign.lanes_alive)
    first_lane, first = peak_after(campaign, sender, few, sink, FEW)
    lane, second = peak_after(campaign, sender, many, sink, MANY)
    campaign.stop()
    assert lane == first_lane
    assert second - first < MORE_MEGABYTES, (first, second)
