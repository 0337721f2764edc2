"""Exporting addresses: CSV and XLSX, in which nothing is a formula."""

import csv
import io
import json
import zipfile
from unittest.mock import patch

from lxml import etree

from odoo.exceptions import AccessError, UserError
from odoo.http import Request
from odoo.tests import new_test_user, tagged

from odoo.addons.web.controllers.export import CSVExport, ExcelExport

from .blocked_case import GONE, SHARED, BlockedAddressesCase
from .browser import PatientTours

FORMULA = '=cmd|" /C calc"!A0'
EMAILS = ("=1+1@example.org", "+1@example.org", "-1@example.org")


@tagged("post_install", "-at_install")
class TestBlockedExport(BlockedAddressesCase, PatientTours):
    def setUp(self):
        super().setUp()
        for email in EMAILS:
            self.bounce(email, "hard", "userunknown", diagnostic=f"\t{FORMULA}")
        self.authenticate(self.sender.login, self.sender.login)

    def download(self, kind, params):
        """The file that Odoo makes of what the browser asks for; `params` as the button has them."""
        data = {"domain": [], "groupby": [], "import_compat": False} | params
        answer = self.url_open(
            f"/web/export/{kind}", data={"data": json.dumps(data), "csrf_token": Request.csrf_token(self)}
        )
        self.assertEqual(answer.status_code, 200)
        return answer.content

    def button(self, records):
        return records.with_user(self.sender).action_export()["params"]

    def every_address(self):
        return self.env["mailing.address"].search([("is_blocked", "=", True)])

    def rows(self, content):
        """Of a CSV, each a dict."""
        return list(csv.DictReader(io.StringIO(content.decode())))

    def cells(self, content):
        """Of a workbook: its texts, after a look that it has no formula."""
        with zipfile.ZipFile(io.BytesIO(content)) as workbook:
            self.assertNotIn(b"<f>", workbook.read("xl/worksheets/sheet1.xml"))
            texts = etree.fromstring(workbook.read("xl/sharedStrings.xml"))
        return ["".join(text.itertext()) for text in texts]

    def assert_inert(self, cells):
        self.assertFalse([cell for cell in cells if isinstance(cell, str) and cell[:1] and cell[0] in "=+-@\t\r"])

    def test_csv(self):
        """B20: whoever opens it runs nothing, whatever an address or a server's words begin with."""
        rows = self.rows(self.download("csv", self.button(self.every_address())))
        self.assertEqual(len(rows), len(EMAILS) + 3)
        self.assert_inert(cell for row in rows for cell in row.values())
        self.assertEqual({f"'{email}" for email in EMAILS} - {row["Address"] for row in rows}, set())

    def test_xlsx(self):
        """B20: a workbook with texts, and not one formula."""
        cells = self.cells(self.download("xlsx", self.button(self.every_address())))
        self.assert_inert(cells)
        self.assertIn(f"'{EMAILS[0]}", cells)

    def test_columns(self):
        """B20: who has an address, where they work, and why it is blocked, in words."""
        firm = self.env["res.partner"].create({"name": "Hazel", "is_company": True})
        self.gone.parent_id = firm
        [row] = self.rows(self.download("csv", self.button(self.addresses(GONE))))
        told = {"Address": GONE, "Company": "Hazel", "Why blocked": "The address does not exist", "Severity": "Hard"}
        told |= {"Hard bounces": "1", "Soft bounces": "0", "Last mailing": self.mailing.display_name}
        told |= {"The server's words": "550 5.1.1 no such user"}
        self.assertEqual({name: row[name] for name in told}, told)
        self.assertIn("Gus Gone", row["Who"])

    def test_recipients(self):
        """B20: the recipients of a mailing, with what became of each; nothing in it is a formula either."""
        common = {"mass_mailing_id": self.mailing.id, "model": "res.partner", "res_id": self.gone.id}
        failed = {"trace_status": "bounce", "delivery_state": "failed", "bounce_severity": "hard"}
        values = common | failed | {"bounce_reason": "userunknown", "smtp_reply": FORMULA, "email": EMAILS[0]}
        params = self.button(self.env["mailing.trace"].create(values))
        [row] = self.rows(self.download("csv", params))
        self.assertEqual((row["Who"], row["Delivery"], row["Severity"]), ("Gus Gone", "Failed", "Hard"))
        self.assert_inert(row.values())
        self.assert_inert(self.cells(self.download("xlsx", params)))

    def test_groups(self):
        """A workbook of a grouped list, which Odoo's own export makes: what groups are called is no formula."""
        trace = self.env["mailing.trace"].create({"model": "res.partner", "res_id": 1, "email": EMAILS[0]})
        params = self.button(trace) | {"groupby": ["email"]}
        cells = self.cells(self.download("xlsx", params))
        self.assert_inert(cells)
        self.assertIn(f"'{EMAILS[0]} (1)", cells)

    def test_rights(self):
        """Who may not export, or not send, exports nothing; none chosen is not all."""
        groups = "base.group_user,bulk_mailing.group_sender"
        sender = new_test_user(self.env, "may.not.export", groups=groups)
        groups = "base.group_user,base.group_allow_export,bulk_mailing.group_requester"
        requester = new_test_user(self.env, "may.not.send", groups=groups)
        for user in (sender, requester):
            with self.assertRaises(AccessError):
                self.addresses(GONE).with_user(user).action_export()
        for model in ("mailing.address", "mailing.trace"):
            with self.assertRaises(UserError):
                self.button(self.env[model])

    def test_tour(self):
        """B20: chosen in the list, a workbook and then a CSV, with those chosen and nobody else."""
        made = {CSVExport: [], ExcelExport: []}
        for kind, files in made.items():
            patcher = patch.object(kind, "from_data", self.keeping(kind.from_data, files))
            self.startPatcher(patcher)
        self.start_tour("/odoo/blocked-addresses", "bulk_mailing_blocked_export", login=self.sender.login)
        [workbook], [text] = made[ExcelExport], made[CSVExport]
        chosen = {SHARED, f"'{EMAILS[0]}"}
        self.assertEqual({row["Address"] for row in self.rows(text.encode())}, chosen)
        self.assertEqual({cell for cell in self.cells(workbook) if "@" in cell}, chosen)

    def keeping(self, make, files):
        def make_and_keep(*args):
            files.append(make(*args))
            return files[-1]

        return make_and_keep
