"""Who works there no more gets no mailing at that address, whichever list it is on."""

from odoo import models
from odoo.tools import SQL

from ...adapters.postgres import array
from .exclusions import BLOCKED, UNREACHABLE

FORMER = "bulk_former"
RANK = 2.5  # after who left, before what a dead address is skipped for

# an address that a present contact has as well is theirs
FORMER_EMPLOYEES = SQL(
    """
    SELECT p.email_normalized AS email FROM res_partner p
    WHERE p.is_former_employee AND p.email_normalized IS NOT NULL AND NOT EXISTS (
        SELECT FROM res_partner o
        WHERE o.email_normalized = p.email_normalized AND o.active AND o.is_former_employee IS NOT TRUE)
    """
)


class MailingMailing(models.Model):
    _inherit = "mailing.mailing"

    def _left_out_query(self):
        self.env["res.partner"].flush_model(["is_former_employee", "email_normalized", "active"])
        former = SQL("SELECT email, %s, %s FROM (%s) AS f", FORMER, RANK, FORMER_EMPLOYEES)
        return SQL("%s UNION ALL %s", super()._left_out_query(), former)

    def _who_left(self, rows):
        left = super()._who_left(rows)
        for email in self._former_employees([row["email"] for row in rows]):
            if left.get(email) in (None, BLOCKED, UNREACHABLE):
                left[email] = FORMER
        return left

    def _reasons_to_leave_out(self, emails):
        return super()._reasons_to_leave_out(emails) | dict.fromkeys(self._former_employees(emails), FORMER)

    def _former_employees(self, emails):
        """Those of the addresses whose people work there no more, an international domain in either spelling."""
        spelled = {email: email for email in emails}
        for email in emails:
            if not email.isascii() or "xn--" in email:
                keys, others = self.env["mailing.address"]._spellings([email])
                spelled |= {spelling: email for spelling in (*keys, *others) if spelling}
        query = SQL("SELECT email FROM (%s) AS f WHERE email = ANY(%s)", FORMER_EMPLOYEES, array(spelled))
        return {spelled[email] for [email] in self.env.execute_query(query)} if spelled else set()

    def _exclusion_words(self):
        return super()._exclusion_words() | {FORMER: self.env._("set as former employee")}
