"""Pictures from elsewhere, copied to our server so that they stay.

They are copied before the checks, and the body names the copies from then on: what is approved, shown, repeated and
sent afterwards is one and the same.
"""

import logging
from urllib.parse import urlsplit

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...adapters.images import NotFetched, WebImages, fetch_all
from ...core.pictures import external, picture_urls, with_pictures
from ...core.text import Text, _

SECONDS = 20  # that somebody waits before the checks, whatever the other servers do
MOST_PICTURES = 50
MOST_BYTES = 25 * 1024 * 1024
BODIES = ("body_arch", "body_html")

_logger = logging.getLogger(__name__)


class MailingMailing(models.Model):
    _inherit = "mailing.mailing"

    host_external_images = fields.Boolean(
        "Copy pictures from elsewhere",
        help="Pictures on other servers are copied to ours, so that they stay when somebody removes them there.",
    )
    picture_ids = fields.One2many("mailing.picture", "mailing_id", "Pictures", readonly=True)
    has_pictures_elsewhere = fields.Boolean(compute="_compute_has_pictures_elsewhere")

    @api.depends(*BODIES)
    def _compute_has_pictures_elsewhere(self):
        for mailing in self:
            mailing.has_pictures_elsewhere = bool(mailing._pictures_elsewhere())

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_copy_pictures(self):
        """Copy the pictures that are elsewhere, also those that could not be copied before."""
        self.ensure_one()  # each may take as long as somebody is willing to wait
        self._check_may_copy_pictures()
        self._copy_pictures(self._pictures_elsewhere())
        return True

    def _check_may_copy_pictures(self):
        self.check_access("write")
        if self.state != "draft":
            raise UserError(
                self.env._("“%(subject)s” has been given for sending already.", subject=self._subject_in_words())
            )

    # ------------------------------------------------------------
    # Copying
    # ------------------------------------------------------------

    def _copy_new_pictures(self):
        """Where it is wanted, copy what has not been tried yet."""
        for mailing in self:
            if new := mailing._new_pictures():
                mailing._copy_pictures(new)
            mailing._forget_removed_pictures()

    def _new_pictures(self):
        """Where copies are wanted, the pictures elsewhere that have not been tried."""
        failed = self._failed_pictures()
        return [url for url in self._pictures_elsewhere() if url not in failed] if self.host_external_images else []

    def _copy_pictures(self, urls):
        """Fetch these and let the body name the copies.

        Nothing is written before all is fetched or the time is over, so nobody waits for a lock of ours.
        """
        self.check_access("write")
        wanted = [url for url in self._pictures_elsewhere() if url in urls]
        copied = self._copied_pictures()
        results = self._fetch_pictures([url for url in wanted if url not in copied], SECONDS)
        pictures = self.env["mailing.picture"].sudo()  # sudo: nobody has the right to write what was fetched
        pictures._note(self.sudo(), results)
        self._show_copies()
        self._forget_removed_pictures()

    def _fetch_pictures(self, urls, seconds):
        """What became of each URL: an image, or why there is none."""
        room = max(MOST_PICTURES - len(self._copied_pictures()), 0)
        too_many = NotFetched(_("Only %(most)d pictures of a mailing are copied.", most=MOST_PICTURES))
        left = MOST_BYTES - sum(self.sudo().picture_ids.attachment_id.mapped("file_size"))
        results = fetch_all(self._image_fetcher(), urls[:room], seconds, left) if urls else {}
        _logger.info("Mailing %s: %s pictures asked for", self.id, len(results))
        return results | dict.fromkeys(urls[room:], too_many)

    def _image_fetcher(self):
        """What fetches; a test puts one in its place that may connect to the test's own server."""
        return WebImages()

    def _show_copies(self):
        """Let the body name the copies instead of the pictures elsewhere."""
        copied = self._copied_pictures()
        new = {url: copied[there]._own_url() for url, there in self._written_urls().items() if there in copied}
        values = {name: with_pictures(str(self[name] or ""), new) for name in BODIES}
        values = {name: body for name, body in values.items() if body != (self[name] or "")}
        if values:
            # sudo: stock refuses a requester any write beside a colleague's placeholders, and only addresses change
            self.sudo().write(values)
            self._tell_series_of_change()

    def _forget_removed_pictures(self):
        """Take those off the list that failed and are not in the body any more."""
        elsewhere = self._pictures_elsewhere()
        # sudo: nobody has the right to change the list
        self.sudo().picture_ids.filtered(lambda p: p.state == "failed" and p.url not in elsewhere).unlink()

    def unlink(self):
        # mails that were sent, and duplicates of this mailing, go on showing the copies
        # sudo: the list is the server's, and the files on it are too
        self.sudo().picture_ids.attachment_id.write({"res_model": False, "res_id": False})
        return super().unlink()

    # ------------------------------------------------------------
    # What there is
    # ------------------------------------------------------------

    def _written_urls(self):
        """The pictures that are elsewhere: the URL as it stands in the body, and complete."""
        hosts = self._own_hosts()
        urls = [url for name in BODIES for url in picture_urls(str(self[name] or ""))]
        return {url: there for url in urls if (there := external(url, hosts))}

    def _pictures_elsewhere(self):
        """The complete URLs of the pictures that are elsewhere, in their order."""
        return list(dict.fromkeys(self._written_urls().values()))

    def _own_hosts(self):
        """The names under which this server is known."""
        urls = [self.get_base_url()]
        if self.mailing_model_real:  # on a form that is being filled in there may be none
            urls.append(self._content_base_url())
        return {urlsplit(url).hostname for url in urls}

    def _copied_pictures(self):
        """The pictures by their URLs, for those that have a copy."""
        return {picture.url: picture for picture in self.sudo().picture_ids if picture.attachment_id}

    def _failed_pictures(self):
        return {picture.url: picture for picture in self.sudo().picture_ids if picture.state == "failed"}

    def _uncopied_pictures(self):
        """For the checks: the pictures that stay elsewhere although copies are wanted, with the reason."""
        if not self.host_external_images:
            return ()
        failed, untried = self._failed_pictures(), _("It has not been tried yet.")
        return tuple(
            (url, Text.from_data(failed[url].problem) if url in failed else untried)
            for url in self._pictures_elsewhere()
        )
