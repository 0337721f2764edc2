"""Who gets a mailing and who does not, as SQL: for the count before sending at once, for the enqueue in chunks."""

from odoo import models
from odoo.tools import SQL, email_normalize

from ...core.addresses import BadAddress
from ...core.idn import ascii_address
from .address_columns import NOT_ASCII, PLAIN_ADDRESS, normalized, own_field, partner_field, partner_join

CLASSIFY = """
    WITH recipient AS MATERIALIZED (%(recipients)s),
    spelling(written, email, key) AS (%(spellings)s),
    keyed AS (
        SELECT r.res_id, r.raw,
            CASE WHEN s.written IS NULL THEN r.email ELSE s.email END AS email,
            CASE WHEN s.written IS NULL THEN r.email ELSE s.key END AS key
        FROM recipient r LEFT JOIN spelling s ON s.written = r.email
    ),
    numbered AS (
        SELECT k.*, row_number() OVER (PARTITION BY k.key COLLATE "C" ORDER BY k.res_id) AS number FROM keyed k
    )
    SELECT n.res_id, n.raw, n.email, n.key, CASE
        WHEN e.reason = 'mail_bl' THEN e.reason
        WHEN NULLIF(btrim(n.raw), '') IS NULL THEN 'mail_email_missing'
        WHEN n.key IS NULL THEN 'mail_email_invalid'
        WHEN e.reason IS NOT NULL THEN e.reason
        WHEN %(once)s AND (n.number > 1 OR %(enqueued)s) THEN 'mail_dup'
    END AS reason
    FROM numbered n LEFT JOIN (%(exclusions)s) e ON e.key = n.key
"""


