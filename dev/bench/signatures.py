"""What a DKIM signature costs, in microseconds of processor time, beside dkimpy's: `python -m dev.bench.signatures`.

Runs in the virtual environment. The least of several rounds, in turns: other work on the machine makes all look slower.
"""

import sys
import time
from collections.abc import Callable
from types import ModuleType

import dkim

from ..setup.paths import CHECKOUT
from . import newsletter

# the addon without Odoo's part of it, which its root would import
package = sys.modules["bulk_mailing"] = ModuleType("bulk_mailing")
package.__path__ = [str(CHECKOUT)]

from bulk_mailing.adapters.dkim import generate  # noqa: E402
from bulk_mailing.core import content  # noqa: E402
from bulk_mailing.core.dkim import SigningKey, sign  # noqa: E402

ROUNDS = 15
DOMAIN, SELECTOR = "example.com", "bulk"


class NoKey:
    """Signs nothing, to see what the rest costs."""

    algorithm = "rsa"

    def sign(self, _data: bytes) -> bytes:
        return b"x" * 256


def message() -> bytes:
    """The measured mailing, complete."""
    html = newsletter.html("Ann")
    headers = (
        content.Mailbox("From", content.Template(["News"]), content.Template([f"news@{DOMAIN}"])),
        content.Mailbox("To", content.Template(["Ann"]), content.Template(["ann@example.org"])),
        content.Unstructured("Subject", content.Template(["Our news"])),
        content.Token("Message-ID", content.Template([f"<1@{DOMAIN}>"])),
        content.Uris("List-Unsubscribe", (content.Template(["https://m.example.com/u/" + "x" * 120]),)),
        content.Token("List-Unsubscribe-Post", content.Template(["List-Unsubscribe=One-Click"])),
    )
    parts = content.Parts(headers, content.Template([html]), content.Template([newsletter.text(html)]))
    return content.compile(parts).render({})


def ways(raw: bytes) -> dict[str, tuple[int, Callable]]:
    """How often a round calls what."""
    rsa, ed25519 = (SigningKey(DOMAIN, SELECTOR, generate(name)) for name in ("rsa", "ed25519"))
    pem = rsa.key.to_pem().encode()
    relaxed = (b"relaxed", b"relaxed")
    return {
        "all but the signature": (50, lambda: sign(raw, [SigningKey(DOMAIN, SELECTOR, NoKey())], 0)),
        "RSA-2048": (20, lambda: sign(raw, [rsa], 0)),
        "Ed25519": (50, lambda: sign(raw, [ed25519], 0)),
        "both": (20, lambda: sign(raw, [rsa, ed25519], 0)),
        "dkimpy, RSA-2048": (2, lambda: dkim.sign(raw, b"bulk", b"example.com", pem, canonicalize=relaxed)),
    }


def main() -> None:
    """Measure, and print."""
    raw = message()
    found = ways(raw)
    least = dict.fromkeys(found, float("inf"))
    for _round in range(ROUNDS):
        for name, (times, call) in found.items():
            began = time.process_time()
            for _time in range(times):
                call()
            least[name] = min(least[name], (time.process_time() - began) / times * 1e6)
    print(f"a mail of {len(raw):,} bytes")
    for name, microseconds in least.items():
        print(f"{name:24}{microseconds:10,.0f} us")


if __name__ == "__main__":
    main()
