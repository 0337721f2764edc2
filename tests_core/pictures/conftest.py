"""The scripted servers of `tests/`, without their package, which is Odoo's."""

import importlib.util
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[2] / "tests"


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
