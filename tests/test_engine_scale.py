"""What a mailing shows of itself is read from the kept counts: no trace is looked at, however many there are."""

import re
from unittest.mock import patch

from odoo.fields import Command
from odoo.tests import tagged

from .common import BulkCase

TRACES = """
    INSERT INTO mailing_trace (trace_type, model, res_id, mass_mailing_id, delivery_state, trace_status, sent_datetime)
    SELECT 'mail', 'mailing.contact', number, %s, 'sent', 'sent', now() FROM generate_series(1, 100) AS number
"""


@tagged("post_install", "-at_install")
class TestScale(BulkCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mailing = cls.make_mailing(state="done")
        cls.env.flush_all()
        cls.env.cr.execute(TRACES, [cls.mailing.id])
        cls.env.invalidate_all()

    def statements_about(self, table, action):
        """The statements that read a table while something is done."""
        statements, execute = [], type(self.env.cr).execute

        def listen(cr, query, *args, **options):
            statements.append(str(getattr(query, "code", query)))
            return execute(cr, query, *args, **options)

        with patch.object(type(self.env.cr), "execute", listen):
            action()
        return [text for text in statements if re.search(rf"\b{table}\b", text)]

    def names_in(self, kind):
        """The mailing's own fields in a view, without lists in it."""
        names = self.env["mailing.mailing"].get_view(view_type=kind)["models"]["mailing.mailing"]
        fields = self.env["mailing.mailing"]._fields
        return [name for name in names if fields[name].type not in ("one2many", "many2many")]

    def test_views_look_at_no_trace(self):
        """Form, list and kanban of a mailing that has been sent ask for no trace."""
        for kind in ("form", "list", "kanban"):
            names = self.names_in(kind)
            self.env.invalidate_all()
            with self.subTest(kind=kind):
                found = self.statements_about("mailing_trace", lambda names=names: self.mailing.read(names))
                self.assertEqual(found, [])

    def test_names_of_lists_look_at_no_contact(self):
        """A list's name tells how many are in it, without a look at their contacts or at the blacklist."""
        lists = self.env["mailing.list"].create([{"name": "Full"}, {"name": "Empty"}])
        self.env["mailing.contact"].create(
            [{"name": name, "subscription_ids": [Command.create({"list_id": lists[0].id})]} for name in ("A", "B")]
        )
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(self.statements_about("mailing_contact", lambda: lists.mapped("display_name")), [])
        self.assertEqual(lists.mapped("display_name"), ["Full (2)", "Empty (0)"])
        self.assertEqual(lists[0].contact_count, 2)
        self.assertEqual(lists[0].contact_count_opt_out, 0)

    def test_figures(self):
        """The figures are right all the same."""
        self.assertEqual((self.mailing.sent, self.mailing.total, self.mailing.accepted_count), (100, 100, 100))
        self.assertFalse(self.mailing.sms_has_insufficient_credit)
