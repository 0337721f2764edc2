"""`python3 -m dev.catcher`: catch mail until Ctrl-C. The first line on stdout tells the ports, as JSON."""

import argparse
import asyncio
import contextlib
import json
import signal
from pathlib import Path

from . import smtp, web
from .store import Store


def main() -> None:
    """Read the options and run."""
    parser = argparse.ArgumentParser(prog="python3 -m dev.catcher", description=__doc__)
    parser.add_argument("--smtp-port", type=int, default=0, help="0: a free one")
    parser.add_argument("--web-port", type=int, default=0, help="0: a free one")
    parser.add_argument("--folder", type=Path, help="where mails.mbox goes; without it mails are only counted")
    parser.add_argument("--keep", type=int, help="keep this many messages, and only count those after")
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(catch(parser.parse_args()))


async def catch(options: argparse.Namespace) -> None:
    """Serve SMTP and the page until a signal says to stop."""
    store = Store(options.folder, options.keep)
    server = await smtp.listen(store, options.smtp_port)
    page = web.serve(store, options.web_port)
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    print(json.dumps({"smtp": server.sockets[0].getsockname()[1], "web": page.server_address[1]}), flush=True)
    try:
        await stop.wait()
    finally:
        page.shutdown()
        store.close()


if __name__ == "__main__":
    main()
