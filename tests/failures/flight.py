"""One mailing on its way through an SMTP server of its own, and what each end says of it."""

from collections import Counter

WAITING = ("queued", "sending")


class Flight:
    """`depart` lets it go, `summary` and `check_promise` compare the ends."""

    def __init__(self, campaign, name, server, count, encryption, user):
        self.campaign, self.server = campaign, server
        [[self.id]] = campaign.sql("SELECT id FROM mailing_mailing WHERE split_part(subject, ':', 1) = %s", name)
        [[mail_server]] = campaign.sql(
            """
            INSERT INTO ir_mail_server (name, smtp_host, smtp_port, smtp_encryption, smtp_authentication, smtp_user,
                smtp_pass, sequence, active) VALUES (%s, 'localhost', %s, %s, 'login', %s, %s, 10, TRUE) RETURNING id
            """,
            *(name, server.port, encryption, user, user and "secret"),
        )
        campaign.sql("UPDATE mailing_mailing SET mail_server_id = %s WHERE id = %s", mail_server, self.id)
        if count is not None:
            self._keep(count)

    def _keep(self, count):
        self.campaign.sql(
            """
            DELETE FROM mailing_trace WHERE id IN (
                SELECT id FROM mailing_trace WHERE mass_mailing_id = %s ORDER BY email OFFSET %s)
            """,
            *(self.id, count),
        )

    # ------------------------------------------------------------
    # What is done
    # ------------------------------------------------------------

    def set_state(self, state):
        """Running, paused or stopped, as a person would have it."""
        self.campaign.sql("UPDATE mailing_mailing SET flight_state = %s WHERE id = %s", state, self.id)
        self.campaign.notify()

    def depart(self):
        """Let it go; a sender that waits begins at once."""
        self.set_state("running")

    def depart_slowly(self, seconds=0.02):
        """Let it go, to a server that takes its time over each message."""
        self.server.on("DOT").delay(seconds)
        self.depart()

    def wait_accepted(self, count):
        """Until the server has accepted so many."""
        self.campaign.wait(lambda: len(self.server.messages) >= count)

    def send(self):
        """Let it go, and wait until nobody waits for a first attempt, or until it was paused."""
        self.depart()
        self.wait_settled()

    def make_due(self):
        """The time of the next attempt has come."""
        due = "now() AT TIME ZONE 'UTC' - interval '1 second'"
        self.campaign.sql(f"UPDATE mailing_queue SET next_attempt_at = {due} WHERE mailing_id = %s", self.id)
        self.campaign.notify()

    def wait_settled(self):
        """Until nobody waits for a first attempt, or is being mailed; or until it was paused."""
        self.campaign.wait(lambda: not self._is_under_way())

    def _is_under_way(self):
        states = self.states()
        return states["sending"] or (states["queued"] and self.mailing()[1] == "running")

    # ------------------------------------------------------------
    # What is seen
    # ------------------------------------------------------------

    def mailing(self):
        """State, flight state and reason."""
        [row] = self.campaign.sql(
            "SELECT state, flight_state, flight_reason FROM mailing_mailing WHERE id = %s", self.id
        )
        return row

    def recipients(self):
        """Delivery state, severity and stock's status of each recipient."""
        rows = self.campaign.sql(
            "SELECT email, delivery_state, bounce_severity, trace_status FROM mailing_trace WHERE mass_mailing_id = %s",
            self.id,
        )
        return {email.partition("@")[0]: tuple(told) for email, *told in rows}

    def states(self):
        """How many recipients are in which delivery state."""
        return Counter(state for state, _severity, _status in self.recipients().values())

    def names_in(self, state):
        """Who is in this state."""
        return {name for name, told in self.recipients().items() if told[0] == state}

    def accepted(self):
        """Who has got it from the server, doubles included."""
        return [address.partition("@")[0] for address in self.server.addresses()]

    def summary(self):
        """Both ends: people whose mail the server accepted, doubles, and recipients by delivery state."""
        accepted = self.accepted()
        unique = len(set(accepted))
        return {"accepted": unique, "doubles": len(accepted) - unique, **self.states()}

    def check_promise(self, in_doubt=0):
        """Nobody twice, nobody forgotten, nobody wrongly called sent, and at most so many in doubt."""
        accepted, sent, doubtful = self.accepted(), self.names_in("sent"), self.names_in("in_doubt")
        assert len(accepted) == len(set(accepted)), self.summary()
        assert sent <= set(accepted) <= sent | doubtful, self.summary()
        assert len(doubtful) <= in_doubt, self.summary()
