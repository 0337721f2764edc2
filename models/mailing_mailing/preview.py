"""The preview: the message as a chosen recipient gets it, made by what sends, read back, and shown."""

import logging

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL
from odoo.tools.mail import email_normalize

from ...core import preview as core
from ..mailing_queue.table import LOST_DATABASE
from .content_renderer import first_cause

_logger = logging.getLogger(__name__)

MOST_SHOWN = 50  # whoever is not among them is found by name or address


class MailingMailing(models.Model):
    _inherit = "mailing.mailing"

    def action_preview(self):
        """Show the message as one recipient gets it."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.client",
            "tag": "bulk_mailing.preview",
            "name": self.env._("Preview"),
            "target": "new",
            "params": {"mailing_id": self.id},
            "context": {"dialog_size": "extra-large"},
        }

    def find_preview_recipients(self, term=""):
        """The first of those who get it, whom the user may read, and whose name or address has the term in it.

        Where there is no preview, `obstacle` says why.
        """
        self.ensure_one()
        self.check_access("read")
        if not self._uses_queue():
            return {"recipients": [], "has_more": False, "obstacle": self._no_preview()}
        rows = self.env.execute_query(self._preview_query(term.strip()))
        model = self.env[self.mailing_model_real].with_context(active_test=False)
        records = model.browse(res_id for res_id, _email in rows[:MOST_SHOWN])
        emails = dict(rows)
        found = [{"id": record.id, "name": record.display_name, "email": emails[record.id]} for record in records]
        return {"recipients": found, "has_more": len(rows) > MOST_SHOWN, "obstacle": False}

    def read_preview(self, res_id):
        """What this recipient gets, ready to be shown; or `error`, a sentence."""
        self.ensure_one()
        self.check_access("read")
        if not self._uses_queue():
            return {"error": self._no_preview()}
        try:
            with self._undone():
                raw = self._sample_message(res_id)
                language = self._sample_language(res_id)
        except LOST_DATABASE:
            raise
        except UserError as error:
            return {"error": str(error)}
        except Exception as error:  # whatever is wrong with a body
            _logger.info("There is no preview of mailing %s", self.id, exc_info=True)
            return {"error": self.env._("The mail cannot be made: %(reason)s", reason=first_cause(error))}
        return self._preview_values(core.read(raw), language)

    def _no_preview(self):
        return self.env._("There is a preview only of mails that leave through the bulk queue; this one does not.")

    def _preview_query(self, term):
        """SQL of (res_id, email)."""
        model = self.env[self.mailing_model_real].with_context(active_test=False)
        if self._has_departed():
            recipients = SQL(
                "SELECT res_id, email FROM mailing_trace WHERE mass_mailing_id = %s AND delivery_state <> 'excluded'",
                self.id,
            )
        else:
            recipients = SQL("SELECT res_id, email FROM (%s) c WHERE reason IS NULL", self._classified_recipients())
        return SQL(
            """
            SELECT res_id, email FROM (%(recipients)s) r
            WHERE res_id IN %(readable)s AND (email ILIKE %(pattern)s OR res_id IN %(named)s)
            ORDER BY res_id LIMIT %(limit)s
            """,
            recipients=recipients,
            readable=model._search([]).subselect(),
            named=model._search(Domain("display_name", "ilike", term)).subselect(),
            pattern=f"%{email_normalize(term) or term}%",
            limit=MOST_SHOWN + 1,
        )

    def _preview_values(self, preview, language):
        html = preview.html
        return {
            "error": False,
            "to": preview.header("To"),
            "subject": preview.header("Subject"),
            "light": html and core.document(html, preview.pictures, is_dark=False),
            "dark": html and core.document(html, preview.pictures, is_dark=True),
            "has_dark_colours": bool(html) and core.has_dark_colours(html),
            "text": preview.text,
            "headers": preview.headers,
            "files": [{"name": file.name, "size": self._kilobytes(file.size)} for file in preview.files],
            "size": self._kilobytes(preview.size),
            "language": language and self.env["res.lang"]._get_data(code=language).name,
        }

    def _kilobytes(self, size):
        return self.env._("%(count)s kB", count=self._formatted(max(1, round(size / 1000))))
