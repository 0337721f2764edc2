"""What came back: each event once, however often and by whichever way we hear of it."""

from odoo import api, fields, models
from odoo.tools import SQL

from ..adapters.postgres import array
from ..core.bounces import Reason

COMPLAINT = "complaint"
REASONS = [
    *((reason.value, str(reason.explanation)) for reason in Reason),
    (COMPLAINT, "The recipient called our mail spam."),
]
HARD_REASONS = {
    "userunknown": "The address does not exist",
    "hostunknown": "The domain does not exist",
    "hasmoved": "The recipient has moved",
    "notaccept": "The domain takes no mail",
}
LONGEST_DIAGNOSTIC = 2_000
_TEXTS = ("reason", "enhanced_status_code", "smtp_reply_code", "source", "event_key")


class MailingBounce(models.Model):
    _name = "mailing.bounce"
    _description = "Bounce"
    _order = "occurred_at desc, id desc"
    _rec_name = "address_id"

    address_id = fields.Many2one("mailing.address", required=True, index=True, ondelete="cascade")
    trace_id = fields.Many2one("mailing.trace", "Recipient", index="btree_not_null", ondelete="set null")
    mailing_id = fields.Many2one("mailing.mailing", index="btree_not_null", ondelete="set null")
    occurred_at = fields.Datetime("When", required=True)
    severity = fields.Selection(
        [("hard", "Hard"), ("soft", "Soft"), ("policy", "Policy")],
        help="Hard: the address does not work. Soft: it did not work for a while. Policy: the mail was not wanted, "
        "which is not held against the address. Empty: a complaint.",
    )
    reason = fields.Selection(REASONS)
    enhanced_status_code = fields.Char("Status code")
    smtp_reply_code = fields.Char("Reply code")
    diagnostic = fields.Char("The server's words")
    source = fields.Selection(
        [
            ("smtp", "While sending"),
            ("report", "Report by mail"),
            ("webhook", "Mail provider"),
            (COMPLAINT, "Complaint"),
        ],
        required=True,
    )
    event_key = fields.Char(required=True, help="The same for one event, by whichever way we hear of it.")

    _event_key_uniq = models.UniqueIndex("(event_key)", "An event is kept once.")

    @api.model
    def _key_of(self, trace_id, attempt, severity):
        """The key of what became of an attempt; a report, and a provider's call about it, are one event."""
        return f"trace:{trace_id}:{attempt}:{severity}"

    @api.model
    def _record(self, events):
        """Keep events, and count and block by them; returns those that are new.

        :param events: dicts of this model's values, with `email` for `address_id`, and `occurred_at` (now) if known.
            Who calls vouches for them: that somebody else made one up is to be found out before.
        """
        emails = [event["email"] for event in events]
        keys, others = self.env["mailing.address"]._spellings(emails)
        if not keys:
            return self.browse()
        self.env.flush_all()
        address_ids = self._addresses(keys, others)
        new = self._insert(events, [address_ids.get(self.env["mailing.address"]._key(email)) for email in emails])
        self.env["mailing.address"]._count(new.ids)
        return new

    def _addresses(self, keys, others):
        """`{key: id}`, all of them locked, in one order: two lanes never wait for each other."""
        asked = SQL("unnest(%s::text[], %s::text[]) AS asked(email, other)", array(keys), array(others))
        query = SQL(
            "%s ON CONFLICT (email) DO UPDATE SET write_date = EXCLUDED.write_date RETURNING email, id",
            self.env["mailing.address"]._insert_sql(asked),
        )
        return dict(self.env.execute_query(query))

    def _insert(self, events, address_ids):
        rows = [
            (address_id, *self._row(event)) for event, address_id in zip(events, address_ids, strict=True) if address_id
        ]
        query = SQL(
            """
            INSERT INTO mailing_bounce (
                address_id, trace_id, mailing_id, occurred_at, severity, diagnostic, reason, enhanced_status_code,
                smtp_reply_code, source, event_key, create_uid, write_uid, create_date, write_date)
            SELECT address, trace, mailing,
                COALESCE(at, date_trunc('second', clock_timestamp() AT TIME ZONE 'UTC')),
                severity, diagnostic, reason, status, code, source, key, %(uid)s, %(uid)s, %(now)s, %(now)s
            FROM unnest(%(columns)s) AS event(address, trace, mailing, at, severity, diagnostic, reason, status, code,
                source, key)
            ON CONFLICT (event_key) DO NOTHING RETURNING id
            """,
            uid=self.env.uid,
            now=SQL("date_trunc('second', now() AT TIME ZONE 'UTC')"),
            columns=SQL(
                "%s::int[], %s::int[], %s::int[], %s::timestamp[], %s::text[], %s::text[], %s::text[], %s::text[],"
                " %s::text[], %s::text[], %s::text[]",
                *map(array, zip(*rows, strict=True)),
            ),
        )
        return self.browse(id_ for [id_] in self.env.execute_query(query))

    def _row(self, event):
        """Values in the order of the statement; a database takes no NUL."""
        at = event.get("occurred_at")
        words = str(event.get("diagnostic") or "").replace("\0", " ")[:LONGEST_DIAGNOSTIC]
        if event.get("source") == COMPLAINT:
            event = event | {"reason": event.get("reason") or COMPLAINT}
        texts = (str(event.get(name) or "").replace("\0", "") or None for name in _TEXTS)
        return (
            *(event.get("trace_id") or None, event.get("mailing_id") or None),
            *(at and fields.Datetime.to_string(at), event.get("severity") or None, words or None),
            *texts,
        )
