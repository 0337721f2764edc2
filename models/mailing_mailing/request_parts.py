"""What a request is bound to, as plain values."""

from odoo import models

from ...core import request

CONTENT = {
    *("subject", "preview", "email_from", "reply_to", "reply_to_mode"),
    *("body_html", "body_text", "attachment_ids"),
}
AUDIENCE = {
    *("mailing_model_id", "mailing_domain", "mailing_filter_id", "contact_list_ids"),
    *("exclude_duplicates", "use_exclusion_list", "left_out_filter_ids", "left_out_list_ids", "email_field_id"),
}
WHEN = {"send_when", "send_at", "schedule_type", "schedule_date"}
# says nothing of what leaves; the designer's source does not leave, `body_html` does
FREE = {"active", "body_arch", "body_text_basis", "color", "description", "favorite", "name", "source_id", "user_id"}


class MailingMailing(models.Model):
    _inherit = "mailing.mailing"

    def _fingerprint(self):
        """The digests to which a request is bound."""
        return request.fingerprint(self._request_parts())

    def _request_parts(self):
        """All that can be asked for: what a copy takes over was chosen by a person, later options among it."""
        self.ensure_one()
        parts = {"content": {}, "audience": {}, "when": {}, "options": {}}
        for name in sorted(self._requested_fields()):
            parts[self._part_of(name)][name] = self._plain_value(name)
        parts["audience"]["left_out"] = self._left_out_definition()
        parts["content"]["files"] = self._files()
        return parts

    def _requested_fields(self):
        chosen = {name for name, field in self._fields.items() if field.store and field.copy}
        return (chosen | CONTENT | AUDIENCE | WHEN) - FREE - set(models.MAGIC_COLUMNS)

    def _part_of(self, name):
        named = {"content": CONTENT, "audience": AUDIENCE, "when": WHEN}
        return next((part for part, names in named.items() if name in names), "options")

    def _plain_value(self, name):
        value = self[name]
        return sorted(value.ids) if self._fields[name].relational else str(value or "")

    def _files(self):
        """The mailing's attachments and the pictures in it, by what is in them."""
        shown = self.env["ir.attachment"].browse(request.own_files(self.body_html or "")).exists()
        return sorted((file.id, file.checksum or file.url or "") for file in shown | self.attachment_ids)