class MailingMailing(models.Model):
    _inherit = "mailing.mailing"

    def _can_read_addresses(self):
        """Whether the recipients' addresses are columns that SQL can read."""
        return self._own_address_field() is not None or self._partner_field() is not None

    def _classified_recipients(self):
        """SQL of a table (res_id, raw, email, key, reason); reason is NULL for who gets the mail.

        Stock's order: blacklisted, missing, invalid, opted out, seen, duplicate; the first record of an address
        is no duplicate. Everybody who has a trace of this mailing already is left out.
        """
        self.env.flush_all()
        # an A/B sample is drawn anew by each query: the spellings are those of everybody
        written = SQL(
            "%s UNION %s", self._foreign_among(self._recipients_query(is_sample=False)), self._foreign_left_out()
        )
        spellings = self._spellings(written)
        return SQL(
            CLASSIFY,
            recipients=self._recipients_query(),
            spellings=spellings,
            once=self.exclude_duplicates,
            enqueued=False,
            exclusions=self._exclusions_query(),
        )

    def _classified_chunk(self, chosen, exclusions):
        """The same for a part of the recipients, with the exclusions in a table; earlier parts are enqueued already."""
        # not EXISTS, for which the planner may read all traces of the mailing in every chunk
        enqueued = SQL(
            "(SELECT TRUE FROM mailing_trace t WHERE t.mass_mailing_id = %s AND t.recipient_key = n.key LIMIT 1)"
            " IS NOT NULL",
            self.id,
        )
        return SQL(
            CLASSIFY,
            recipients=chosen,
            spellings=self._spellings(self._foreign_among(chosen)),
            once=self.exclude_duplicates,
            enqueued=enqueued,
            exclusions=SQL("SELECT key, reason FROM %s", exclusions),
        )

    # ------------------------------------------------------------
    # Records and their addresses
    # ------------------------------------------------------------

    def _recipients_query(self, res_ids=None, is_sample=True):
        """SQL of (res_id, raw, email): the records, with the rights of the sender, who have no trace yet.

        `is_sample`: of an A/B test only those who are drawn.
        """
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
            partner=partner_join(self._partner_field()),
            chosen=self._chosen_records(Model, res_ids, is_sample),
            mailing=self._origin.id or 0,
            model=self.mailing_model_real,
        )

    def _as_sender(self):
        """With the rights by which recipients are counted and enqueued: alike, whichever companies a screen shows."""
        return self.with_user(self.sender_user_id or self.env.user).with_context(allowed_company_ids=None)

    def _chosen_records(self, Model, res_ids, is_sample):
        if res_ids is not None:
            readable = Model.with_context(active_test=False)._search([]).subselect()
            return SQL("(SELECT r.id FROM unnest(%s::int[]) AS r(id) WHERE r.id IN %s)", list(res_ids), readable)
        everybody = Model._search(self._get_recipients_domain()).subselect()
        return self._sample_of(Model, everybody) if is_sample and self.ab_testing_enabled else everybody

    def _sample_of(self, Model, everybody):
        """SQL of the records of an A/B test: a share drawn by lot, or for the winner everybody who had no sample.

        Stock's rule, but for who is in this mailing already: they belong to the share, which is drawn only once.
        """
        is_winner = self.ab_testing_is_winner_mailing
        if is_winner:
            siblings = self._get_ab_testing_siblings_mailings().ids
            reached = SQL("t.mass_mailing_id = ANY(%s)", siblings)
        else:
            reached = SQL("t.campaign_id = %s", self.campaign_id.id or 0)
        return SQL(
            """
            (SELECT r.id FROM %(table)s r
            WHERE r.id IN %(everybody)s
              AND NOT EXISTS (SELECT FROM mailing_trace t WHERE %(reached)s AND t.res_id = r.id)
            ORDER BY random() LIMIT %(count)s)
            """,
            table=SQL.identifier(Model._table),
            everybody=everybody,
            reached=reached,
            count=None if is_winner else self._sample_size(Model, everybody),
        )

    def _sample_size(self, Model, everybody):
        """How many are still to be drawn."""
        [[total]] = self.env.execute_query(
            SQL("SELECT count(*) FROM %s r WHERE r.id IN %s", SQL.identifier(Model._table), everybody)
        )
        wanted = max(int(total / 100.0 * self.ab_testing_pc), 1)
        return max(wanted - self._origin._trace_count(), 0)

    def _own_address_field(self):
        return self._chosen_email_field() or own_field(self.env[self.mailing_model_real])

    def _partner_field(self):
        return None if self._chosen_email_field() else partner_field(self.env[self.mailing_model_real])

    def _address_columns(self):
        """SQL of the address as written and as normalised: the customer's before the record's own, as stock."""
        Model, own = self.env[self.mailing_model_real], self._own_address_field()
        raws, emails = [], []
        if own:
            raws.append(SQL("m.%s", SQL.identifier(own)))
            emails.append(normalized(Model, own))
        if self._partner_field():
            first = len(raws) if Model._mail_defaults_to_email else 0
            raws.insert(first, SQL("p.email"))
            emails.insert(first, SQL("p.email_normalized"))
        return (SQL("COALESCE(%s)", SQL(", ").join(columns)) for columns in (raws, emails))

    # ------------------------------------------------------------
    # Spellings
    # ------------------------------------------------------------

    def _foreign_among(self, recipients):
        """SQL of the recipients' addresses that SQL cannot compare as they are written."""
        return SQL("SELECT email FROM (%s) r WHERE email ~ %s OR email !~ %s", recipients, NOT_ASCII, PLAIN_ADDRESS)

    def _spellings(self, written):
        """SQL of a table of addresses as written, normalised, and with the key of each."""
        written = [email for [email] in self.env.execute_query(SQL("SELECT DISTINCT email FROM (%s) w", written))]
        emails, keys = zip(*map(self._spelling, written), strict=True) if written else ((), ())
        columns = (written, list(emails), list(keys))
        return SQL("SELECT * FROM unnest(%s::text[], %s::text[], %s::text[])", *columns)

    def _spelling(self, written):
        """An address as normalised by Odoo, and its key."""
        email = email_normalize(written, strict=False) or None
        return email, self._key(email)

    def _key(self, email):
        """What two spellings of one address have in common; None where no mail can go."""
        if not email or email.startswith("@"):  # Odoo's normalisation takes "@example.com" for an address
            return None
        try:
            return ascii_address(email)
        except BadAddress:
            return None
