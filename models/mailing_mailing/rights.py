"""Who may send, and when a mailing may leave the draft; kept here, because an access list would let anybody who may
write a mailing write its state."""

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import str2bool

from .groups import SENDER_GROUP

ADMIN_GROUP = "bulk_mailing.group_mail_admin"


class MailingMailing(models.Model):
    _inherit = "mailing.mailing"

    may_send = fields.Boolean(compute="_compute_may_send", help="Whether you may send, or only request it.")
    must_request = fields.Boolean(
        compute="_compute_must_request", help="Whether you ask for it to be sent, instead of sending it."
    )
    terms_acceptance_ids = fields.One2many(
        "mailing.terms.acceptance", "mailing_id", readonly=True, groups="bulk_mailing.group_mail_admin"
    )

    @api.depends_context("uid")
    def _compute_may_send(self):
        self.may_send = self._may_send()

    @api.depends_context("uid")
    def _compute_must_request(self):
        for mailing in self:
            mailing.must_request = not mailing._may_send() or mailing._needs_four_eyes()

    @api.model
    def _may_send(self):
        return self.env.su or self.env.user.has_group(SENDER_GROUP)

    @api.model
    def _check_may_send(self):
        """Raise AccessError unless the user may send mailings."""
        if not self._may_send():
            raise AccessError(
                self.env._("You may prepare mailings, not send them. Ask a colleague who may send to do it.")
            )

    def _check_may_leave_draft(self):
        """Raise unless the user may send, has accepted the terms and the checks have nothing against it."""
        if not self:
            return
        self._check_may_send()
        if self.env.su:
            return
        self._check_request()
        if not self._enforces_terms_and_checks():
            return
        for mailing in self.filtered(lambda mailing: mailing.mailing_type == "mail" and not mailing._is_sent_in_part()):
            mailing._check_terms_accepted()
            mailing._check_within_selection()
            mailing._check_findings()

    def _is_sent_in_part(self):
        """Whether this is the winner of an A/B test, whose terms and checks were seen to when the test went out."""
        tested = self._get_ab_testing_siblings_mailings() - self
        return self.ab_testing_is_winner_mailing and "done" in tested.mapped("state")

    @api.model
    def _enforces_terms_and_checks(self):
        value = self.env["ir.config_parameter"].sudo().get_param("bulk_mailing.enforce_terms_and_checks")
        return str2bool(value or "1", True)

    # ------------------------------------------------------------
    # Terms
    # ------------------------------------------------------------

    def _accept_terms(self):
        """Keep that the current user accepts the terms in force for each of these mailings."""
        terms = self.env["mailing.terms"]._current()
        for mailing in self if terms else ():
            mailing.check_access("write")
            self.env["mailing.terms.acceptance"]._record(mailing, terms)

    def _own_acceptance(self):
        """The current user's acceptance of the terms in force for this mailing, or none."""
        terms = self.env["mailing.terms"]._current()
        return self.env["mailing.terms.acceptance"].sudo()._find(self._origin, terms)

    def _check_terms_accepted(self):
        if not self.env["mailing.terms"]._current():
            return
        if not (self._own_acceptance() or self._requesters_acceptance()):
            raise UserError(
                self.env._(
                    "Accept the sending terms for “%(subject)s” first: press “Send…” and begin with the first step.",
                    subject=self._subject_in_words(),
                )
            )

    def _get_ab_testing_siblings_mailings(self):
        # stock keeps the field on the campaign to its own group, and its form reads it; a requester may read mailings
        return super(MailingMailing, self.sudo())._get_ab_testing_siblings_mailings().sudo(self.env.su)

    # ------------------------------------------------------------
    # The ways out of the draft
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        mailings = super().create(vals_list)
        if not self.env.su:
            # the records, not the values: defaults may come with the request's context
            if mailings.sender_user_id:
                self._check_may_write_sender()
            if "classic" in mailings.mapped("send_engine"):
                self._check_may_choose_classic()
        leaving = mailings.filtered(lambda mailing: mailing.state != "draft")
        leaving._check_may_leave_draft()
        leaving._note_sender()
        return mailings

    def write(self, vals):
        if "sender_user_id" in vals:
            self._check_may_write_sender()
        if vals.get("send_engine") == "classic":
            self._check_may_choose_classic()
        if "state" in vals:
            self._check_state_change(vals["state"])
        if vals.get("state") == "draft":  # taken back: whoever sends it next is its sender
            super().write({"sender_user_id": False})
        result = super().write(vals)
        if vals.get("mailing_type") == "mail":  # an SMS needs no terms and checks to leave, and must not become a mail
            self.filtered(lambda mailing: mailing.state != "draft")._check_may_leave_draft()
        return result

    def _check_state_change(self, state):
        changing = self.filtered(lambda mailing: mailing.state != state)
        if changing:
            changing._check_may_send()
        changing.filtered(lambda mailing: mailing.state == "draft")._check_may_leave_draft()
        if state in ("in_queue", "sending") and not self.env.su:
            changing._note_sender()

    @api.model
    def _check_may_write_sender(self):
        if not self.env.su:
            raise AccessError(self.env._("Who sent a mailing is noted by the system, and by nobody else."))

    @api.model
    def _check_may_choose_classic(self):
        if self.env.su or self._default_send_engine() == "classic":
            return
        if not self.env.user.has_group(ADMIN_GROUP):
            raise AccessError(self.env._("Only a mail administrator chooses Odoo's own queue for a mailing."))

    def copy_data(self, default=None):
        vals_list = super().copy_data(default)
        if not self.env.su and not self.env.user.has_group(ADMIN_GROUP):
            for vals in vals_list:
                vals.pop("send_engine", None)  # the default holds for who may not choose
        if not self._may_send() and "user_id" not in (default or {}):
            for vals in vals_list:
                vals["user_id"] = self.env.uid  # who only prepares mailings makes their own of a colleague's
        return vals_list

    def action_put_in_queue(self):
        # stock's Send, Schedule, Retry and the winner of an A/B test all come through here; the rest is in write()
        self._check_may_send()
        self._note_sender()
        return super().action_put_in_queue()

    def _note_sender(self):
        """Keep who sends, by whose rights there are recipients; noted by the server alone."""
        for mailing in self.sudo():
            mailing.sender_user_id = mailing._who_sends()

    def _who_sends(self):
        """The user; for a cron, which picks the winner of an A/B test, who sent the test."""
        if self.env.uid != SUPERUSER_ID:
            return self.env.user
        return self.sender_user_id or self._get_ab_testing_siblings_mailings().sender_user_id[:1]

    def action_send_mail(self, res_ids=None):
        # public, and sends without a look at the state
        self._check_may_send()
        self.filtered(lambda mailing: mailing.state == "draft")._check_may_leave_draft()
        self._note_sender()
        return super().action_send_mail(res_ids)

    def action_send_sms(self, res_ids=None):
        # public as well, and texts everybody without a look or a change of the state
        self._check_may_send()
        return super().action_send_sms(res_ids)

    def action_retry_failed(self):
        self._check_may_send()  # before stock deletes the failed mails as superuser
        return super().action_retry_failed()
