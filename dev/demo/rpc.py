"""A person's session with an Odoo server, over the JSON-RPC that the web client speaks."""

import itertools
import json
import urllib.request
from http.cookiejar import CookieJar

from ..setup.say import Problem


class Refused(Problem):
    """The server's answer was an error; the text is what a person would have read."""


class Session:
    """`Session(url).login(database, login, password)`, then `call(model, method, ...)` as that user."""

    def __init__(self, url: str):
        self._url = url.rstrip("/")
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        self._numbers = itertools.count(1)

    def login(self, database: str, login: str, password: str) -> "Session":
        """Begin the session; the session itself."""
        told = self._post("/web/session/authenticate", {"db": database, "login": login, "password": password})
        if not told.get("uid"):
            raise Refused(f"{login} may not log in")
        return self

    def call(self, model: str, method: str, *arguments, **keywords):
        """Call a public method of a model; the first argument is the list of record ids where it works on records."""
        path = f"/web/dataset/call_kw/{model}/{method}"
        return self._post(path, {"model": model, "method": method, "args": arguments, "kwargs": keywords})

    def read(self, model: str, record_id: int, *fields: str) -> dict:
        """Some fields of one record."""
        return self.call(model, "read", [record_id], list(fields))[0]

    def count_by(self, model: str, domain: list, field: str) -> dict:
        """How many records the domain finds, by the value of a field; values that occur."""
        rows = self.call(model, "formatted_read_group", domain, [field], ["__count"])
        return {row[field]: row["__count"] for row in rows}

    def _post(self, path: str, parameters: dict):
        payload = {"jsonrpc": "2.0", "method": "call", "id": next(self._numbers), "params": parameters}
        request = urllib.request.Request(
            self._url + path, json.dumps(payload).encode(), headers={"Content-Type": "application/json"}
        )
        with self._opener.open(request, timeout=300) as answer:
            told = json.load(answer)
        if problem := told.get("error"):
            raise Refused(problem.get("data", {}).get("message") or problem["message"])
        return told.get("result")
