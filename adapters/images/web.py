"""Files and pictures from the web. Every step of a redirect is looked at anew, as if it were the first."""

import http.client
import ssl
import time
from collections.abc import Mapping
from urllib.parse import urljoin

from ...core.pictures import BadWebAddress, WebAddress
from ...core.text import _
from ..deadline import Deadline
from .connection import FOR_PICTURES, Answer, ask
from .decoding import decoded
from .fetcher import Image, NotFetched
from .limits import Limits
from .names import Names

_REDIRECTS = (301, 302, 303, 307, 308)


class WebFiles:
    """Fetches from the public internet, without cookies, proxies, or anything else that is known about us."""

    def __init__(
        self,
        limits: Limits | None = None,
        names: Names | None = None,
        tls: ssl.SSLContext | None = None,
        headers: Mapping[str, str] | None = None,
    ):
        self._limits = limits or Limits()
        self._names = names or Names()
        self._tls = tls or ssl.create_default_context()
        self._headers = headers or FOR_PICTURES

    def fetch(self, url: str, seconds: float | None = None) -> bytes:
        """The bytes at a URL, within so many seconds whatever the server does. Raises NotFetched."""
        limits = self._limits
        deadline = Deadline(time.monotonic, min(limits.seconds, limits.seconds if seconds is None else seconds))
        try:
            return self._body(url, deadline)
        except BadWebAddress as error:
            raise NotFetched(error.reason) from error
        except TimeoutError as error:
            raise NotFetched(_("The other server took too long.")) from error
        except ssl.SSLCertVerificationError as error:
            raise NotFetched(_("The other server has no valid certificate for this name.")) from error
        except ssl.SSLError as error:
            raise NotFetched(_("No secure connection with the other server could be made.")) from error
        except http.client.HTTPException as error:
            raise NotFetched(_("The other server's answer cannot be understood.")) from error
        except OSError as error:
            raise NotFetched(_("The other server cannot be reached.")) from error

    def _body(self, url: str, deadline: Deadline) -> bytes:
        for _step in range(self._limits.redirects + 1):
            answer = self._ask(url, deadline)
            if answer.status == http.HTTPStatus.OK:
                return answer.body
            if answer.status not in _REDIRECTS or not answer.location:
                raise _refused(answer)
            url = _joined(url, answer.location)
        raise NotFetched(_("The other server sends us from place to place."))

    def _ask(self, url: str, deadline: Deadline) -> Answer:
        web_address = WebAddress.read(url, self._limits.ports)
        addresses = self._names.addresses(web_address, self._limits.may_connect, deadline.left())
        return ask(web_address, addresses, self._tls, deadline, self._limits.bytes, self._headers)


class WebImages(WebFiles):
    """Pictures from the public internet."""

    def fetch(self, url: str, seconds: float | None = None) -> Image:
        """See `ImageFetcher`."""
        return decoded(super().fetch(url, seconds), self._limits.pixels)


def _joined(url: str, location: str) -> str:
    try:
        return urljoin(url, location)
    except ValueError as error:
        raise NotFetched(_("The other server's answer cannot be understood.")) from error


def _refused(answer: Answer) -> NotFetched:
    if answer.status in (http.HTTPStatus.NOT_FOUND, http.HTTPStatus.GONE):
        return NotFetched(_("The other server says that there is nothing (%(status)d).", status=answer.status))
    return NotFetched(_("The other server does not give it (%(status)d).", status=answer.status))
