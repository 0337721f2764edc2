"""Who would get a mailing and who would not, and why: a list to look through before it is sent.

Rows are the answer of one moment to one person, written by SQL: 100,000 of them are there in seconds.
"""

from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

GETS_IT = "gets_it"
KEPT_HOURS = 10  # as long as the four steps


class MailingAudienceMember(models.Model):
    _name = "mailing.audience.member"
    _description = "Recipient Before Sending"
    _log_access = False
    _order = "id"

    # no foreign keys: to look them up would take as long as all the rest
    mailing_id = fields.Integer(readonly=True)
    user_id = fields.Integer(readonly=True)
    looked_at = fields.Datetime(readonly=True)
    res_model = fields.Char(readonly=True)
    res_id = fields.Integer(readonly=True)
    name = fields.Char("Who", readonly=True)
    email = fields.Char("Address", readonly=True)
    outcome = fields.Selection("_selection_outcome", readonly=True)
    winner_id = fields.Integer(readonly=True, help="The record that gets it in the place of this one.")
    why = fields.Char("Gets it, or why not", compute="_compute_why")

    _looked_up_idx = models.Index("(mailing_id, user_id, outcome)")

    @api.model
    def _selection_outcome(self):
        words = self.env["mailing.mailing"]._exclusion_words().items()
        return [(GETS_IT, self.env._("Gets it")), *((reason, word[:1].upper() + word[1:]) for reason, word in words)]

    @api.depends("outcome", "winner_id")
    def _compute_why(self):
        winners = self._winners()
        words = {GETS_IT: self.env._("gets it"), **self.env["mailing.mailing"]._exclusion_words()}
        for member in self:
            winner = winners.get((member.mailing_id, member.winner_id))
            if member.outcome == "mail_dup" and winner:
                member.why = self.env._("double: %(name)s (%(email)s) gets it", name=winner.name, email=winner.email)
            elif member.outcome == "mail_dup":
                member.why = self.env._("has got it already")
            else:
                member.why = words.get(member.outcome, "")

    def _winners(self):
        """`{(mailing, record): member}` of those who get it in the place of others."""
        doubles = self.filtered("winner_id")
        domain = [
            ("mailing_id", "in", doubles.mapped("mailing_id")),
            ("user_id", "=", self.env.uid),
            ("res_id", "in", doubles.mapped("winner_id")),
            ("outcome", "=", GETS_IT),
        ]
        found = self.search(domain) if doubles else self
        return {(winner.mailing_id, winner.res_id): winner for winner in found}

    def action_open_record(self):
        """Open the record behind it."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.res_id,
            "views": [[False, "form"]],
        }

    @api.autovacuum
    def _forget_old(self):
        """Nobody looks at them any more."""
        before = fields.Datetime.now() - timedelta(hours=KEPT_HOURS)
        self.env.cr.execute(SQL("DELETE FROM mailing_audience_member WHERE looked_at < %s", before))
