"""The links of test mails and previews: they say what they are, and do nothing."""

from odoo import http
from odoo.http import request

from odoo.addons.mass_mailing.controllers.main import MassMailController

from ..models.mailing_mailing.sample import SAMPLE_TOKEN


class BulkMailingSample(MassMailController):
    @http.route()
    def mailing_confirm_unsubscribe(self, mailing_id, document_id=None, email=None, hash_token=None):
        if hash_token == SAMPLE_TOKEN:
            return request.render("bulk_mailing.sample_link_page")
        return super().mailing_confirm_unsubscribe(mailing_id, document_id, email, hash_token)

    @http.route()
    def mailing_unsubscribe_oneclick(self, mailing_id, document_id=None, email=None, hash_token=None, **post):
        if hash_token == SAMPLE_TOKEN:
            return request.make_response("")
        return super().mailing_unsubscribe_oneclick(mailing_id, document_id, email, hash_token, **post)

    @http.route()
    def mailing_view_in_browser(self, mailing_id, email=None, document_id=None, hash_token=None, **kwargs):
        if hash_token == SAMPLE_TOKEN:
            return request.render("bulk_mailing.sample_link_page")
        return super().mailing_view_in_browser(mailing_id, email, document_id, hash_token, **kwargs)
