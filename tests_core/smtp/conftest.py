"""What most tests of the wire need."""

import pytest

from tests_core.smtp.desk import SmtpServer


@pytest.fixture
def server():
    """A scriptable SMTP server."""
    with SmtpServer() as running:
        yield running
