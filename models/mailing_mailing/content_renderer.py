"""The messages of one mailing, made when their turn on the wire comes."""

import json
import logging
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import partial

from odoo import models
from odoo.exceptions import UserError

from ...core import content as core
from ..mailing_queue.table import LOST_DATABASE
from .content_people import people

_logger = logging.getLogger(__name__)


class MailingMailing(models.Model):
    _inherit = "mailing.mailing"

    def _content_renderer(self, content=None):
        """What completes the messages of this mailing; to be kept as long as a slice, so that it is prepared once.

        :param content: instead of what was compiled when it departed
        """
        return ContentRenderer(self, content or self._content() or self._compile_content())


class ContentRenderer:
    """The content of one mailing, read and prepared for a slice of work."""

    def __init__(self, mailing, content):
        self._mailing = mailing._in_language_of_sender()
        self._sign = mailing._signer()
        self._model = self._mailing._content_model()
        self._link_values = mailing._recipient_link_values()
        if content.is_compiled:
            self._message = core.CompiledMessage.from_json(content.payload)
            self._make, self._names = self._complete, self._message.names
            self.needs_stuffing = self._message.needs_stuffing
        else:
            self._source = json.loads(content.payload)
            self._files, self._embedder = self._mailing._content_files(), self._mailing._content_embedder()
            self._make, self._names = self._render_by_odoo, frozenset()
            self.needs_stuffing = True

    def makers(self, rows):
        """For each trace id a function without arguments that returns the complete message, signed where we can.

        `rows` are dicts with `trace_id`, `res_id`, `email` and `message_id`. The database is asked now, for all rows
        at once. A function raises UserError, with a reason for people, where its recipient cannot get a message; where
        the database is lost, it raises what psycopg2 raised.
        """
        persons = people(self._model, [row["res_id"] for row in rows])
        objects = self._mailing._object_values(self._model, persons, self._names)
        date = format_datetime(datetime.now(UTC))
        return {
            row["trace_id"]: partial(self._letter, row, persons.get(row["res_id"]), objects.get(row["res_id"]), date)
            for row in rows
        }

    def _letter(self, row, person, of_object, date):
        try:
            message = self._make(row, person, self._values(row, person, of_object, date))
        except core.BadValue as error:
            raise UserError(self._mailing._translate(error.reason)) from error
        except Exception as error:  # a body or a field may run any compute: whatever it is, it is this recipient's
            _logger.debug("Mailing %s cannot be made for %s", self._mailing.id, row["res_id"], exc_info=True)
            cause = first_cause(error)
            if isinstance(cause, LOST_DATABASE):
                raise cause from None  # not from what it caused itself
            if isinstance(error, UserError):
                raise
            raise UserError(self._mailing.env._("The mail cannot be made: %(reason)s", reason=cause)) from error
        return self._sign(message) if self._sign else message

    def _values(self, row, person, of_object, date):
        """Everything that is known of a recipient, by the names of holes."""
        if person is None:
            raise UserError(self._mailing.env._("The record was deleted before its mail was sent."))
        if isinstance(of_object, Exception):
            raise of_object
        values = self._link_values(row)
        values["recipient.message_id"] = row["message_id"]
        values["recipient.email"] = row["email"]
        values["recipient.name"] = person.name_at(row["email"])
        values["date"] = date
        values.update(of_object)
        return values

    def _complete(self, _row, _person, values):
        return self._message.render(values)

    def _render_by_odoo(self, row, person, values):
        """The same for a body that only Odoo's renderer understands."""
        mailing = self._mailing
        # a failing compute must not spoil the transaction
        with mailing.env.cr.savepoint():
            rendered = mailing._content_render_record(self._source, row["res_id"], person.lang)
            parts = mailing._content_parts(rendered, core.Marks(), self._files, self._embedder)
        return core.compile(parts).render(values)


def first_cause(error):
    """What really went wrong."""
    # the renderer wraps what went wrong in the whole template and a traceback
    while error.__cause__:
        error = error.__cause__
    return error
