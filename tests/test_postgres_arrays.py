"""Values reach PostgreSQL as they are, whatever a mail server or a contact puts into them."""

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import tagged
from odoo.tests.common import TransactionCase

from ..adapters.postgres import array

# neither a NUL nor half a surrogate can be in a PostgreSQL text at all
characters = st.characters(exclude_categories=["Cs"], exclude_characters="\x00")
texts = st.text(characters) | st.text(st.sampled_from("{}\",\\ NUL\n%'"), max_size=20)


@tagged("post_install", "-at_install")
class TestPostgresArrays(TransactionCase):
    @settings(deadline=None)
    @given(st.lists(st.none() | texts))
    def test_texts(self, values):
        """Quotes, backslashes, braces, line breaks and the word NULL stay what they are."""
        self.env.cr.execute("SELECT unnest(%s::text[])", [array(values)])
        self.assertEqual([value for [value] in self.env.cr.fetchall()], values)

    @settings(deadline=None)
    @given(st.lists(st.none() | st.floats(allow_nan=False)), st.lists(st.none() | st.integers(-(2**31), 2**31 - 1)))
    def test_numbers(self, floats, integers):
        """Numbers keep all of their digits, also infinite ones."""
        for values, kind in ((floats, "float8"), (integers, "int4")):
            self.env.cr.execute(f"SELECT unnest(%s::{kind}[])", [array(values)])
            self.assertEqual([value for [value] in self.env.cr.fetchall()], values)
