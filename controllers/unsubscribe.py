"""One-click unsubscribe as RFC 8058 wants it, and coming back by the page that it leads to."""

from werkzeug.exceptions import BadRequest

from odoo import http
from odoo.http import request

from odoo.addons.mass_mailing.controllers.main import MassMailController


class BulkMailingUnsubscribe(MassMailController):
    @http.route(save_session=False)
    def mailing_unsubscribe_oneclick(self, mailing_id, document_id=None, email=None, hash_token=None, **_post):
        """Unsubscribe on POST alone; no session is begun for a mail provider's machine.

        The body `List-Unsubscribe=One-Click` stays here: handed on, it makes stock log a warning at each click.
        """
        return super().mailing_unsubscribe_oneclick(
            mailing_id, document_id=document_id, email=email, hash_token=hash_token
        )

    def _mailing_unsubscribe_from_list(self, mailing, document_id, email, hash_token):
        if hash_token:  # signed: it is the link of a mail to that very contact
            mailing._opt_out_who_was_mailed(int(document_id), email)
        return super()._mailing_unsubscribe_from_list(mailing, document_id, email, hash_token)

    @http.route()
    def mailing_update_list_subscription(
        self, mailing_id=None, document_id=None, email=None, hash_token=None, lists_optin_ids=None, **post
    ):
        """Who subscribes again, and leaves nothing, by the link of a mail is blocked no more for having left."""
        before = self._lists_of(email)
        answer = super().mailing_update_list_subscription(
            mailing_id=mailing_id,
            document_id=document_id,
            email=email,
            hash_token=hash_token,
            lists_optin_ids=lists_optin_ids,
            **post,
        )
        # without a token it is whoever is logged in, and people can change the address that they are known by
        if hash_token and before < self._lists_of(email):
            request.env["mailing.address.deleted"]._let_back(email)
        return answer

    def _lists_of(self, email):
        subscriptions = self._fetch_contacts(email).subscription_ids
        return set(subscriptions.filtered(lambda subscription: not subscription.opt_out).list_id.ids)

    def _check_mailing_email_token(self, mailing_id, document_id, email, hash_token, required_mailing_id=False):
        # stock calls int() on it, and a link that somebody mangled would be a server error
        if document_id and not str(document_id).isdecimal():
            raise BadRequest()
        return super()._check_mailing_email_token(
            mailing_id, document_id, email, hash_token, required_mailing_id=required_mailing_id
        )
