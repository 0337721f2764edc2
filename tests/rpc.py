"""Base class of the tests that call over JSON-RPC: after each call nothing has left, and what it did is undone."""

from odoo.tests import HttpCase

from .people import PeopleCase


class RpcCase(PeopleCase, HttpCase):
    """`self.mailing` is the requester's own, all its steps are walked, and it is requested."""

    def setUp(self):
        super().setUp()
        self.mailing = self.make_mailing(self.requester)
        self.wizard = self.walk(self.make_wizard(self.mailing))
        self.wizard.action_request()
        self.env.flush_all()

    def call(self, model, method, *args, **kwargs):
        """The name of the error of a call over JSON-RPC, or an empty string; what it did is undone."""
        params = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        self.env.flush_all()
        self.cr.execute("SAVEPOINT before_call")
        answer = self.url_open(f"/web/dataset/call_kw/{model}/{method}", json={"params": params}).json()
        self.env.invalidate_all(flush=False)
        self.assertNothingLeft(model, method)
        self.cr.execute("ROLLBACK TO SAVEPOINT before_call")
        self.env.invalidate_all(flush=False)
        return answer.get("error", {}).get("data", {}).get("name", "")

    def assertNothingLeft(self, *call):
        for model, domain in (
            ("mailing.mailing", [("state", "!=", "draft")]),
            ("mailing.mailing", [("request_state", "=", "approved")]),
            ("mailing.queue", []),
            ("mailing.trace", []),
            ("mail.mail", [("mailing_id", "!=", False)]),
        ):
            self.assertFalse(self.env[model].sudo().search_count(domain), f"{call}: {model} {domain}")
