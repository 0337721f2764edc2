"""The page that shows what was caught. Mail is untrusted: it is shown in a sandbox without scripts or origin."""

import json
import re
import threading
import time
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, quote, urlsplit

from . import message
from .store import Store

PAGE_ROWS = 50
OURS = "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; form-action 'self'"
OF_MAIL = "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; " + (
    "img-src http: https: data:; style-src 'unsafe-inline' http: https:; font-src http: https: data:"
)
STYLE = """body{font:15px/1.5 system-ui,sans-serif;margin:1.5rem auto;max-width:70rem;padding:0 1rem;color:#222}
table{border-collapse:collapse;width:100%}td,th{padding:.3rem .6rem;border-bottom:1px solid #ddd;text-align:left}
a{color:#714b67}iframe{width:100%;height:75vh;border:1px solid #ccc}input{padding:.3rem;width:20rem}
pre{background:#f6f6f6;padding:1rem;overflow:auto;white-space:pre-wrap;overflow-wrap:anywhere}
nav a{margin-right:1rem}"""
ROUTES = (
    (re.compile(r"/"), "_list"),
    (re.compile(r"/counters\.json"), "_counters"),
    (re.compile(r"/mail/(\d{1,9})"), "_mail"),
    (re.compile(r"/mail/(\d{1,9})/html"), "_html"),
    (re.compile(r"/mail/(\d{1,9})/raw"), "_raw"),
)


class Handler(BaseHTTPRequestHandler):
    """One request; the server carries the store."""

    server_version = "catcher"

    def do_GET(self):
        """Find the route, or say that there is none."""
        url = urlsplit(self.path)
        for pattern, name in ROUTES:
            if found := pattern.fullmatch(url.path):
                return getattr(self, name)(*map(int, found.groups()))
        return self._answer(_page("Not here", "<p>There is nothing here.</p>"), status=404)

    def log_message(self, *_arguments):
        """Keep the terminal for the demo."""

    @property
    def _store(self) -> Store:
        return self.server.store

    def _counters(self):
        self._answer(json.dumps(self._store.counters()), "application/json")

    def _list(self):
        asked = parse_qs(urlsplit(self.path).query)
        wanted = asked.get("q", [""])[0].strip()
        page = max(1, int(n)) if (n := asked.get("page", ["1"])[0]).isdecimal() else 1
        found = [mail for mail in reversed(list(self._store.mails)) if _matches(mail, wanted)]
        rows = [message.row(self._store, mail) for mail in found[(page - 1) * PAGE_ROWS : page * PAGE_ROWS]]
        self._answer(_page("Caught mail", _list_body(self._store.counters(), rows, wanted, page, len(found))))

    def _mail(self, number: int):
        raw = self._store.message(number)
        if raw is None:
            return self._answer(_page("Not here", "<p>This mail was not kept.</p>"), status=404)
        return self._answer(_page(f"Mail {number}", _mail_body(self._store.mails[number - 1], raw)))

    def _html(self, number: int):
        raw = self._store.message(number)
        html = raw and message.html_part(raw)
        self._answer(html or "<p>No HTML part.</p>", policy=OF_MAIL)

    def _raw(self, number: int):
        self._answer(self._store.message(number) or b"", "text/plain", policy=OF_MAIL)

    def _answer(self, content: str | bytes, kind: str = "text/html", policy: str = OURS, status: int = 200):
        body = content if isinstance(content, bytes) else content.encode(errors="replace")
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", policy)
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "no-referrer")
        self.end_headers()
        self.wfile.write(body)


def serve(store: Store, port: int = 0, host: str = "127.0.0.1") -> ThreadingHTTPServer:
    """Show the store on the port, or on a free one for 0, in a thread of its own."""
    server = ThreadingHTTPServer((host, port), Handler)
    server.daemon_threads = True
    server.store = store
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def _matches(mail, wanted: str) -> bool:
    return not wanted or any(wanted.casefold() in address.casefold() for address in mail.recipients)


def _page(title: str, body: str) -> str:
    head = f'<meta charset="utf-8"><title>{escape(title)}</title><style>{STYLE}</style>'
    return f'<!doctype html><html lang="en"><head>{head}</head><body><h1>{escape(title)}</h1>{body}</body></html>'


def _list_body(counters: dict, rows: list, wanted: str, page: int, found: int) -> str:
    lines = "".join(
        f'<tr><td><a href="/mail/{row.caught.number}">{row.caught.number}</a></td>'
        f"<td>{time.strftime('%H:%M:%S', time.localtime(row.caught.at))}</td>"
        f"<td>{escape(', '.join(row.caught.recipients))}</td><td>{escape(row.sender)}</td>"
        f'<td><a href="/mail/{row.caught.number}">{escape(row.subject) or "(no subject)"}</a></td>'
        f"<td>{row.caught.size:,}</td></tr>"
        for row in rows
    )
    return (
        f"<p>{counters['mails']:,} mails to {counters['unique_recipients']:,} addresses, {len(counters['twice'])} of "
        f"them more than once, over {counters['connections']:,} connections. Nothing left this machine.</p>"
        f'<form><input name="q" value="{escape(wanted)}" placeholder="Part of an address" aria-label="Address"></form>'
        "<table><tr><th>No.</th><th>Time</th><th>To</th><th>From</th><th>Subject</th><th>Bytes</th></tr>"
        f"{lines}</table>{_pager(wanted, page, found)}"
    )


def _pager(wanted: str, page: int, found: int) -> str:
    pages = max(1, -(-found // PAGE_ROWS))
    links = [(page - 1, "Newer")] * (page > 1) + [(page + 1, "Older")] * (page < pages)
    shown = "".join(f'<a href="/?q={quote(wanted)}&amp;page={number}">{text}</a>' for number, text in links)
    return f"<nav><p>Page {page} of {pages} {shown}</p></nav>"


def _mail_body(mail, raw: bytes) -> str:
    attached = message.attachments(raw)
    return (
        f'<nav><a href="/">All mail</a><a href="/mail/{mail.number - 1}">Previous</a>'
        f'<a href="/mail/{mail.number + 1}">Next</a><a href="/mail/{mail.number}/raw">Raw</a></nav>'
        f"<p>Envelope: from <b>{escape(mail.sender) or '&lt;&gt;'}</b> to <b>{escape(', '.join(mail.recipients))}</b>, "
        f"{mail.size:,} bytes</p><p>{escape('Attached: ' + ', '.join(attached)) if attached else ''}</p>"
        f"<h2>Headers</h2><pre>{escape(message.headers(raw))}</pre>"
        f'<h2>HTML</h2><iframe sandbox="allow-popups allow-popups-to-escape-sandbox" title="The HTML part" '
        f'src="/mail/{mail.number}/html"></iframe>'
        f"<h2>Text</h2><pre>{message.escaped(message.text_part(raw), 'No text part')}</pre>"
    )
