"""A mail as one recipient would get it, for somebody who only looks: its links do nothing, and nobody is counted."""

from contextlib import contextmanager, suppress
from email.utils import make_msgid

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import email_normalize

from .content_people import people

# stands where a recipient's own signature would; whoever follows such a link is told so, and nothing happens
SAMPLE_TOKEN = "sample"  # noqa: S105
NO_TRACE = 0


class _Undone(Exception):
    pass


class MailingMailing(models.Model):
    _inherit = "mailing.mailing"

    def _as_sample(self):
        """With harmless links, and placeholders filled in with what the user may read."""
        return self.with_context(bulk_mailing_sample=True)

    @contextmanager
    def _undone(self):
        """Undo at the end what is written inside: short links, tokens of files."""
        with suppress(_Undone), self.env.cr.savepoint():
            yield
            raise _Undone

    def _sample_renderer(self, subject=None):
        """What completes messages: of a draft as it is now, of a mailing that has departed as it was compiled."""
        sample = self._as_sample()
        content = sample._content() if sample._has_departed() and subject is None else None
        return sample._content_renderer(content or sample.env["mailing.content"].new(sample._compiled_content(subject)))

    def _has_departed(self):
        return self.state in ("sending", "done")

    def _sample_row(self, res_id, email, number=NO_TRACE):
        """What the renderer wants to know of a recipient."""
        return {
            "trace_id": number,
            "res_id": res_id,
            "email": email,
            "message_id": make_msgid("sample", self._content_domain()),
        }

    def _sample_message(self, res_id):
        """The bytes that this recipient would get, signed. Raises UserError, with a reason for people."""
        row = self._sample_row(res_id, self._sample_address(res_id))
        return self._sample_renderer().makers([row])[NO_TRACE]()

    def _sample_address(self, res_id):
        """The address of a recipient whom the user may read."""
        model = self.env[self.mailing_model_real].with_context(active_test=False)
        model.browse(res_id).check_access("read")
        if self._has_departed():
            of_recipient = [("mass_mailing_id", "=", self.id), ("res_id", "=", res_id)]
            trace = self.env["mailing.trace"].search([*of_recipient, ("delivery_state", "!=", "excluded")], limit=1)
            found = [(res_id, trace.email, trace.email)]
        elif model.search_count(Domain(self._get_recipients_domain()) & Domain("id", "=", res_id), limit=1):
            found = self.env.execute_query(self._recipients_query([res_id], is_sample=False))
        else:
            found = []
        # stock's normalisation of what SQL leaves as it was written
        address = found and email_normalize(found[0][2] or "", strict=False)
        if not address:
            raise UserError(self.env._("The mailing does not go to this recipient."))
        return address

    def _recipient_link_values(self):
        real = super()._recipient_link_values()
        if not self.env.context.get("bulk_mailing_sample"):
            return real
        harmless = {
            "recipient.trace_id": str(NO_TRACE),
            "recipient.token": SAMPLE_TOKEN,
            "recipient.open_signature": SAMPLE_TOKEN,
            "recipient.unsubscribe_signature": SAMPLE_TOKEN,
        }
        return lambda row: real(row) | harmless

    def _sample_language(self, res_id):
        """The recipient's language, where what is filled in differs from what the user sees."""
        person = people(self.env[self.mailing_model_real], [res_id]).get(res_id)
        lang = person.lang if person else ""
        return lang if lang and lang != self._in_language_of_sender().env.lang else ""
