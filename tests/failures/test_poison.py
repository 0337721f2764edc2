"""A template that fails for one recipient, a bad name, a bad address: that one fails, the others get their mail."""


def test_template(standing):
    """Whose name has three letters cannot be rendered."""
    flight = standing.flight("poison")
    flight.send()
    assert flight.summary() == {"accepted": 1, "doubles": 0, "sent": 1, "failed": 2}
    assert flight.accepted() == ["cathy"]


def test_line_break_in_a_name(small, standing):
    """A name cannot smuggle a header in, and holds nobody else up."""
    flight = small()
    standing.sql("UPDATE mailing_contact SET name = E'Bob\\r\\nBcc: eve@example.org' WHERE email = 'bob@example.org'")
    flight.send()
    standing.sql("UPDATE mailing_contact SET name = 'Bob' WHERE email = 'bob@example.org'")
    assert {"ann", "cathy"} <= set(flight.accepted())
    assert not any("Bcc" in mail.message for mail in flight.server.messages)
    flight.check_promise()


def test_bad_address(small, standing):
    """An address with a line break, which got into the queue, fails alone; what it smuggles is not said."""
    flight = small()
    bad = "bob@example.org>\r\nRCPT TO:<eve@example.org"
    standing.sql("UPDATE mailing_queue SET email = %s WHERE mailing_id = %s AND email ~ 'bob@'", bad, flight.id)
    flight.send()
    assert flight.accepted() == ["ann", "cathy"]
    assert flight.names_in("failed") == {"bob"}
