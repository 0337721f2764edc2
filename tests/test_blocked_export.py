"""Exporting addresses: CSV and XLSX, in which nothing is a formula."""

import csv
import io
import json
import zipfile

from odoo.http import Request
from odoo.tests import HttpCase, tagged

from .blocked_case import BlockedAddressesCase

FORMULA = '=cmd|" /C calc"!A0'
EMAILS = ("=1+1@example.org", "+1@example.org", "-1@example.org", "@sum@example.org")


@tagged("post_install", "-at_install")
class TestBlockedExport(BlockedAddressesCase, HttpCase):
    def setUp(self):
        super().setUp()
        for email in EMAILS:
            self.bounce(email, "hard", "userunknown", diagnostic=f"\t{FORMULA}")
        self.authenticate(self.sender.login, self.sender.login)

    def export(self, kind, model="mailing.address", domain=()):
        data = {
            "model": model,
            "fields": [
                {"name": name, "label": name, "type": "char"} for name in ("display_name", "last_diagnostic", "why")
            ],
            "ids": False,
            "domain": list(domain),
            "groupby": [],
            "context": {},
            "import_compat": False,
        }
        answer = self.url_open(
            f"/web/export/{kind}", data={"data": json.dumps(data), "csrf_token": Request.csrf_token(self)}
        )
        self.assertEqual(answer.status_code, 200)
        return answer.content

    def test_csv(self):
        """B20: whoever opens it runs nothing, whatever an address or a server's words begin with."""
        rows = list(csv.reader(io.StringIO(self.export("csv").decode())))
        self.assertGreaterEqual(len(rows), 7)
        cells = [cell for row in rows for cell in row]
        self.assertFalse([cell for cell in cells if cell[:1] in tuple("=+-@\t\r") and cell])
        self.assertIn(f"'{EMAILS[0]}", cells)
        self.assertIn("The address does not exist", cells)

    def test_xlsx(self):
        """B20: a workbook with texts, and not one formula."""
        with zipfile.ZipFile(io.BytesIO(self.export("xlsx"))) as workbook:
            sheet = workbook.read("xl/worksheets/sheet1.xml").decode()
            texts = workbook.read("xl/sharedStrings.xml").decode()
        self.assertNotIn("<f>", sheet)
        self.assertIn(f"'{EMAILS[0]}", texts)
