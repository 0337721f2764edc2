"""What may be mailed has been switched on for it once, by somebody who may send and said why."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

SERVER_FIELDS = {"usable_by_id", "usable_at"}


def keep_scheduled_usable(env):
    """When the addon is installed: what waits to be sent at that moment was meant, and is not held up."""
    waiting = env["mailing.mailing"].search([("state", "in", ("in_queue", "sending"))])
    for targets in (waiting.contact_list_ids, waiting.mailing_filter_id):
        targets._switch_on(env._("A mailing to it was scheduled already when the addon was installed."))


class MailingUsable(models.AbstractModel):
    _name = "mailing.usable"
    _description = "Usable for Mailings"

    usable_for_mailing = fields.Boolean(
        "Usable for mailings",
        copy=False,
        help="Off until somebody who may send switches it on, and says why these people may be mailed.",
    )
    usable_reason = fields.Char(
        "Why it may be mailed", copy=False, help="Where the addresses come from, and what these people expect of us."
    )
    usable_by_id = fields.Many2one("res.users", "Switched on by", readonly=True, copy=False)
    usable_at = fields.Datetime("Switched on at", readonly=True, copy=False)

    @api.model_create_multi
    def create(self, vals_list):
        made = super().create(vals_list)
        # the records, not the values: defaults may come with the request's context
        usable = made.filtered(lambda each: each.usable_for_mailing or each.usable_by_id)
        if usable:
            self._check_may_switch()
            usable._note_switched_on()
        return made

    def write(self, vals):
        if not self.env.su:
            # who switched it on is noted by the server, and by nobody else
            vals = {name: value for name, value in vals.items() if name not in SERVER_FIELDS}
        if vals.keys() & {"usable_for_mailing", "usable_reason"}:
            self._check_may_switch()
        switched = self.filtered(lambda each: each.usable_for_mailing != vals.get("usable_for_mailing"))
        result = super().write(vals)
        if vals.get("usable_for_mailing"):
            switched._note_switched_on()
        return result

    def _note_switched_on(self):
        # sudo: noted by the server
        self.sudo().write({"usable_by_id": self.env.uid, "usable_at": fields.Datetime.now()})

    @api.model
    def _check_may_switch(self):
        if not self.env["mailing.mailing"]._may_send():
            raise AccessError(
                self.env._("Ask a colleague who may send: only they switch lists and selections on for mailings.")
            )

    def _switch_on(self, reason):
        """Let these be mailed from now on."""
        reason = (reason or "").strip()
        if not reason:
            raise UserError(
                self.env._("Say why these people may be mailed: where the addresses come from, and what they expect.")
            )
        self.write({"usable_for_mailing": True, "usable_reason": reason})
