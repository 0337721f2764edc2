"""A picture on somebody else's server, and what became of copying it to ours."""

import posixpath
from urllib.parse import urlsplit

from odoo import api, fields, models

from ..adapters.images import NotFetched
from ..core.text import Text


class MailingPicture(models.Model):
    """Written by the server alone: nobody has the right to write or create one."""

    _name = "mailing.picture"
    _description = "Picture of a Mailing from Elsewhere"
    _order = "state desc, id"
    _rec_name = "url"

    mailing_id = fields.Many2one("mailing.mailing", required=True, readonly=True, ondelete="cascade", index=True)
    url = fields.Char("Picture", required=True, readonly=True, help="Where it was found.")
    state = fields.Selection([("copied", "Copied"), ("failed", "Not copied")], required=True, readonly=True)
    problem = fields.Json(readonly=True)  # as in a finding, so that everybody reads it in their own language
    reason = fields.Char(compute="_compute_reason")
    attachment_id = fields.Many2one("ir.attachment", "Copy", readonly=True, ondelete="set null")
    width = fields.Integer(readonly=True)
    height = fields.Integer(readonly=True)
    kind = fields.Char(compute="_compute_kind")
    size_in_words = fields.Char("Size", compute="_compute_kind")
    tried_at = fields.Datetime("Tried at", readonly=True)

    # a URL may be longer than an index takes
    _once_per_mailing = models.UniqueIndex("(mailing_id, md5(url))")

    @api.depends("problem")
    @api.depends_context("lang")
    def _compute_reason(self):
        for picture in self:
            picture.reason = picture.problem and picture.mailing_id._translate(Text.from_data(picture.problem))

    @api.depends("attachment_id", "width", "height")
    def _compute_kind(self):
        for picture in self:
            copy = picture.attachment_id.sudo()  # sudo: its size and kind are no secret to who may read the list
            kind = copy.mimetype and copy.mimetype.rpartition("/")[2].upper()
            picture.kind = bool(copy) and self.env._(
                "%(kind)s, %(width)d × %(height)d", kind=kind, width=picture.width, height=picture.height
            )
            picture.size_in_words = bool(copy) and self.env._("%(size)d kB", size=-(-copy.file_size // 1024))

    def action_try_again(self):
        """Copy these, of one mailing, once more."""
        self.mailing_id.ensure_one()
        self.mailing_id._check_may_copy_pictures()
        self.mailing_id._copy_pictures(self.mapped("url"))
        return True

    # ------------------------------------------------------------
    # Kept up with what was fetched
    # ------------------------------------------------------------

    @api.model
    def _note(self, mailing, results):
        """Keep what became of each URL, an image or a NotFetched."""
        known = {picture.url: picture for picture in mailing.picture_ids}
        for url, result in results.items():
            values = {**self._values(mailing, url, result), "tried_at": fields.Datetime.now()}
            if url in known:
                known[url].write(values)
            else:
                self.create({"mailing_id": mailing.id, "url": url, **values})

    @api.model
    def _values(self, mailing, url, result):
        if isinstance(result, NotFetched):
            return {"state": "failed", "problem": result.reason.to_data(), "attachment_id": False}
        copy = self._attachment(mailing, url, result)
        return {
            "state": "copied",
            "problem": False,
            "attachment_id": copy.id,
            "width": result.width,
            "height": result.height,
        }

    @api.model
    def _attachment(self, mailing, url, image):
        """The picture as a file of the mailing; the same bytes are kept once."""
        attachments = self.env["ir.attachment"].with_context(image_no_postprocess=True)  # as it is
        own = [("res_model", "=", mailing._name), ("res_id", "=", mailing.id)]
        checksum = attachments._compute_checksum(image.content)
        copy = attachments.search([*own, ("checksum", "=", checksum)], limit=1) or attachments.create(
            {
                "name": posixpath.basename(urlsplit(url).path)[:100] or "picture",
                "res_model": mailing._name,
                "res_id": mailing.id,
                "raw": image.content,
                "mimetype": image.mimetype,
            }
        )
        copy.generate_access_token()  # recipients have no account; as stock does for pasted pictures
        return copy

    def _own_url(self):
        """Where the copy is."""
        copy = self.attachment_id
        return f"/web/image/{copy.id}?access_token={copy.access_token}"
