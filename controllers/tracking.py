"""The invisible picture that counts an open, only in mailings that say so."""

import base64

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request

ONE_PIXEL_GIF = base64.b64decode("R0lGODlhAQABAIAAANvf7wAAACH5BAEAAAAALAAAAAABAAEAAAICRAEAOw==")
HEADERS = [
    ("Content-Type", "image/gif"),
    # a picture from a cache is an open that is not counted
    ("Cache-Control", "no-store, max-age=0"),
]


class BulkMailingTracking(http.Controller):
    @http.route("/mailing/t/<int:trace_id>/<string:signature>.gif", type="http", auth="public", save_session=False)
    def bulk_mailing_open(self, trace_id, signature, **_params):
        if not request.env["mailing.mailing"]._count_open(trace_id, signature):
            raise NotFound()
        return request.make_response(ONE_PIXEL_GIF, headers=HEADERS)
