"""Leaving by mail: what the unsubscribe page does, for mail programs that answer with a mail."""

from markupsafe import Markup

from odoo import api, models
from odoo.tools import email_normalize

from ...core import tokens
from .recipient_links import UNSUBSCRIBE_SCOPE


class MailingMailing(models.Model):
    _inherit = "mailing.mailing"

    @api.model
    def _unsubscribe_by_subject(self, subject):
        """Honour a mail whose subject asks to leave, and say whether it was one.

        A subject with a wrong signature, or of a mailing that is gone, is no such mail.
        """
        found = tokens.read_unsubscribe_subject(subject or "")
        if not found or not tokens.is_signature(self._token_key(), UNSUBSCRIBE_SCOPE, *found):
            return False
        # sudo: the signature is the right; a mail gateway's user has none on mailings
        trace = self.env["mailing.trace"].sudo().browse(found[0]).exists()
        if not trace.mass_mailing_id or not trace.email:
            return False
        mailing = trace.mass_mailing_id
        mailing._unsubscribe_recipient(trace.email, mailing._note_of_leaving_by_mail(trace.res_id), trace.res_id)
        return True

    def _opt_out_who_complained(self, email):
        """Who calls it spam leaves the mailing's lists, and gets nothing else either."""
        if self.mailing_on_mailing_list:
            self.contact_list_ids._update_subscription_from_email(email, opt_out=True)
        speaks = self._in_language_of_who_sent_it().env
        note = speaks._("Called mailing %(mailing)s spam", mailing=self._get_html_link(title=self.subject))
        self.env["mail.blacklist"]._add(email, message=Markup("<p>%s</p>") % note)

    def _unsubscribe_recipient(self, email, note, res_id):
        """Take an address off this mailing's lists or, where there are none, onto the blacklist (stock's rule)."""
        self.ensure_one()
        if self.mailing_on_mailing_list:
            self.contact_list_ids._update_subscription_from_email(email, opt_out=True)
            self._opt_out_who_was_mailed(res_id, email)
        else:
            self.env["mail.blacklist"]._add(email, message=note)

    def _opt_out_who_was_mailed(self, contact_id, email):
        """Stock finds by address who leaves the lists; since the mail they may have got another, or lost theirs."""
        # sudo: a signed link, or a mail provider, is the right
        contacts = self.env["mailing.contact"].sudo()
        contact = contacts.browse(contact_id).exists()
        if not contact or contact.email_normalized == email_normalize(email):
            return
        theirs = contact.subscription_ids.filtered(lambda subscription: subscription.list_id in self.contact_list_ids)
        theirs.filtered(lambda subscription: not subscription.opt_out).opt_out = True
        if not contact.email and not contacts.search_count([("email_normalized", "=", email_normalize(email))]):
            # it was deleted: nothing but a mark can know it when it comes back to the list
            self.env["mailing.address.deleted"].sudo()._keep_leaving(email)

    def _note_of_leaving_by_mail(self, res_id):
        speaks = self._in_language_of_who_sent_it().env
        note = speaks._(
            "Asked to leave by a mail that answers mailing %(mailing)s (%(model)s %(number)s)",
            mailing=self._get_html_link(title=self.subject),
            model=speaks["ir.model"]._get(self.mailing_model_real).display_name,
            number=res_id,
        )
        return Markup("<p>%s</p>") % note
