"""The scripted servers of `tests/`, without their package, which is Odoo's."""

import importlib.util
from ipaddress import ip_address
from pathlib import Path

import pytest
from bulk_mailing.adapters.images import Limits, NotFetched, WebImages

TESTS = Path(__file__).parents[2] / "tests"
LOOPBACK = ip_address("127.0.0.1")


def load(path: str):
    """A module of `tests/`."""
    spec = importlib.util.spec_from_file_location(f"pictures_{Path(path).stem}", TESTS / path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def web():
    """`tests/web_server.py`."""
    return load("web_server.py")


@pytest.fixture(scope="session")
def dns_server():
    """`tests/dns_server.py`."""
    return load("dns_server.py")


@pytest.fixture(scope="session")
def authority(tmp_path_factory):
    """Who signs the certificates of the tests."""
    return load("failures/certificates.py").Authority(tmp_path_factory.mktemp("certificates"))


@pytest.fixture
def server(web):
    """A web server on 127.0.0.1."""
    with web.WebServer() as running:
        yield running


@pytest.fixture
def fetcher():
    """Makes what fetches from a server and from nothing else."""
    return lambda server, **limits: WebImages(
        Limits(**{"may_connect": lambda address: address == LOOPBACK, "ports": {server.port}, **limits})
    )


@pytest.fixture
def refusal():
    """Tells why nothing was fetched."""

    def reason(fetching, url):
        with pytest.raises(NotFetched) as refused:
            fetching.fetch(url)
        return str(refused.value.reason)

    return reason
