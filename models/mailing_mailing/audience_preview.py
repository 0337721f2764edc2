"""A look at who is in and who is out, with names, before sending."""

from odoo import fields, models
from odoo.tools import SQL

from ..mailing_audience_member import GETS_IT
from .content_people import PERSON_FIELDS


class MailingMailing(models.Model):
    _inherit = "mailing.mailing"

    def action_view_audience(self):
        """List everybody who was chosen: who gets it, who does not, and why."""
        self.ensure_one()
        self.check_access("read")
        self._look_at_audience()
        members = self.env["mailing.audience.member"]
        domain = [("mailing_id", "=", self.id), ("user_id", "=", self.env.uid)]
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Who gets “%(subject)s”", subject=self._subject_in_words()),
            "res_model": members._name,
            "views": [[False, "list"]],
            "domain": domain,
            "help": self.env._("Nobody is in it yet. Choose a selection or a list in the step “Who and when”."),
        }

    def count_audience(self):
        """How many get it, and how many do not for which reason, in words."""
        self.ensure_one()
        self.check_access("read")
        audience = self._count_audience()
        count, excluded = audience["to_send"], sum(audience["excluded"].values())
        one, many = self.env._("1 recipient"), self.env._("%(count)s recipients", count=self._formatted(count))
        return {
            "to_send": one if count == 1 else many,
            "excluded": self.env._("%(count)s excluded", count=self._formatted(excluded)) if excluded else "",
            "reasons": self._excluded_in_words(audience["excluded"]),
        }

    def _look_at_audience(self):
        """Keep the answer of this moment for the user who asks."""
        Model = self.env[self.mailing_model_real]
        members = self.env["mailing.audience.member"]
        members.flush_model()
        table = SQL.identifier(members._table)
        self.env.cr.execute(SQL("DELETE FROM %s WHERE mailing_id = %s AND user_id = %s", table, self.id, self.env.uid))
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO mailing_audience_member
                    (mailing_id, user_id, looked_at, res_model, res_id, name, email, outcome, winner_id)
                SELECT %(mailing)s, %(user)s, %(now)s, %(model)s, m.id, %(name)s, COALESCE(c.raw, ''),
                    COALESCE(c.reason, %(gets_it)s),
                    CASE WHEN c.reason = 'mail_dup' THEN NULLIF(c.first_id, m.id) END
                FROM (%(everybody)s) c JOIN %(records)s m ON m.id = c.res_id WHERE %(readable)s ORDER BY m.id
                """,
                mailing=self.id,
                user=self.env.uid,
                now=fields.Datetime.now(),
                model=Model._name,
                name=self._name_column(Model),
                gets_it=GETS_IT,
                everybody=SQL(
                    'SELECT r.*, min(r.res_id) OVER (PARTITION BY r.key COLLATE "C") AS first_id FROM (%s) r',
                    self._classified_recipients(),
                ),
                records=SQL.identifier(Model._table),
                readable=self._readable(Model),
            )
        )
        members.invalidate_model()

    def _readable(self, Model):
        """SQL of which records `m` the user may see, where others are mailed with somebody else's rights."""
        if self.sender_user_id in (self.env.user, self.env["res.users"]):
            return SQL("TRUE")
        readable = Model.with_context(active_test=False)._search([])
        return SQL("m.id IN %s", readable.subselect())

    def _name_column(self, Model):
        """SQL of the name of a record `m`: a person's, or else the record's own."""
        names = [name for name in (*PERSON_FIELDS, Model._rec_name) if name and self._is_text_column(Model, name)]
        columns = [SQL("NULLIF(%s, '')", Model._field_to_sql("m", name)) for name in names]
        return SQL("COALESCE(%s)", SQL(", ").join([*columns, SQL("''")]))

    def _is_text_column(self, Model, name):
        field = Model._fields.get(name)
        return bool(field and field.store and field.column_type and field.type in ("char", "text"))
