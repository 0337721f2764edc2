"""Pictures on our own server, read as whoever gets the mail could load them: with no rights, or with their token."""

import base64

from odoo import models
from odoo.exceptions import AccessError, UserError
from odoo.tools import file_open
from odoo.tools.image import image_process

from odoo.addons.mail.controllers.mail import MailController

from ...adapters.images import ImageSession, Limits, NotFetched, decoded
from ...core.pictures import icon_asked, own_picture

_STATIC = (".png", ".jpg", ".jpeg", ".gif", ".webp")


class MailingMailing(models.Model):
    _inherit = "mailing.mailing"

    def _get_image_by_url(self, url, session):
        # stock asks whatever address a body names for Outlook, also inside our own network
        return super()._get_image_by_url(url, ImageSession(self._own_image_or_fetched))

    def _own_image_or_fetched(self, url, seconds):
        return self._own_image(url) or self._image_fetcher().fetch(url, seconds)

    def _own_image(self, url):
        """The picture of ours that a URL names; None for others, and for what a recipient could not load.

        A mail must not carry what its writer, or whoever approves it, may see and its readers may not.
        """
        try:
            content = self._own_content(url)
            return decoded(content, Limits().pixels) if content else None
        except (UserError, ValueError, OSError, NotFetched):  # no rights, no such thing, no picture
            return None

    def _own_content(self, url):
        """The bytes that a URL of ours leads to, if it does. Raises as Odoo's own routes do."""
        hosts = self._own_hosts()
        if icon := icon_asked(url, hosts):
            return MailController().export_icon_to_png(**icon).data
        asked = own_picture(url, hosts)
        content = asked and (self._static_file(asked.static) if asked.static else self._own_record(asked))
        if content and (asked.width or asked.height):
            return image_process(content, size=(asked.width, asked.height), crop=asked.crop)
        return content

    def _static_file(self, path):
        with file_open(path, "rb", filter_ext=_STATIC) as file:
            return file.read()

    def _own_record(self, asked):
        """The bytes that a record's field holds."""
        public = self.env.ref("base.public_user")
        # whoever runs may work in a company, or read sizes in the place of files
        binary = self.env["ir.binary"].with_user(public).with_context(allowed_company_ids=[], bin_size=False)
        try:
            record = binary._find_record(asked.xmlid, asked.model, asked.id, asked.access_token, field=asked.field)
        except AccessError:
            record = self._own_attachment(asked)
        if record._name == "ir.attachment" and asked.field in ("raw", "datas"):
            static = own_picture(record.url or "", ())  # the designer's own pictures are names for static files
            return self._static_file(static.static) if static and static.static else record.raw
        field = record._fields.get(asked.field)
        if not field or field.type != "binary":
            return None
        record._check_field_access(field, "read")
        return base64.b64decode(record[asked.field] or b"")

    def _own_attachment(self, asked):
        """A file of this very mailing, which goes to its recipients by what it is. Raises AccessError."""
        # sudo: whoever put it there had the right to; it is read for the mailing, not for a person
        file = self.env["ir.attachment"].sudo().browse(asked.id if asked.model == "ir.attachment" else 0)
        if not file.id or (file.res_model, file.res_id) != (self._name, self.id):
            raise AccessError(self.env._("Recipients may not see this picture."))
        return file
