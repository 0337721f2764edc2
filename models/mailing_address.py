"""What is known of an address, whoever has it, over all mailings."""

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL, email_normalize

from ..adapters.postgres import array
from ..core.addresses import BadAddress
from ..core.idn import ascii_address, other_spelling
from .mailing_bounce import HARD_REASONS, REASONS

# what people see of an address wherever it is
SHOWN = (
    *("email", "validity", "is_blocked", "blocked_reason", "blocked_at"),
    *("hard_bounce_count", "soft_bounce_count", "last_bounce_at", "last_bounce_reason"),
    *("validity_reason", "suggestion", "is_unreachable"),
)


class MailingAddress(models.Model):
    _name = "mailing.address"
    _description = "Mail address"
    _order = "last_bounce_at desc, id desc"
    _rec_name = "email"

    email = fields.Char(required=True, readonly=True, help="Normalised, an international domain in ASCII (xn--).")
    other_spelling = fields.Char(readonly=True, index="btree_not_null", help="The same with an international domain.")
    hard_bounce_count = fields.Integer("Hard bounces", required=True, default=0, readonly=True)
    soft_bounce_count = fields.Integer(
        "Soft bounces",
        required=True,
        default=0,
        readonly=True,
        help="Since the address last worked: the count starts anew some days after an accepted mail that did not "
        "come back, and when a person writes from it.",
    )
    last_bounce_at = fields.Datetime("Last bounce", readonly=True)
    last_bounce_id = fields.Many2one("mailing.bounce", "Last event", readonly=True, ondelete="set null")
    last_bounce_reason = fields.Selection(REASONS, readonly=True)
    is_blocked = fields.Boolean("Blocked", required=True, default=False, readonly=True, help="Mailings skip it.")
    blocked_reason = fields.Selection(
        [
            *HARD_REASONS.items(),
            ("hard_bounce", "The mail server refuses it for good"),
            ("soft_bounces", "Came back too often"),
            ("complaint", "The recipient called our mail spam"),
        ],
        "Blocked because",
        readonly=True,
    )
    blocked_at = fields.Datetime("Blocked since", readonly=True)
    evidence_id = fields.Many2one(
        "mailing.bounce", readonly=True, ondelete="set null", help="The event that blocked it."
    )
    cleared_at = fields.Datetime("Bounces cleared on", readonly=True, help="What happened before does not count.")
    cleared_by_id = fields.Many2one("res.users", "Bounces cleared by", readonly=True, ondelete="set null")
    bounce_ids = fields.One2many("mailing.bounce", "address_id", "Events", readonly=True)

    _email_is_unique = models.Constraint("UNIQUE (email)", "There is one record for an address.")
    _blocked_idx = models.Index("(email) WHERE is_blocked")
    # the few among a million that a list counts; without it, PostgreSQL takes them for a third of all
    _bounced_idx = models.Index("(email) WHERE hard_bounce_count > 0 OR soft_bounce_count > 0")

    @api.depends("email", "other_spelling")
    def _compute_display_name(self):
        for address in self:
            address.display_name = address.other_spelling or address.email

    @api.model
    def _key(self, email):
        """What all spellings of an address have in common; "" where there is none."""
        normalised = email_normalize(email or "", strict=False) or (email or "").strip().lower()
        try:
            return ascii_address(normalised)
        except BadAddress:
            return normalised

    @api.model
    def _spellings(self, emails):
        """Keys and their other spellings, sorted: whoever adds or locks addresses does so in this order."""
        keys = sorted({key for email in emails if (key := self._key(email))})
        return keys, [other_spelling(key) or None for key in keys]

    @api.model
    def _lock(self, which):
        """Lock addresses `a` in the order of their keys, so that no two transactions wait for each other; their ids."""
        # in the collation "C", which is the order of Python's sorted(), whatever the database's own is
        query = SQL('SELECT a.id FROM mailing_address a WHERE %s ORDER BY a.email COLLATE "C" FOR NO KEY UPDATE', which)
        return [id_ for [id_] in self.env.execute_query(query)]

    @api.model
    def _lock_keys(self, keys):
        return self._lock(SQL("a.email = ANY(%s)", array(keys)))

    def write(self, vals):
        self._lock_several()
        return super().write(vals)

    def unlink(self):
        self._lock_several()
        return super().unlink()

    def _lock_several(self):
        if len(self) > 1:
            self._lock(SQL("a.id = ANY(%s)", self.ids))

    @api.model
    def _insert_sql(self, rows, **values):
        """INSERT of addresses, to be followed by what is done about those that are `known`.

        :param rows: a FROM item with the columns `email` and `other` (its other spelling)
        :param values: of other columns, also as SQL; the rest begins with the defaults of the fields
        """
        stored = [field for field in self._fields.values() if field.store and field.default]
        values = {field.name: field.convert_to_column_insert(field.default(self), self) for field in stored} | values
        now = SQL("date_trunc('second', now() AT TIME ZONE 'UTC')")
        values |= {"create_uid": self.env.uid, "write_uid": self.env.uid, "create_date": now, "write_date": now}
        return SQL(
            "INSERT INTO mailing_address AS known (email, other_spelling, %s) SELECT email, other, %s FROM %s",
            SQL(", ").join(map(SQL.identifier, values)),
            SQL(", ").join(SQL("%s", value) for value in values.values()),
            rows,
        )

    @api.model
    def _known(self, emails):
        """`{email as asked: address}` of those that are known, in one query."""
        keys = {email: self._key(email) for email in emails if email}
        addresses = self.search_fetch([("email", "in", list(set(keys.values())))], SHOWN)
        found = {address.email: address for address in addresses}
        return {email: found[key] for email, key in keys.items() if key in found}

    def action_clear_bounces(self):
        """Mail these addresses again: what is known of their bounces stays, and counts no more.

        Who unsubscribed, or is on the exclusion list, still gets nothing.
        """
        if not self.env["mailing.mailing"]._may_send():
            raise AccessError(self.env._("Who may send mailings may clear bounces. Ask a colleague to do it."))
        self.check_access("read")
        # sudo: people only read what the server counts
        self.sudo().write(
            {
                "hard_bounce_count": 0,
                "soft_bounce_count": 0,
                "is_blocked": False,
                "blocked_reason": False,
                "blocked_at": False,
                "evidence_id": False,
                "cleared_at": fields.Datetime.now(),
                "cleared_by_id": self.env.uid,
            }
        )
        self.env["mail.thread"]._reset_bounces_of(self)
        self.env.invalidate_all()
