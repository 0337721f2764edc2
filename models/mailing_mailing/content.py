"""From a mailing to the bytes of its recipients' messages."""

import json
import logging

from odoo import models
from odoo.exceptions import UserError
from odoo.tools.mail import html2plaintext

from ...core import content as core

_logger = logging.getLogger(__name__)


class MailingMailing(models.Model):
    _inherit = "mailing.mailing"

    def _compile_content(self):
        """Make everything that is the same for all recipients, once, as the mailing is now."""
        self = self._in_language_of_sender()
        body = self._content_body()
        try:
            values = {"is_compiled": True, "reason": False, "payload": self._compile_message(body).to_json()}
        except core.NotCompilable as obstacle:
            source = {"body": body, "subject": self.subject or "", "addresses": self._content_addresses()}
            values = {"is_compiled": False, "reason": self._translate(obstacle.reason), "payload": json.dumps(source)}
            _logger.info("Mailing %s is rendered recipient by recipient: %s", self.id, obstacle)
        except core.BadValue as error:
            raise UserError(self._translate(error.reason)) from error
        self._content().unlink()
        return self._content().create({"mailing_id": self.id, **values})

    def _render_recipients(self, rows):
        """The messages of a batch: a list of `(trace_id, bytes or exception)`, in the order of `rows`.

        `rows` are dicts with `trace_id`, `res_id`, `email` and `message_id`. One bad recipient is an exception for
        that row and nobody else.
        """
        self = self._in_language_of_sender()
        content = self._content() or self._compile_content()
        values = self._recipient_values(rows)
        if content.is_compiled:
            message = core.CompiledMessage.from_json(content.payload)
            self._add_object_values(rows, values, message.names)
            return [(row["trace_id"], self._complete(message, values[row["trace_id"]])) for row in rows]
        source = json.loads(content.payload)
        return [(row["trace_id"], self._render_by_odoo(source, row, values[row["trace_id"]])) for row in rows]

    def _in_language_of_sender(self):
        """With the context stock renders with: that of who is responsible for the mailing, whoever runs."""
        self.ensure_one()
        user = self.user_id or self.write_uid or self.env.user
        return self.with_context(**self.env["res.users"].with_user(user).context_get())

    def _content(self):
        return self.env["mailing.content"].sudo().search([("mailing_id", "=", self.id)])

    def _letter_bytes(self):
        """About how large one recipient's message is; files are in a compiled payload, and come on top of a source."""
        files = sum(self.attachment_ids.sudo().mapped("file_size")) * 4 // 3
        return max(len(self._content().payload or ""), files, 1)

    def _compile_message(self, body):
        marks = core.Marks()
        html = self._content_stock_html(marks.marked(core.parse(body)), body)
        subject = core.parse_inline(self.subject or "")
        message = core.compile(self._content_parts(html, marks, subject, self._content_addresses()))
        self._check_object_names(message.names)
        return message

    def _content_parts(self, rendered, marks, subject, addresses):
        """The parts of a message around a rendered body (with marks where it has holes)."""
        html = self._content_finish_html(rendered, marks)
        # the picture counts nothing where it is a line of text, and a footer for HTML reads badly as text
        text = core.tidy(html2plaintext(core.readable(html))) + self._content_text_footer(marks)
        html = self._content_add_endings(html, marks)
        headers = self._content_headers(subject, addresses)
        return core.Parts(headers, marks.template(html), marks.template(text), self._content_attachments())

    def _content_attachments(self):
        files = self.attachment_ids.sudo().sorted("id") - self._content_linked_attachments()
        return tuple(core.Attachment(file.name or "", file.mimetype or "", file.raw or b"") for file in files)

    def _complete(self, message, values):
        """One recipient's bytes, or the exception that stands for why there are none."""
        if isinstance(values, Exception):
            return values
        try:
            return message.render(values)
        except core.BadValue as error:
            return UserError(self._translate(error.reason))

    def _render_by_odoo(self, source, row, values):
        """The same for a body that only Odoo's renderer understands."""
        if isinstance(values, Exception):
            return values
        try:
            # rendering may run any compute: a failing one must not spoil the batch's transaction
            with self.env.cr.savepoint():
                body, *headers = self._content_render_record(source, row["res_id"], values["recipient.lang"])
                parts = self._content_parts(body, core.Marks(), *headers)
                return self._complete(core.compile(parts), values)
        except core.BadValue as error:
            return UserError(self._translate(error.reason))
        except Exception as error:
            _logger.debug("Mailing %s cannot be rendered for record %s", self.id, row["res_id"], exc_info=True)
            return UserError(self.env._("The mail cannot be made: %(reason)s", reason=self._first_cause(error)))

    def _first_cause(self, error):
        # the renderer wraps what went wrong in the whole template and a traceback
        while error.__cause__:
            error = error.__cause__
        return error

    def _translate(self, text):
        """A core text in the language of the environment."""
        values = {name: self._translate(v) if hasattr(v, "source") else v for name, v in text.values.items()}
        return self.env._(text.source, **values) if values else self.env._(text.source)
