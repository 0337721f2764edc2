"""Who accepted which version of the terms, for which mailing, when. Kept for ever."""

from odoo import api, fields, models
from odoo.exceptions import UserError


class MailingTermsAcceptance(models.Model):
    _name = "mailing.terms.acceptance"
    _description = "Accepted Sending Terms"
    _order = "accepted_at desc, id desc"
    _rec_name = "user_id"

    user_id = fields.Many2one("res.users", "Who", required=True, readonly=True, ondelete="restrict", index=True)
    terms_id = fields.Many2one(
        "mailing.terms", "Which version", required=True, readonly=True, ondelete="restrict", index=True
    )
    accepted_at = fields.Datetime("When", required=True, readonly=True, default=fields.Datetime.now)
    language = fields.Char(readonly=True, help="The language in which the terms were shown.")
    # the mailing may be deleted, the acceptance may not
    mailing_id = fields.Many2one("mailing.mailing", readonly=True, ondelete="set null", index=True)
    mailing_subject = fields.Char("Subject then", readonly=True)

    _one_for_each = models.UniqueIndex("(mailing_id, terms_id, user_id) WHERE mailing_id IS NOT NULL")

    def write(self, vals):
        if self:
            raise UserError(self.env._("What was accepted, by whom and when, cannot be changed."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("Acceptances of the sending terms are kept for ever."))

    @api.model
    def _record(self, mailing, terms):
        """Keep that the current user accepts these terms for this mailing; accepting twice is accepting once."""
        existing = self.sudo()._find(mailing, terms)
        return existing or self.sudo().create(
            {
                "user_id": self.env.uid,
                "terms_id": terms.id,
                "mailing_id": mailing.id,
                "mailing_subject": mailing.subject,
                "language": self.env.lang or "en_US",
            }
        )

    @api.model
    def _find(self, mailing, terms):
        """The current user's acceptance of these terms for this mailing, or none."""
        return self.search(
            [("mailing_id", "=", mailing.id), ("terms_id", "=", terms.id), ("user_id", "=", self.env.uid)], limit=1
        )
