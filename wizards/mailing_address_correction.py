"""The dialog that puts the right address in the place of one that does not work, on every record that carries it."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import email_normalize

from ..core.validity import SENTENCES, Status, judge
from ..models.mailing_address_deleted import OPTED_OUT


class MailingAddressCorrection(models.TransientModel):
    _name = "mailing.address.correction"
    _description = "Correct an Address"

    address_ids = fields.Many2many("mailing.address", readonly=True)
    old_email = fields.Char("Address now", compute="_compute_old")
    on_records = fields.Char("It is on", compute="_compute_old")
    new_email = fields.Char("Right address", compute="_compute_new_email", store=True, readonly=False)
    objection = fields.Char(compute="_compute_objection")

    @api.depends("address_ids")
    def _compute_old(self):
        for correction in self:
            correction.old_email = correction.address_ids.display_name
            correction.on_records = correction.address_ids._in_words(correction.address_ids._carriers())

    @api.depends("address_ids")
    def _compute_new_email(self):
        for correction in self:
            address = correction.address_ids
            correction.new_email = address.suggestion or judge(address.email or "").suggestion

    @api.depends("new_email")
    def _compute_objection(self):
        """What is wrong with the new address is said while it is typed, and it can be saved unless it is none."""
        for correction in self:
            correction.objection = correction._object() if correction.new_email else ""

    def _object(self):
        verdict = judge(self.new_email.strip())
        if verdict.suggestion:
            return self.env._("Did you mean %(address)s?", address=verdict.suggestion)
        if verdict.status is Status.INVALID:
            return self.env["mailing.mailing"]._translate(SENTENCES[verdict.reason])
        known = self.env["mailing.address"]._known([self.new_email]).values()
        return " ".join(address._problem() for address in known)

    def action_correct(self):
        """Write it everywhere where the person may; the old address stays known, as corrected."""
        self.ensure_one()
        address, new = self.address_ids.ensure_one(), (self.new_email or "").strip()
        address._check_may_act()
        if not new or judge(new).status is Status.INVALID:
            raise UserError(self.env._("“%(text)s” is no mail address. Type one such as ann@example.org.", text=new))
        if address._key(new) == address.email:
            raise UserError(self.env._("That is the address it has already."))
        address._check_is_carried()
        changed, kept = address._replace_everywhere(new)
        if not changed:
            raise UserError(self.env._("You may change none of the records that have %(old)s.", old=self.old_email))
        # sudo: people only read what the server keeps
        address.sudo().corrected_to = email_normalize(new) if not kept else False
        told = self.env._("Corrected: %(records)s.", records=address._in_words(changed))
        has_refused_mail = self._has_refused_mail()
        if has_refused_mail:
            # sudo: who corrects an address need not be able to change the exclusion list; that person has left already
            self.env["mail.blacklist"].sudo()._add(new)
            told += " " + self.env._(
                "It is on the exclusion list, as whoever had %(old)s wants no mail.", old=self.old_email
            )
        if kept:
            told += " " + self.env._(
                "Kept, because you may not change it: %(records)s.", records=address._in_words(kept)
            )
        return address._tell(told, is_sticky=has_refused_mail or bool(kept))

    def _has_refused_mail(self):
        """Whether somebody wants none of our mail at the old address: it is the person who does not, wherever."""
        address = self.address_ids
        # sudo: who may not be told so corrects it for a person who must not be mailed all the same
        excluded = self.env["mail.blacklist"].sudo().search_count([("email", "in", list(address._spelled()))])
        if excluded or address.blocked_reason in ("complaint", OPTED_OUT):
            return True
        # a bounce that came before the address did hides that they had left
        return bool(self.env["mailing.address.deleted"]._opted_out(address.mapped("email")))
