"""A server that offers no extensions, or not the one that a mail needs."""

import pytest


def test_no_pipelining(small):
    """Command by command."""
    flight = small(pipelining=False)
    flight.send()
    assert flight.summary() == {"accepted": 3, "doubles": 0, "sent": 3}


def test_no_ehlo(small):
    """A server of 1982: HELO, no SIZE, no 8BITMIME; what it gets is seven bits wide, whatever the names are."""
    flight = small(pipelining=False, smtputf8=False)
    flight.server.on("EHLO").reply("502 5.5.1 Not implemented")
    flight.campaign.sql("UPDATE mailing_contact SET name = 'Zoë Łukasz 北京' WHERE email = 'ann@example.org'")
    flight.send()
    flight.campaign.sql("UPDATE mailing_contact SET name = 'Ann' WHERE email = 'ann@example.org'")
    assert flight.summary() == {"accepted": 3, "doubles": 0, "sent": 3}
    assert all(mail.content.isascii() for mail in flight.server.messages)
    assert any("Zoë Łukasz 北京" in mail.message["Subject"] for mail in flight.server.messages)


@pytest.mark.parametrize("smtputf8", [True, False])
def test_letters_before_the_at(small, standing, smtputf8):
    """Whatever the server offers: to an address with é before the @ nothing is said, and the reason is told.

    It fails alone and is not called bad; the others get their mail.
    """
    flight = small(smtputf8=smtputf8)
    address = "UPDATE mailing_queue SET email = 'bóbé@example.org' WHERE mailing_id = %s AND email ~ '^bob'"
    standing.sql(address, flight.id)
    flight.send()
    assert flight.summary() == {"accepted": 2, "doubles": 0, "sent": 2, "failed": 1}
    assert flight.server.commands.count("MAIL") == flight.server.commands.count("RCPT") == 2
    assert flight.recipients()["bob"][2] == "error"
    [[reason]] = standing.sql(
        "SELECT failure_reason FROM mailing_trace WHERE mass_mailing_id = %s AND email ~ '^bob'", flight.id
    )
    assert reason == "“bóbé@example.org” has letters before the @ that mail servers do not accept"
