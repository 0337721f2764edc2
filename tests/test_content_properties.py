"""Whatever people are called and whatever a body asks of them, a compiled mailing says what stock says."""

import email
from email.header import decode_header, make_header
from email.utils import getaddresses
from html import escape

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from odoo.tests import tagged

from .stock import StockCase, parsed, words

RECIPIENTS = 6

# no controls, which PostgreSQL or XML refuse; no separators of lines, which stock folds in its own way
letters = st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp", "Cn", "Co"])
texts = st.text(letters | st.sampled_from("<>&\"'=;. aé漢🙂"), min_size=1, max_size=30).map(str.strip).filter(bool)
words_of_ours = st.text(st.sampled_from("abc é漢🙂,!"), min_size=1, max_size=12)
lines_of_ours = st.text(st.sampled_from("ab é漢🙂,\n"), min_size=1, max_size=12)

people = st.fixed_dictionaries(
    {
        "name": texts,
        "function": st.none() | texts,
        "city": st.none() | texts,
        "color": st.integers(0, 3),
        "is_company": st.booleans(),
        "country_id": st.sampled_from([None, "base.nl", "base.be"]),
        "lang": st.sampled_from([None, "en_US", "nl_NL"]),
    }
)

fields = st.sampled_from(["name", "function", "city", "color", "is_company", "country_id.code", "type"])
defaults = words_of_ours.map(str.strip).filter(bool)
values = st.one_of(
    st.builds('<t t-out="object.{}">{}</t>'.format, fields, defaults),
    st.builds('<b t-out="object.{}"/>'.format, fields),
    st.builds("<i t-out=\"object.{} or '{}'\">x</i>".format, fields, defaults),
)
tests = st.one_of(
    st.builds("object.{}".format, fields | st.just("country_id")),
    st.builds("object.country_id.code {} '{}'".format, st.sampled_from(["==", "!="]), st.sampled_from(["NL", "BE"])),
    st.builds("object.color {} {}".format, st.sampled_from(["==", "!=", "&lt;", "&gt;="]), st.integers(0, 3)),
    st.builds("object.city in ('{}', False)".format, defaults),
)
conditions = st.recursive(
    tests,
    lambda inner: (
        st.builds("not ({})".format, inner)
        | st.builds("({}) {} ({})".format, inner, st.sampled_from(["and", "or"]), inner)
    ),
    max_leaves=3,
)


def choice(condition, then, other, otherwise):
    """A choice of two or three."""
    middle = f'<div t-elif="{other}">{otherwise}</div> <!-- or --> ' if other else ""
    return f'<t t-if="{condition}">{then}</t> {middle}<t t-else="">{otherwise}</t>'


bodies = st.recursive(
    lines_of_ours.map(escape) | values,
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3).map("".join)
        | st.builds("<div>{}</div>".format, inner)
        | st.builds('<div t-if="{}">{}</div>'.format, conditions, inner)
        | st.builds(choice, conditions, inner, st.none() | conditions, inner)
    ),
    max_leaves=8,
)


def shown(raw, header):
    """What people see in a header, without differences of white space."""
    # read with compat32: policy.default of Python 3.11 keeps blanks between encoded words, against RFC 2047
    value = email.message_from_bytes(raw)[header].replace("\r\n", "").replace("\n", "")
    pairs = getaddresses([value]) if header == "To" else [(value, "")]
    return [(words(str(make_header(decode_header(name)))), address) for name, address in pairs]


@tagged("post_install", "-at_install")
class TestContentProperties(StockCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("nl_NL")
        cls.partners = cls.env["res.partner"].create(
            [{"name": "x", "email": f"reader{number}@example.org"} for number in range(RECIPIENTS)]
        )

    # no shrinking: it takes minutes, and the example that failed is printed anyway
    @settings(
        max_examples=150,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(bodies, texts, st.lists(people, min_size=RECIPIENTS, max_size=RECIPIENTS))
    def test_compiled_as_stock(self, body, preview, found):
        """A27, C26: subject, To, text and HTML say what stock says, for random people, fields and conditions."""
        for partner, person in zip(self.partners, found, strict=True):
            country = person["country_id"] and self.env.ref(person["country_id"]).id
            partner.write({**person, "country_id": country})
        mailing = self.make_mailing(
            body_html=f"<div>Dear {body} end</div>",
            subject="{{ object.name }} of {{ object.city ||| nowhere }} {{ object.color }}",
            preview=preview.replace("{", ""),
        )
        theirs, traces = zip(*self.all_by_stock(mailing, self.partners), strict=True)
        ours = self.all_by_us(mailing, self.partners, traces)
        self.assertTrue(mailing._content().is_compiled, mailing._content().reason)
        for our_raw, their_raw in zip(ours, theirs, strict=True):
            for header in ("Subject", "To"):
                self.assertEqual(shown(our_raw, header), shown(their_raw, header))
            self.assert_bodies_alike(parsed(our_raw), parsed(their_raw))
