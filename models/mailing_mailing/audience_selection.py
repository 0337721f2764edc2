"""A mailing to a saved selection goes to who is in it when it leaves, and is held back where its meaning changed."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..mailing_filter.mini_selection import narrows, same_conditions


class MailingMailing(models.Model):
    _inherit = "mailing.mailing"

    # what the screens compare the mailing's own conditions with
    mailing_filter_domain = fields.Char(related="mailing_filter_id.whole_domain")

    def _compute_mailing_domain(self):
        # no dependency on the selection's conditions: mailings that are done keep those they were sent by
        super()._compute_mailing_domain()
        for mailing in self.filtered("mailing_filter_id"):
            mailing.mailing_domain = mailing.mailing_filter_id.whole_domain

    def _follows_selection(self):
        """Whether it goes to its selection as that is, and nothing was changed for this mailing alone."""
        return same_conditions(self.mailing_domain, self.mailing_filter_id.whole_domain)

    def _check_within_selection(self):
        """Raise where the mailing's own conditions let in who is not in its selection: only that was switched on."""
        selection = self.mailing_filter_id
        if selection and not narrows(self.mailing_domain, selection.whole_domain):
            raise UserError(
                self.env._(
                    "The conditions of this mailing reach beyond the selection “%(selection)s”. Add to the conditions "
                    "of the selection, or take the selection out.",
                    selection=selection.display_name,
                )
            )

    @api.model
    def _about_to_use(self, selections):
        """The mailings that have not begun to leave, and go to these selections."""
        waiting = Domain([("state", "in", ("draft", "in_queue")), ("flight_state", "=", False)])
        return self.search(waiting & self._uses(selections))

    @api.model
    def _uses(self, selections):
        return Domain("mailing_filter_id", "in", selections.ids) | Domain("left_out_filter_ids", "in", selections.ids)

    def _note_changed_selection(self, selections):
        """What was approved was approved for other people; what is scheduled may not be changed by who cannot send."""
        self._requested_or_approved()._withdraw_if_changed()
        may_send = self.with_env(selections.env)._may_send()
        for mailing in self:
            if may_send:
                mailing._repeating()._note_seen()
            else:
                mailing._repeating()._pause_after_change()
                mailing._take_back_after_change()

    def _requested_or_approved(self):
        return self.filtered(lambda mailing: mailing.request_state in ("requested", "approved"))

    def _take_back_after_change(self):
        """A draft again, and who had scheduled it is told."""
        if self.state != "in_queue":
            return
        sender = self.sender_user_id
        self.action_cancel()
        words = self.env._(
            "Not scheduled any more: %(name)s changed the selection it goes to, and may not send.",
            name=self.env.user.name,
        )
        self.message_post(body=words, partner_ids=sender.partner_id.ids, subtype_xmlid="mail.mt_note")
