"""The lanes of sender processes that are alive, on all hosts."""

import socket

from odoo import api, fields, models

# A process that has not said for so long that it lives is taken for dead
ALIVE_SECONDS = 30


class MailingLane(models.Model):
    _name = "mailing.lane"
    _description = "Lane of a sender process"
    _log_access = False

    name = fields.Char(required=True, readonly=True)
    host = fields.Char(required=True, readonly=True)
    alive_until = fields.Datetime(required=True, readonly=True)

    _name_uniq = models.UniqueIndex("(name)")

    @api.model
    def _beat(self, names):
        """Say that these lanes of this host live, by the database's clock; and forget those that are long dead."""
        self.env.cr.execute(
            """
            INSERT INTO mailing_lane (name, host, alive_until)
            SELECT unnest(%s::text[]), %s, now() AT TIME ZONE 'UTC' + %s * interval '1 second'
            ON CONFLICT (name) DO UPDATE SET alive_until = EXCLUDED.alive_until
            """,
            [names, socket.gethostname(), ALIVE_SECONDS],
        )
        self.env.cr.execute(
            """
            DELETE FROM mailing_lane WHERE id IN (
                SELECT id FROM mailing_lane WHERE alive_until < now() AT TIME ZONE 'UTC' FOR UPDATE SKIP LOCKED
            )
            """
        )

    @api.model
    def _end(self, names):
        """These lanes have ended; the crons, or other hosts, go on at once."""
        self.env.cr.execute("DELETE FROM mailing_lane WHERE name = ANY(%s::text[])", [names])
        self.env["mailing.queue"]._trigger_lanes()

    @api.model
    def _alive(self):
        """Names of the lanes that are alive on all hosts, the oldest first."""
        self.env.cr.execute("SELECT name FROM mailing_lane WHERE alive_until > now() AT TIME ZONE 'UTC' ORDER BY id")
        return [name for [name] in self.env.cr.fetchall()]

    @api.model
    def _alive_lanes(self):
        """The lanes of all hosts that are alive."""
        return self.search([("name", "in", self._alive())], order="host, id")

    @api.model
    def _sender_is_alive(self):
        """Whether a sender process sends, so that the crons need not."""
        return bool(self._alive())

    @api.model
    def _rank(self, name):
        """The number of a lane among all that are alive, from 0, and how many these are."""
        names = self._alive()
        if name not in names:  # its own beat is late; it lives all the same
            names.append(name)
        return names.index(name), len(names)
