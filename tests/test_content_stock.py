"""The same mailing as stock writes it and as we write it, read by Python's mail parser."""

from odoo.tests import tagged

from .stock import BODY, StockCase


@tagged("post_install", "-at_install")
class TestContentLikeStock(StockCase):
    def test_compiled(self):
        """C26, A27: a compiled mailing reads as stock's, for names of every kind."""
        mailing = self.make_mailing()
        for partner in self.partners:
            ours = self.assert_alike(mailing, partner)
            self.assertIn("/m/", ours.get_body(("html",)).get_content())
        self.assertTrue(mailing._content().is_compiled)

    def test_compiled_with_default(self):
        """C26: a placeholder with a default in Python's way goes through stock's other renderer; it reads the same."""
        body = BODY.replace('t-out="object.name"', "t-out=\"object.function or 'reader'\"")
        mailing = self.make_mailing(body_html=body, subject="{{ object.function or 'You' }}: {{ object.id }}")
        self.partners[0].function = "Boss"
        for partner in self.partners:
            self.assert_alike(mailing, partner)
        self.assertTrue(mailing._content().is_compiled)

    def test_rendered_record_by_record(self):
        """C26: a body with loops is rendered by Odoo for each recipient, and reads as stock's."""
        body = BODY.replace("<b>welcome</b>", '<t t-foreach="[1, 2]" t-as="x"><t t-out="object.name"/></t>')
        mailing = self.make_mailing(body_html=body)
        for partner in self.partners:
            self.assert_alike(mailing, partner)
        content = mailing._content()
        self.assertFalse(content.is_compiled)
        self.assertIn("t-foreach", content.reason)

    def test_conditions(self):
        """C26: conditions on fields are compiled, in both parts, and each recipient reads what stock would send."""
        body = """
            <div><t t-if="object.lang == 'nl_NL'">welkom</t> <!-- else --> <t t-else="">hello</t>reader
            <p t-if="not object.function">nobody <a href="https://example.org/nobody">in particular</a></p>
            <p t-elif="object.color &gt; 4">colourful</p>
            <p>Dear <t t-if="object.function">boss <t t-out="object.name"/></t><t t-else="" t-out="object.name"/>,</p>
            <span t-out="object.function"/><b t-out="object.color">none</b><i t-out="object.color or 'no'"/>
            <t t-if="object.country_id and object.country_id.code in ('NL', 'BE')">near</t>, or far
            <a href="https://example.org/all">all</a></div>"""
        mailing = self.make_mailing(body_html=body, preview="{{ object.function ||| news }}")
        self.partners[0].write({"function": "Boss", "color": 5, "country_id": self.env.ref("base.be").id})
        self.partners[1].write({"function": "Boss", "country_id": self.env.ref("base.de").id})
        for partner in self.partners:
            self.assert_alike(mailing, partner)
        self.assertTrue(mailing._content().is_compiled)

    def test_links_as_written(self):
        """G35, A30: with `track_links` off, links are the original ones, and no short link is made."""
        before = self.env["link.tracker"].search_count([])
        mailing = self.make_mailing(track_links=False)
        trace = self.by_stock(mailing, self.partners[0])[1]
        made_by_stock = self.env["link.tracker"].search_count([])
        html = self.by_us(mailing, self.partners[0], trace).get_body(("html",)).get_content()
        self.assertIn('href="https://example.org/news?a=1&amp;b=2"', html)
        self.assertIn('href="https://crm.example.com/shop/basil-1"', html)
        self.assertGreater(made_by_stock, before)
        self.assertEqual(self.env["link.tracker"].search_count([]), made_by_stock)

    def test_attachments(self):
        """Files go along as stock sends them."""
        files = self.env["ir.attachment"].create(
            [{"name": "prijs é.txt", "raw": b"12", "mimetype": "text/plain"}, {"name": "b.bin", "raw": bytes(300)}]
        )
        mailing = self.make_mailing(attachment_ids=[(6, 0, files.ids)])
        theirs, trace = self.by_stock(mailing, self.partners[0])
        ours = self.by_us(mailing, self.partners[0], trace)

        def names_and_bytes(message):
            return sorted((p.get_filename(), p.get_payload(decode=True)) for p in message.iter_attachments())

        self.assertEqual(names_and_bytes(ours), names_and_bytes(theirs))
        self.assertEqual(len(names_and_bytes(ours)), 2)
