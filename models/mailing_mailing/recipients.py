"""Who gets a mailing and who does not, as SQL: one query for the count before sending and for the enqueue."""

from odoo import models
from odoo.tools import SQL, email_normalize

from ...core.addresses import BadAddress
from ...core.idn import ascii_address

LIST_MODEL = "mailing.list"
# What PostgreSQL may take for one plain address; Odoo's normalisation decides about anything else
_PART = r'[^[:space:]@<>,;:"()\[\]\\]+'
PLAIN_ADDRESS = f"^{_PART}@{_PART}$"
NOT_ASCII = r"[^\x01-\x7f]"

CLASSIFY = """
    WITH recipient AS MATERIALIZED (%(recipients)s),
    spelling(written, email, key) AS (
        SELECT * FROM unnest(%(written)s::text[], %(emails)s::text[], %(keys)s::text[])
    ),
    keyed AS (
        SELECT r.res_id, r.raw,
            CASE WHEN s.written IS NULL THEN r.email ELSE s.email END AS email,
            CASE WHEN s.written IS NULL THEN r.email ELSE s.key END AS key
        FROM recipient r LEFT JOIN spelling s ON s.written = r.email
    ),
    listed(key) AS (%(blacklist)s), left_by(key) AS (%(opted_out)s), seen(key) AS (%(seen)s),
    numbered AS (SELECT k.*, row_number() OVER (PARTITION BY k.key ORDER BY k.res_id) AS number FROM keyed k)
    SELECT n.res_id, n.raw, n.email, n.key, CASE
        WHEN listed.key IS NOT NULL THEN 'mail_bl'
        WHEN NULLIF(btrim(n.raw), '') IS NULL THEN 'mail_email_missing'
        WHEN n.key IS NULL THEN 'mail_email_invalid'
        WHEN left_by.key IS NOT NULL THEN 'mail_optout'
        WHEN %(once)s AND (seen.key IS NOT NULL OR n.number > 1) THEN 'mail_dup'
    END AS reason
    FROM numbered n
    LEFT JOIN listed ON listed.key = n.key
    LEFT JOIN left_by ON left_by.key = n.key
    LEFT JOIN seen ON seen.key = n.key
"""


