"""How often a mailing was refused in which words, since it began or was resumed; all lanes together count here."""

from odoo import fields, models
from odoo.tools import SQL


class MailingRefusal(models.Model):
    _name = "mailing.refusal"
    _description = "Refusals of a mailing"
    _log_access = False  # written by SQL only

    mailing_id = fields.Many2one("mailing.mailing", required=True, ondelete="cascade", readonly=True)
    kind = fields.Selection(
        [("unknown", "The address does not exist"), ("policy", "Our mail is not wanted"), ("other", "Other")],
        required=True,
        readonly=True,
    )
    receiver = fields.Char(required=True, readonly=True, help="The provider, or the domain.")
    reply = fields.Char(required=True, readonly=True, help="What is the same in every such answer.")
    count = fields.Integer(required=True, readonly=True)

    _reply_uniq = models.UniqueIndex("(mailing_id, kind, receiver, reply)")

    def _add(self, counts):
        """Add counts by (mailing id, kind, receiver, reply), sorted, so that two lanes do not block each other."""
        rows = sorted((*key, count) for key, count in counts.items())
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO mailing_refusal AS r (mailing_id, kind, receiver, reply, count)
                SELECT * FROM unnest(%s::int[], %s::text[], %s::text[], %s::text[], %s::int[])
                ON CONFLICT (mailing_id, kind, receiver, reply) DO UPDATE SET count = r.count + excluded.count
                """,
                *(list(column) for column in zip(*rows, strict=True)),
            )
        )
        self.invalidate_model()
