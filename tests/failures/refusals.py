"""One mailing for all that a server can say to single recipients; the test files look at their part of it."""

# the first recipients of the mailing: at which command, at which time of it, what the server says
REPLIES = {
    "middle01": ("RCPT", 1, "450 4.2.0 Greylisted, come back later"),
    "middle02": ("DOT", 1, "451 4.7.1 Greylisted, come back later"),
    "middle03": ("RCPT", None, "452 4.2.2 Mailbox full"),
    "middle04": ("RCPT", 1, "452 4.5.3 Too many recipients"),
    "middle05": ("RCPT", None, "550 5.1.1 No such user"),
    "middle06": ("RCPT", None, "552 5.2.2 Mailbox full"),
    "middle07": ("DOT", None, "552 5.3.4 Message too big"),
    "middle08": ("RCPT", None, "554 5.7.1 Rejected by policy"),
    "middle09": ("DOT", None, "550 5.7.26 Not authenticated"),
    "middle10": ("DOT", None, "550 Refused"),
    "middle11": ("DATA", None, "554 5.5.1 No valid recipients"),
}


class Refusals:
    """What each recipient came to after the first attempt, and after the second."""

    def __init__(self, flight):
        self.flight = flight
        for name, (command, nth, answer) in REPLIES.items():
            flight.server.on(command, recipient=f"{name}@", nth=nth).reply(answer)
        flight.send()
        self.first = flight.recipients()
        flight.make_due()
        flight.campaign.wait(self._has_tried_again)
        self.second = flight.recipients()
        # other tests mail the same people, and are about something else
        flight.campaign.sql("UPDATE mailing_address SET is_blocked = FALSE")

    def _has_tried_again(self):
        """All that were deferred have been tried a second time."""
        [[waiting]] = self.flight.campaign.sql(
            "SELECT count(*) FROM mailing_queue WHERE mailing_id = %s AND (attempt_count < 2 OR claimed_by != '')",
            self.flight.id,
        )
        return not waiting

    def blamed(self):
        """Whose address is to blame: what stock counts as a bounce."""
        return {name for name, (_state, _severity, status) in self.second.items() if status == "bounce"}
