"""Pictures of ours that go along in the message."""

import hashlib

from markupsafe import Markup

from odoo import fields, models

from ...core.content import Attachment
from ...core.pictures import picture_urls, with_pictures

MOST_BYTES = 25 * 1024 * 1024  # beyond that the checks have stopped the mailing, and memory has an end
# a body that Odoo renders may have another picture for each recipient
_MOST_KEPT, _MOST_KEPT_BYTES = 200, 50 * 1024 * 1024


class MailingMailing(models.Model):
    _inherit = "mailing.mailing"

    embed_images = fields.Boolean(
        "Send pictures along",
        help="They show at once, but every mail is many times as large and takes as much longer to send; off, mail "
        "programs load them from our server when the mail is opened.",
    )

    def _content_embedder(self):
        """What puts pictures into messages; to be kept as long as a slice, so that each is encoded once."""
        return Embedder(self._own_image if self._embeds_pictures() else lambda _url: None)

    def _embeds_pictures(self):
        return self.embed_images and self._has_html_part()

    def _pictures_in_words(self):
        """For who decides whether it is sent."""
        if not self._has_html_part():
            return ""
        way = self.env._("Sent along in every mail")
        if not self.embed_images:
            way = self.env._("Loaded when a mail is opened")
        return f"{way} · {self.env._('copied from elsewhere')}" if self.host_external_images else way

    def _draft_of_pictures(self):
        """What the checks see of them: whether they go along, which do not, and how large that makes a mail."""
        html, pictures = self._content_embedder().embed(self.body_html or "")
        told = {url for url, _reason in self._uncopied_pictures()}  # by another check
        stay = (url for url in picture_urls(str(html), in_img_only=True) if not url.startswith("cid:"))
        files = sum(len(file.data) for file in (*pictures, *self._content_files()))
        return {
            "embeds_pictures": self._embeds_pictures(),
            "linked_pictures": tuple(url for url in stay if url not in told) if self._embeds_pictures() else (),
            "message_size_bytes": len(html) + files,
        }


class Embedder:
    """Finds pictures of ours in HTML. What `find` does not give stays behind its link."""

    def __init__(self, find):
        self._find, self._known = find, {}

    def embed(self, html):
        """The HTML with `cid:` addresses, and the encoded pictures that these name, each once.

        Only those in `img`: Gmail and Outlook show no others that come along.
        """
        new, files = {}, {}
        for url in picture_urls(str(html), in_img_only=True):
            content_id, file = self._picture(url)
            if file and sum(len(other.data) for other in files.values()) < MOST_BYTES:
                new[url], files[content_id] = f"cid:{content_id}", file
        if not new:
            return html, ()
        changed = with_pictures(str(html), new, in_img_only=True)
        return Markup(changed), tuple(files.values())  # noqa: S704  the same HTML, other addresses

    def _picture(self, url):
        """Content-ID and encoded file, or None twice."""
        if url not in self._known:
            kept = sum(len(file.data) for _content_id, file in self._known.values() if file)
            if len(self._known) >= _MOST_KEPT or kept > _MOST_KEPT_BYTES:
                self._known.clear()
            self._known[url] = self._encoded(self._find(url))
        return self._known[url]

    def _encoded(self, image):
        if not image:
            return None, None
        digest = hashlib.sha256(image.content).hexdigest()[:32]
        name = f"{digest[:8]}.{image.mimetype.rpartition('/')[2]}"
        content_id = f"{digest}@picture"
        return content_id, Attachment(name, image.mimetype, image.content, content_id).encode()
