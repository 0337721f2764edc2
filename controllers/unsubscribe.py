"""One-click unsubscribe as RFC 8058 wants it."""

from werkzeug.exceptions import BadRequest

from odoo import http

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

    def _check_mailing_email_token(self, mailing_id, document_id, email, hash_token, required_mailing_id=False):
        # stock calls int() on it, and a link that somebody mangled would be a server error
        if document_id and not str(document_id).isdecimal():
            raise BadRequest()
        return super()._check_mailing_email_token(
            mailing_id, document_id, email, hash_token, required_mailing_id=required_mailing_id
        )
