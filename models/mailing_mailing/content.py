"""From a mailing to the bytes of its recipients' messages."""

import json
import logging

from odoo import models
from odoo.exceptions import UserError

from ...core import content as core

_logger = logging.getLogger(__name__)


class MailingMailing(models.Model):
    _inherit = "mailing.mailing"

    def _compile_content(self):
        """Make everything that is the same for all recipients, once, as the mailing is now."""
        values = self._compiled_content()
        self._content().unlink()
        return self._content().create({"mailing_id": self.id, **values})

    def _compiled_content(self, subject=None):
        """The same as values that nobody keeps; with another subject for a mail that only shows the mailing."""
        self = self._in_language_of_sender()
        source = self._content_source()
        if subject is not None:
            source["subject"] = subject
        if not self.personalize:
            source = self._content_rendered_once(source)
        try:
            return {"is_compiled": True, "reason": False, "payload": self._compile_message(source).to_json()}
        except core.NotCompilable as obstacle:
            _logger.info("Mailing %s is rendered recipient by recipient: %s", self.id, obstacle)
            return {"is_compiled": False, "reason": self._translate(obstacle.reason), "payload": json.dumps(source)}
        except core.BadValue as error:
            raise UserError(self._translate(error.reason)) from error

    def _in_language_of_sender(self):
        """With the context stock renders with: that of who is responsible for the mailing, whoever runs."""
        self.ensure_one()
        user = self.user_id or self.write_uid or self.env.user
        return self.with_context(**self.env["res.users"].with_user(user).context_get())

    def _content(self):
        return self.env["mailing.content"].sudo().search([("mailing_id", "=", self.id)])

    def _content_source(self):
        """What is rendered, with its placeholders: strings, as they are kept where Odoo renders record by record."""
        body, styles = self._content_body() if self._needs_html() else ("", "")
        return {
            "format": self.body_format,
            "body": body,
            "styles": styles,
            "text": self._content_own_text(),
            "subject": self.subject or "",
            "addresses": self._content_addresses(),
        }

    def _compile_message(self, source):
        marks, body = core.Marks(), source["body"]
        template = core.parse(body, by_qweb=self._content_is_for_qweb(body))
        html = self._content_stock_html(marks.marked(template), body)
        text = marks.marked(core.parse_inline(source["text"]))
        rendered = source | {"body": html, "text": text, "subject": core.parse_inline(source["subject"])}
        message = core.compile(self._content_parts(rendered, marks, self._content_files(), self._content_embedder()))
        self._check_object_names(message.names)
        return message

    def _content_parts(self, rendered, marks, files, embedder):
        """The parts of a message around a rendered source (with marks where it has holes)."""
        pages = self._recipient_links()
        finished = self._content_finish_html(rendered, marks, pages)
        html, text, pictures = None, None, ()
        if rendered["format"] != "html":
            text = marks.template(self._content_text(rendered, finished, marks, pages))
        if rendered["format"] != "text":
            embedding, pictures = embedder.embed(finished)
            html = marks.template(self._content_add_endings(embedding, marks, pages))
        headers = self._content_headers(rendered["subject"], rendered["addresses"], pages)
        return core.Parts(headers, html, text, files, pictures)

    def _content_files(self):
        """The attached files, encoded."""
        files = self.attachment_ids.sudo().sorted("id") - self._content_linked_attachments()
        attachments = (core.Attachment(file.name or "", file.mimetype or "", file.raw or b"") for file in files)
        return tuple(attachment.encode() for attachment in attachments)

    def _translate(self, text):
        """A core text in the language of the environment."""
        values = {name: self._translate(v) if hasattr(v, "source") else v for name, v in text.values.items()}
        return self.env._(text.source, **values) if values else self.env._(text.source)
