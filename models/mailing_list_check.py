"""A whole list is checked in the background: its progress is shown, and its end told."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL
from odoo.tools.misc import formatLang

from .mail_thread_blacklist import SPELLINGS

NOTED_AT_ONCE = 20_000
# who waited longer may be gone from the screen
LONG = timedelta(minutes=1)


class MailingList(models.Model):
    _inherit = "mailing.list"

    address_check = fields.Selection([("running", "Running"), ("done", "Done")], readonly=True, copy=False)
    address_check_at = fields.Datetime("Addresses checked", readonly=True, copy=False)
    address_check_user_id = fields.Many2one("res.users", readonly=True, copy=False)
    address_check_noted_until = fields.Integer(readonly=True, copy=False, help="The last subscription that was noted.")
    # counted once in a while: a million takes ten seconds, and a browser asks every three
    address_check_counts = fields.Json(readonly=True, copy=False)
    address_check_percent = fields.Integer("Checked", compute="_compute_address_check")
    address_check_summary = fields.Char(compute="_compute_address_check")
    has_doubtful_addresses = fields.Boolean(compute="_compute_address_check")

    def action_check_addresses(self):
        """Check the addresses of everybody on the list, in the background."""
        self.check_access("read")
        # sudo: looking whether addresses exist changes nothing on the list
        self.sudo().write(
            {
                "address_check": "running",
                "address_check_at": fields.Datetime.now(),
                "address_check_user_id": self.env.uid,
                "address_check_noted_until": 0,
                "address_check_counts": False,
            }
        )
        self.env["mailing.address"]._trigger_check()

    @api.depends("address_check", "address_check_counts")
    @api.depends_context("lang")
    def _compute_address_check(self):
        for mailing_list in self:
            counts = mailing_list.address_check_counts
            mailing_list.address_check_summary = mailing_list.address_check and mailing_list._summary(counts)
            mailing_list.has_doubtful_addresses = bool(counts and counts["risky"] + counts["invalid"])
            total = sum(counts.values()) if counts else 0
            mailing_list.address_check_percent = 100 * (total - counts["waiting"]) // total if total else 0

    def _count_validity(self):
        """How many addresses of the list are `waiting`, and how many of the others have which validity."""
        self.env.flush_all()
        query = SQL(
            """
            SELECT CASE WHEN NOT is_address THEN 'invalid' WHEN is_waiting THEN 'waiting' ELSE validity END, count(*)
            FROM (
                SELECT DISTINCT ON (COALESCE(c.email_normalized, c.email)) c.email_normalized IS NOT NULL AS is_address,
                    s.id > %(noted)s OR COALESCE(a.check_at <= now() AT TIME ZONE 'UTC', FALSE) AS is_waiting,
                    COALESCE(a.validity, 'unknown') AS validity
                FROM mailing_subscription s JOIN mailing_contact c ON c.id = s.contact_id
                LEFT JOIN %(spellings)s a ON a.spelling = c.email_normalized
                WHERE s.list_id = %(list)s AND c.email > ''
                ORDER BY COALESCE(c.email_normalized, c.email), s.id
            ) address GROUP BY 1
            """,
            noted=self.address_check_noted_until if self.address_check == "running" else 2**31 - 1,
            list=self.id,
            spellings=SPELLINGS,
        )
        none = dict.fromkeys(("waiting", "valid", "risky", "invalid", "unknown"), 0)
        return none | dict(self.env.execute_query(query))

    def _summary(self, counts):
        if not counts:
            return self.env._("The first addresses are being checked.")
        numbers = {name: formatLang(self.env, count, digits=0) for name, count in counts.items()}
        if self.address_check == "running":
            return self.env._(
                "%(checked)s of %(total)s addresses are checked.",
                checked=formatLang(self.env, sum(counts.values()) - counts["waiting"], digits=0),
                total=formatLang(self.env, sum(counts.values()), digits=0),
            )
        return self.env._("%(valid)s valid · %(risky)s risky · %(invalid)s invalid · %(unknown)s not known", **numbers)

    def action_view_doubtful(self):
        """Open those on the list whose address looks wrong."""
        looks_wrong = Domain("email_validity", "in", ("risky", "invalid"))
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Doubtful addresses"),
            "res_model": "mailing.contact",
            "views": [(self.env.ref("bulk_mailing.mailing_contact_view_list_doubtful").id, "list"), (False, "form")],
            "domain": list(Domain("list_ids", "in", self.ids) & looks_wrong),
            "help": self.env._("No address on the list looks wrong."),
        }

    # ------------------------------------------------------------
    # In the background
    # ------------------------------------------------------------

    @api.model
    def _note_running_checks(self):
        """Let the next addresses of each list that is being checked be checked."""
        for mailing_list in self._running_checks():
            mailing_list._note_next()

    def _running_checks(self):
        return self.with_context(active_test=False).search([("address_check", "=", "running")])

    def _note_next(self):
        query = SQL(
            """
            SELECT s.id, c.email_normalized FROM mailing_subscription s JOIN mailing_contact c ON c.id = s.contact_id
            WHERE s.list_id = %s AND s.id > %s ORDER BY s.id LIMIT %s
            """,
            self.id,
            self.address_check_noted_until,
            NOTED_AT_ONCE,
        )
        rows = self.env.execute_query(query)
        self.env["mailing.address"]._add_to_check({email for _id, email in rows if email})
        if rows:
            self.address_check_noted_until = rows[-1][0]
            self.env["mailing.address"]._trigger_check()  # there may be more

    @api.model
    def _finish_checks(self):
        """Say how far each list is, and tell those whose list is through."""
        for mailing_list in self._running_checks():
            mailing_list.address_check_counts = mailing_list._count_validity()
            if not mailing_list.address_check_counts["waiting"]:
                mailing_list.address_check = "done"
                mailing_list._tell_checked()

    def _tell_checked(self):
        user = self.address_check_user_id
        mailing_list = self.with_context(lang=user.lang)
        title = mailing_list.env._("The addresses of “%(list)s” are checked", list=self.name)
        message = mailing_list.address_check_summary
        user._bus_send("simple_notification", {"title": title, "message": message, "type": "success", "sticky": True})
        if fields.Datetime.now() - self.address_check_at > LONG:
            # where they can read the list no more, the message leads nowhere
            leads_to = {"model": self._name, "res_id": self.id} if self.with_user(user).has_access("read") else {}
            threads = mailing_list.env["mail.thread"]
            threads.message_notify(partner_ids=user.partner_id.ids, subject=title, body=message, **leads_to)
