"""Odoo's own newsletter designs go the quick way."""

from datetime import datetime

from odoo.tests import tagged

from .test_content import ContentCase

DESIGNS = [
    "mass_mailing.theme_basic_template",
    "mass_mailing.theme_default_template",
    "mass_mailing.theme_empty_template",
    *(
        f"mass_mailing_themes.theme_{name}_template"
        for name in (
            "bignews", "blogging", "coffeebreak", "coupon", "event", "magazine", "newsletter", "promotion", "roadshow1",
            "roadshow2", "training",
        )
    ),
]  # fmt: skip


@tagged("post_install", "-at_install")
class TestContentDesigns(ContentCase):
    def test_all_designs_compile(self):
        """C26: each of Odoo's 14 designs, with a placeholder in it, is compiled once and completed quickly."""
        now = datetime.now()  # noqa: DTZ005  only a year is shown
        values = {
            "datetime": datetime,
            "now": now,
            "future_date": now,
            "website_url_or_none": "https://example.com",
            "company_id": self.env.company,
        }
        for design in DESIGNS:
            with self.subTest(design=design):
                html = self.env["ir.qweb"]._render(design, values)
                body = f'<p>Dear <t t-out="object.name">reader</t></p>{html}'
                mailing = self.make_mailing(body_html=body)
                content = mailing._compile_content()
                self.assertTrue(content.is_compiled, content.reason)
                (message,) = self.render(mailing, self.contacts[0])
                self.assertIn("Dear Ann", self.parts(message)[1])
