"""Providers with keys that are made here, and the moment at which they call."""

import importlib.util
from datetime import UTC, datetime
from pathlib import Path

import pytest
from bulk_mailing.core.webhooks import PROVIDERS, Call

TESTS = Path(__file__).parents[2] / "tests"
NOW = datetime.now(UTC).replace(microsecond=250_000)


def load(path: str):
    """A module of `tests/`, without their package, which is Odoo's."""
    spec = importlib.util.spec_from_file_location(f"webhooks_{Path(path).stem}", TESTS / path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


CALLS = load("webhook_calls.py")


class Line:
    """A signer, and what reads its calls."""

    def __init__(self, signer):
        self.signer, self.now = signer, NOW
        self.asked = []
        self.headers = signer.call([{}], NOW)[1]
        more = [self.certificate] if signer.provider == "amazon_ses" else []
        self.provider = PROVIDERS[signer.provider](signer.secret, *more)

    def certificate(self, url):
        self.asked.append(url)
        return self.signer.certificate

    def read(self, body, headers, now=None):
        """What the provider's reader makes of a call."""
        return self.provider.read(Call(body, {name.lower(): text for name, text in headers.items()}), now or self.now)

    def told(self, *events):
        """The events in a call that is as it should be."""
        return self.read(*self.signer.call(list(events), self.now)).events


@pytest.fixture(scope="session")
def signers():
    """One of each kind, by name; keys take a moment to make."""
    return {kind.provider: kind() for kind in CALLS.SIGNERS}


@pytest.fixture(params=[kind.provider for kind in CALLS.SIGNERS])
def line(request, signers):
    """Each provider in turn."""
    return Line(signers[request.param])


@pytest.fixture
def ses(signers):
    """Amazon SES."""
    return Line(signers["amazon_ses"])


@pytest.fixture
def sendgrid(signers):
    """SendGrid."""
    return Line(signers["sendgrid"])


@pytest.fixture
def mailgun(signers):
    """Mailgun."""
    return Line(signers["mailgun"])


@pytest.fixture
def postmark(signers):
    """Postmark."""
    return Line(signers["postmark"])
