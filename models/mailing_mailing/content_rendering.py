"""Whether a mailing is compiled, and if not, why Odoo renders it recipient by recipient."""

from markupsafe import Markup

from odoo import api, fields, models

from ...core import content as core

RENDERED = ("body_html", "subject", "preview", "email_from", "reply_to", "body_format", "body_text", "personalize")


class MailingMailing(models.Model):
    _inherit = "mailing.mailing"

    slow_rendering_note = fields.Char(compute="_compute_slow_rendering_note")

    @api.depends(*RENDERED, "mailing_model_id", "send_engine", "state")
    @api.depends_context("lang")
    def _compute_slow_rendering_note(self):
        for mailing in self:
            reason = mailing._slow_rendering_reason()
            mailing.slow_rendering_note = reason and self.env._(
                "Odoo renders this mailing recipient by recipient, because %(reason)s. It will be slower.",
                reason=reason,
            )

    def _slow_rendering_reason(self):
        """Half a sentence; nothing where the mailing is compiled, or not sent by us, or was sent."""
        if self.mailing_type != "mail" or self.send_engine != "queue" or self.state == "done":
            return False
        if self.state == "draft":
            reason = self._obstacle_to_compiling()
            return reason and self._translate(reason)
        return self._content().reason

    def _obstacle_to_compiling(self):
        """Why the mailing as it is now would not be compiled, as a core text; None where it would be.

        It looks at what can be seen at once. Compiling itself may still find conditions that HTML tears apart.
        """
        if not self.personalize:
            return None
        body = self._prepend_preview(self.body_html or Markup(), self.preview) if self._needs_html() else ""
        try:
            inline = map(core.parse_inline, (self.subject or "", self._own_text()))
            self._check_object_names(core.parse(body).names.union(*(template.names for template in inline)))
            for name, address in (("From", self.email_from), ("Reply-To", self.reply_to)):
                self._content_mailbox(name, address or "")
        except core.NotCompilable as obstacle:
            return obstacle.reason
        return None