class MailingMailing(models.Model):
    _inherit = "mailing.mailing"

    def _can_read_addresses(self):
        """Whether the recipients' addresses are columns that SQL can read."""
        return self._own_address_field() is not None or self._partner_field() is not None

    def _classified_recipients(self, res_ids=None):
        """SQL of a table (res_id, raw, email, key, reason); reason is NULL for who gets the mail.

        Stock's order: blacklisted, missing, invalid, opted out, seen, duplicate; the first record of an address
        is no duplicate. Everybody who has a trace of this mailing already is left out.
        """
        self.env.flush_all()
        recipients = self._recipients_query(res_ids)
        return SQL(
            CLASSIFY,
            recipients=recipients,
            once=self.exclude_duplicates,
            **self._spellings(recipients),
            **self._exclusion_sources(),
        )

    # ------------------------------------------------------------
    # Records and their addresses
    # ------------------------------------------------------------

    def _recipients_query(self, res_ids=None):
        """SQL of (res_id, raw, email): the records, with the rights of the sender, who have no trace yet."""
        Model = self._as_sender().env[self.mailing_model_real]
        raw, email = self._address_columns()
        return SQL(
            """
            SELECT m.id AS res_id, %(raw)s AS raw, %(email)s AS email
            FROM %(table)s m %(partner)s
            WHERE m.id IN %(chosen)s AND NOT EXISTS (
                SELECT FROM mailing_trace t WHERE t.mass_mailing_id = %(mailing)s AND t.res_id = m.id
                  AND t.model = %(model)s)
            """,
            raw=raw,
            email=email,
            table=SQL.identifier(Model._table),
            partner=self._partner_join(),
            chosen=self._chosen_records(Model, res_ids),
            mailing=self._origin.id or 0,
            model=self.mailing_model_real,
        )

    def _as_sender(self):
        """With the rights by which recipients are counted and enqueued: alike, whichever companies a screen shows."""
        return self.with_user(self.sender_user_id or self.env.user).with_context(allowed_company_ids=None)

    def _chosen_records(self, Model, res_ids):
        if res_ids is None:
            return Model._search(self._get_recipients_domain()).subselect()
        readable = Model.with_context(active_test=False)._search([]).subselect()
        return SQL("(SELECT r.id FROM unnest(%s::int[]) AS r(id) WHERE r.id IN %s)", list(res_ids), readable)

    def _own_address_field(self):
        """The stored column with the record's own address, as stock finds it."""
        Model = self.env[self.mailing_model_real]
        names = (Model._mail_get_primary_email_field(), "email_from", "email", "partner_email")
        return next((name for name in names if name and self._is_column(Model, name)), None)

    def _partner_field(self):
        """The column that leads to the customer, where the record has one and is none itself."""
        Model = self.env[self.mailing_model_real]
        if Model._name == "res.partner":
            return None
        return next((name for name in Model._mail_get_partner_fields() if self._is_column(Model, name)), None)

    def _is_column(self, Model, name):
        field = Model._fields.get(name)
        return bool(field and field.store and field.column_type and field.type in ("char", "many2one"))

    def _partner_join(self):
        name = self._partner_field()
        return SQL("LEFT JOIN res_partner p ON p.id = m.%s", SQL.identifier(name)) if name else SQL()

    def _address_columns(self):
        """SQL of the address as written and as normalised: the customer's before the record's own, as stock."""
        raws, emails = [], []
        own = self._own_address_field()
        if own:
            raws.append(SQL("m.%s", SQL.identifier(own)))
            emails.append(self._own_normalized(own))
        if self._partner_field():
            first = len(raws) if self.env[self.mailing_model_real]._mail_defaults_to_email else 0
            raws.insert(first, SQL("p.email"))
            emails.insert(first, SQL("p.email_normalized"))
        return (SQL("COALESCE(%s)", SQL(", ").join(columns)) for columns in (raws, emails))

    def _own_normalized(self, name):
        """Odoo's column where there is one; else plain addresses in lower case, and others as they are written."""
        Model = self.env[self.mailing_model_real]
        if name == getattr(Model, "_primary_email", None) and self._is_column(Model, "email_normalized"):
            return SQL("m.email_normalized")
        column = SQL("m.%s", SQL.identifier(name))
        return SQL(
            "CASE WHEN btrim(%(c)s) ~ %(plain)s THEN lower(btrim(%(c)s)) ELSE NULLIF(btrim(%(c)s), '') END",
            c=column,
            plain=PLAIN_ADDRESS,
        )

    # ------------------------------------------------------------
    # Spellings
    # ------------------------------------------------------------

    def _spellings(self, recipients):
        """The addresses that SQL cannot compare as they are written: normalised, and the key of each."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT email FROM (%(recipients)s) r WHERE email ~ %(foreign)s OR email !~ %(plain)s
                UNION SELECT email FROM mail_blacklist WHERE active AND email ~ %(foreign)s
                UNION SELECT email FROM (%(left)s) AS l(email) WHERE email ~ %(foreign)s
                UNION SELECT email FROM (%(seen)s) AS s(email) WHERE email ~ %(foreign)s
                """,
                recipients=recipients,
                left=self._opted_out_query(),
                seen=self._seen_query(),
                foreign=NOT_ASCII,
                plain=PLAIN_ADDRESS,
            )
        )
        written = [email for [email] in rows]
        emails = [email_normalize(email, strict=False) or None for email in written]
        return {"written": written, "emails": emails, "keys": [self._key(email) for email in emails]}

    def _key(self, email):
        """What two spellings of one address have in common; None where no mail can go."""
        if not email or email.startswith("@"):  # Odoo's normalisation takes "@example.com" for an address
            return None
        try:
            return ascii_address(email)
        except BadAddress:
            return None

    # ------------------------------------------------------------
    # Who is left out
    # ------------------------------------------------------------

    def _exclusion_sources(self):
        """SQL of the keys that are blacklisted, opted out and seen."""
        blacklist = SQL("SELECT email FROM mail_blacklist WHERE active AND %s", self.use_exclusion_list)
        return {
            "blacklist": self._as_keys(blacklist),
            "opted_out": self._as_keys(self._opted_out_query()),
            "seen": self._as_keys(self._seen_query()),
        }

    def _as_keys(self, emails):
        return SQL(
            "SELECT DISTINCT COALESCE(s.key, e.email) FROM (%s) AS e(email)"
            " LEFT JOIN spelling s ON s.written = e.email WHERE e.email IS NOT NULL",
            emails,
        )

    def _opted_out_query(self):
        """SQL of the addresses that do not want this mailing."""
        if self.mailing_model_name == LIST_MODEL:
            return self._left_lists_query()
        return SQL("SELECT unnest(%s::text[])", [email for email in self._get_opt_out_list() if email])

    def _left_lists_query(self, emails=None):
        """As stock: who left one of the lists, and is in none of them under the same address."""
        return SQL(
            """
            SELECT c.email_normalized FROM mailing_subscription s JOIN mailing_contact c ON c.id = s.contact_id
            WHERE s.list_id = ANY(%s) AND %s
            GROUP BY c.email_normalized HAVING bool_and(COALESCE(s.opt_out, FALSE))
            """,
            self.contact_list_ids.ids,
            SQL("c.email_normalized IS NOT NULL") if emails is None else SQL("c.email_normalized = ANY(%s)", emails),
        )

    def _seen_query(self):
        """SQL of the addresses that this mailing (in an A/B test: its campaign) has reached already, as stock."""
        if self.ab_testing_enabled and self.campaign_id:
            return SQL("SELECT email FROM mailing_trace WHERE campaign_id = %s", self.campaign_id.id)
        return SQL("SELECT email FROM mailing_trace WHERE mass_mailing_id = %s", self._origin.id or 0)

    # ------------------------------------------------------------
    # Who left between the enqueue and the sending
    # ------------------------------------------------------------

    def _who_left(self, rows):
        """`{address: failure type}` of the claimed rows who were blacklisted or opted out since the enqueue."""
        left = {}
        if self.mailing_model_name == LIST_MODEL and rows:
            left.update(dict.fromkeys(self._who_left_lists(rows), "mail_optout"))
        if self.use_exclusion_list and rows:
            left.update(dict.fromkeys(self._blacklisted([row["email"] for row in rows]), "mail_bl"))
        return left

    def _blacklisted(self, emails):
        """Those of the addresses that are blacklisted, an international domain in either of its spellings."""
        if all(email.isascii() and "xn--" not in email for email in emails):
            query = SQL("SELECT email FROM mail_blacklist WHERE active AND email = ANY(%s)", emails)
            return [email for [email] in self.env.execute_query(query)]
        query = SQL(
            "SELECT email FROM mail_blacklist WHERE active AND (email = ANY(%s) OR email ~ %s OR email LIKE %s)",
            emails,
            NOT_ASCII,
            "%@%xn--%",
        )
        keys = {self._key(email) for [email] in self.env.execute_query(query)}
        return [email for email in emails if self._key(email) in keys]

    def _who_left_lists(self, rows):
        """Addresses; looked for by contact, which has an index, and then by address, which has none."""
        query = SQL(
            """
            SELECT c.email_normalized FROM mailing_subscription s JOIN mailing_contact c ON c.id = s.contact_id
            WHERE s.contact_id = ANY(%s) AND s.list_id = ANY(%s)
            GROUP BY c.id HAVING bool_and(COALESCE(s.opt_out, FALSE))
            """,
            [row["res_id"] for row in rows],
            self.contact_list_ids.ids,
        )
        suspects = [email for [email] in self.env.execute_query(query)]
        found = self.env.execute_query(self._left_lists_query(suspects)) if suspects else []
        return [email for [email] in found]
