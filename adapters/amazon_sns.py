"""The two things that Amazon's notification service has to be asked for: its certificates, and a subscription."""

import re
import ssl
import time
from functools import lru_cache
from typing import Protocol

from ..core.pictures import BadWebAddress, WebAddress
from ..core.text import _
from ..core.webhooks import Refusals
from .images import Limits, Names, NotFetched, WebFiles

LIMITS = Limits(ports=(443,), redirects=0, seconds=5.0, bytes=64 * 1024)
MOST_A_MINUTE = 10  # each takes a worker for seconds, and a certificate is good for months
_HOST = re.compile(r"sns\.[a-z0-9-]{1,40}\.amazonaws\.com(\.cn)?")
_HEADERS = {"User-Agent": "bulk_mailing", "Accept-Encoding": "identity", "Connection": "close"}


class AmazonSns(Protocol):
    def certificate(self, url: str) -> bytes:
        """The certificate at a URL. Raises NotFetched."""

    def confirm(self, url: str) -> None:
        """Ask for a URL that confirms a subscription. Raises NotFetched."""


class WebAmazonSns:
    """Asks Amazon's servers and no others; certificates are kept for as long as the process lives."""

    def __init__(
        self,
        limits: Limits = LIMITS,
        names: Names | None = None,
        tls: ssl.SSLContext | None = None,
        clock=time.monotonic,
    ):
        self._files, self._ports = WebFiles(limits, names, tls, _HEADERS), limits.ports
        self._asked, self._clock = Refusals(most=MOST_A_MINUTE), clock
        self.certificate = lru_cache(maxsize=8)(self._ask)  # what was not fetched is not kept

    def confirm(self, url: str) -> None:
        """As in AmazonSns."""
        self._ask(url)

    def _ask(self, url: str) -> bytes:
        try:
            web_address = WebAddress.read(url, self._ports)
        except BadWebAddress as error:
            raise NotFetched(error.reason) from error
        if web_address.scheme != "https" or not _HOST.fullmatch(web_address.host):
            raise NotFetched(_("This is not an address of Amazon's notification service."))
        if self._asked.are_too_many("", self._clock()):
            raise NotFetched(_("Amazon was asked too often within a minute."))
        self._asked.note("", self._clock())
        return self._files.fetch(url)


class FakeAmazonSns:
    """Has the certificates that a test gives it; `asked` are the URLs so far."""

    def __init__(self, certificates: dict[str, bytes]):
        self.certificates, self.asked = certificates, []

    def certificate(self, url: str) -> bytes:
        """As in AmazonSns."""
        self.asked.append(url)
        if url not in self.certificates:
            raise NotFetched(_("The other server says that there is nothing (%(status)d).", status=404))
        return self.certificates[url]

    def confirm(self, url: str) -> None:
        """As in AmazonSns."""
        self.asked.append(url)
