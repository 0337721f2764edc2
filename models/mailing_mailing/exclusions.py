"""Who does not get a mailing, as SQL: blacklisted, opted out, blocked, left out of this one, reached already."""

from odoo import models
from odoo.tools import SQL

from ...adapters.postgres import array
from .address_columns import NOT_ASCII, PLAIN_ADDRESS, own_field, watched_field
from .audience_left_out import LEFT_OUT

LIST_MODEL = "mailing.list"
BLOCKED = "mail_blocked"
UNREACHABLE = "mail_email_invalid"
LEFT_OUT_RANK = 4

EXCLUSIONS = """
    SELECT DISTINCT ON (key) key, reason FROM (
        SELECT COALESCE(s.key, e.email) AS key, e.reason, e.rank FROM (%(left_out)s) AS e(email, reason, rank)
        LEFT JOIN spelling s ON s.written = e.email
    ) keyed ORDER BY key, rank
"""


class MailingMailing(models.Model):
    _inherit = "mailing.mailing"

    def _exclusions_query(self):
        """SQL of (key, reason), each key once; a table of spellings has to be there."""
        return SQL(EXCLUSIONS, left_out=self._left_out_query())

    def _left_out_query(self):
        """SQL of (email, reason, rank): all that excludes an address, the weightiest reason with the lowest rank."""
        return SQL(
            """
            SELECT email, 'mail_bl', 1 FROM mail_blacklist WHERE active AND %(use_blacklist)s
            UNION ALL SELECT email, 'mail_optout', 2 FROM (%(opted_out)s) AS o(email) WHERE email IS NOT NULL
            UNION ALL SELECT email, %(blocked)s, 3 FROM mailing_address WHERE is_blocked
            UNION ALL SELECT email, %(unreachable)s, 3 FROM mailing_address WHERE is_unreachable AND NOT is_blocked
            UNION ALL SELECT email, %(left_out)s, %(rank)s FROM (%(addresses)s) AS l(email) WHERE email IS NOT NULL
            UNION ALL SELECT email, 'mail_dup', 5 FROM (%(seen)s) AS s(email) WHERE email IS NOT NULL AND %(once)s
            """,
            use_blacklist=self.use_exclusion_list,
            opted_out=self._opted_out_query(),
            blocked=BLOCKED,
            unreachable=UNREACHABLE,
            left_out=LEFT_OUT,
            rank=LEFT_OUT_RANK,
            addresses=self._left_out_addresses(),
            seen=self._seen_query(),
            once=self.exclude_duplicates,
        )

    def _foreign_left_out(self):
        """SQL of the addresses among them that SQL cannot compare as they are written."""
        return SQL(
            "SELECT email FROM (%s) AS e(email, reason, rank) WHERE email ~ %s OR (rank = %s AND email !~ %s)",
            self._left_out_query(),
            NOT_ASCII,
            LEFT_OUT_RANK,
            PLAIN_ADDRESS,
        )

    def _opted_out_query(self):
        """SQL of the addresses that do not want this mailing."""
        if self.mailing_model_name == LIST_MODEL:
            return self._left_lists_query()
        return SQL("SELECT unnest(%s::text[])", [email for email in self._get_opt_out_list() if email])

    def _left_lists_query(self):
        """As stock: who left one of the lists, and is in none of them under the same address.

        Looks for the few who left first, and then whether they are in another: to group everybody takes ten times as
        long.
        """
        subscribed = self._subscriptions_query()
        return SQL(
            """
            WITH left_one AS MATERIALIZED (%(subscribed)s AND s.opt_out AND c.email_normalized IS NOT NULL)
            SELECT email_normalized FROM left_one
            EXCEPT %(subscribed)s AND s.opt_out IS NOT TRUE AND c.email_normalized IN (SELECT * FROM left_one)
            """,
            subscribed=subscribed,
        )

    def _subscriptions_query(self):
        """SQL of the addresses of whoever is on the lists, or was; a condition can follow."""
        return SQL(
            """
            SELECT c.email_normalized FROM mailing_subscription s JOIN mailing_contact c ON c.id = s.contact_id
            WHERE s.list_id = ANY(%s)
            """,
            self.contact_list_ids.ids,
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
        """`{address: failure type}` of the claimed rows that left since the enqueue, or cannot be reached any more."""
        emails = [row["email"] for row in rows]
        left = self._blocked(emails) | self._deleted_among(emails)
        if self.mailing_model_name == LIST_MODEL and rows:
            left.update(dict.fromkeys(self._who_left_lists(rows), "mail_optout"))
        if self.use_exclusion_list and rows:
            left.update(dict.fromkeys(self._blacklisted(emails), "mail_bl"))
        return left

    def _reasons_to_leave_out(self, emails):
        """`{address: failure type}` of those that Odoo's own engine would mail, as it knows nothing of the reasons."""
        has_left_out = self.left_out_filter_ids or self.left_out_list_ids
        left_out = dict.fromkeys(self._left_out_among(emails) if has_left_out else (), LEFT_OUT)
        return left_out | self._blocked(emails) | self._deleted_among(emails)

    def _deleted_among(self, emails):
        """`{address: failure type}` of those that were deleted while they were blocked, and came back unseen.

        Whatever Odoo keeps normalised is blocked again as soon as it is written down; other fields are not watched.
        """
        if not self.mailing_model_real:
            return {}
        Model, field = self.env[self.mailing_model_real], self.email_field_id.sudo()  # sudo: of the field only its name
        own = field.name if field.model == Model._name else own_field(Model)
        is_watched = own in (None, watched_field(Model))
        return {} if is_watched else dict.fromkeys(self.env["mailing.address.deleted"]._marked(emails), BLOCKED)

    def _blacklisted(self, emails):
        """Those of the addresses that are blacklisted, an international domain in either of its spellings."""
        if all(email.isascii() and "xn--" not in email for email in emails):
            # Each looked up by itself: for = ANY(...) PostgreSQL may take the trigrams (25 times as slow)
            query = SQL(
                "SELECT email FROM unnest(%s::text[]) AS asked(email) JOIN mail_blacklist USING (email) WHERE active",
                array(emails),
            )
            return [email for [email] in self.env.execute_query(query)]
        query = SQL(
            "SELECT email FROM mail_blacklist WHERE active AND (email = ANY(%s) OR email ~ %s OR email LIKE %s)",
            emails,
            NOT_ASCII,
            "%@%xn--%",
        )
        keys = {self._key(email) for [email] in self.env.execute_query(query)}
        return [email for email in emails if self._key(email) in keys]

    def _blocked(self, emails):
        """`{address: failure type}` of those that are blocked or unreachable, an international domain in either way."""
        keys = {email: self._key(email) or "" for email in emails}
        query = SQL(
            # each looked up by itself, as above
            """
            SELECT email, CASE WHEN is_blocked THEN %s ELSE %s END
            FROM unnest(%s::text[]) AS asked(email) JOIN mailing_address USING (email)
            WHERE is_blocked OR is_unreachable
            """,
            BLOCKED,
            UNREACHABLE,
            array(keys.values()),
        )
        reasons = dict(self.env.execute_query(query))
        return {email: reasons[key] for email, key in keys.items() if key in reasons}

    def _who_left_lists(self, rows):
        """Addresses as they were at the enqueue: whoever has another since, or none, has left all the same."""
        query = SQL(
            """
            SELECT contact_id FROM mailing_subscription WHERE contact_id = ANY(%s::int[]) AND list_id = ANY(%s)
            GROUP BY contact_id HAVING bool_and(COALESCE(opt_out, FALSE))
            """,
            array(row["res_id"] for row in rows),
            self.contact_list_ids.ids,
        )
        left = {contact_id for [contact_id] in self.env.execute_query(query)}
        suspects = {row["email"] for row in rows if row["res_id"] in left}
        return suspects - self._subscribed_among(suspects)

    def _subscribed_among(self, emails):
        """Those that are on one of the lists, under whichever contact."""
        query = SQL(
            "%s AND s.opt_out IS NOT TRUE AND c.email_normalized = ANY(%s)", self._subscriptions_query(), list(emails)
        )
        return {email for [email] in self.env.execute_query(query)} if emails else set()
