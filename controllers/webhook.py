"""Where mail providers call. Nobody learns from an answer which addresses there are."""

import time

from odoo import http
from odoo.http import request

from ..core.webhooks import LARGEST_BODY, Call, Refusals
from ..models.mailing_webhook import ROUTE
from ..models.mailing_webhook_taking import REFUSED

TOO_MANY = 429
REFUSALS = Refusals()


class BulkMailingWebhook(http.Controller):
    @http.route(
        f"{ROUTE}/<string:token>",
        type="http",
        auth="public",
        methods=["POST"],
        csrf=False,
        save_session=False,
        readonly=False,
        max_content_length=LARGEST_BODY,
    )
    def bulk_mailing_webhook(self, token, **_params):
        caller = (request.db, request.httprequest.remote_addr, token[:64])
        if REFUSALS.are_too_many(caller, time.monotonic()):
            return request.make_response("", status=TOO_MANY)
        headers = {name.lower(): value for name, value in request.httprequest.headers.items()}
        status = request.env["mailing.webhook"]._take_call(token, Call(request.httprequest.get_data(), headers))
        if status == REFUSED:
            REFUSALS.note(caller, time.monotonic())
        return request.make_response("", status=status)
