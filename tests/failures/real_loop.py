"""A mailing that leaves through a real Postfix, is refused in many ways behind it, and comes back to Odoo."""

import smtplib
from dataclasses import replace

from bulk_mailing.tests.bounce_mails import answer
from bulk_mailing.tests.delivery_reports import delivery_report

# what the receiving server says, at which command
REFUSALS = {
    "gone": ("RCPT", "550 5.1.1 <gone@example.org>: Recipient address rejected: User unknown"),
    "disabled": ("RCPT", "550 5.2.1 <disabled@example.org>: Mailbox disabled, not accepting messages"),
    "full": ("RCPT", "552 5.2.2 <full@example.org>: Mailbox full"),
    "late": ("RCPT", "451 4.3.0 <late@example.org>: Temporary lookup failure"),
    "spam": ("RCPT", "554 5.7.1 Message rejected as spam"),
    "listed": ("RCPT", "554 5.7.1 Service unavailable; Client host [192.0.2.9] blocked using zen.example"),
    "unsigned": ("DOT", "550 5.7.26 This mail is unauthenticated, which poses a security risk to the sender"),
}
# lost@nowhere.example is of a domain that does not exist, closed@nomail.example of one that takes no mail (RFC 7505)
ZONES = {"nomail.example": ["0 ."]}
BOUNCE = "bounce@bounces.example"


class RealLoop:
    """What is known `first`, while some are tried again, and when those attempts are over."""

    def __init__(self, campaign, postfix, way, own_return_paths):
        self.campaign, self.postfix, self.way = campaign, postfix, way
        self.flight = campaign.flight("loop")
        for name, (command, reply) in REFUSALS.items():
            self.flight.server.on(command, recipient=f"{name}@").reply(reply)
        self._connect(own_return_paths)
        self._send()
        self.first = self.flight.recipients()
        self._try_for_the_last_time()

    def _connect(self, own_return_paths):
        """Our engine sends to Postfix, Postfix to the server, and what comes back goes its way."""
        receiver = f"smtp:[127.0.0.1]:{self.flight.server.port}"
        self.postfix.start({"example.org": receiver, "bounces.example": self.way.transport})
        self.campaign.sql("UPDATE ir_mail_server SET smtp_port = %s", self.postfix.port)
        self.campaign.sql(
            """
            WITH bounces AS (
                INSERT INTO mail_alias_domain (name, bounce_alias, catchall_alias)
                VALUES ('bounces.example', 'bounce', 'catchall') RETURNING id)
            UPDATE res_company SET alias_domain_id = bounces.id, bulk_own_return_paths = %s FROM bounces
            """,
            own_return_paths,
        )
        self.campaign.start_sender()

    def _send(self):
        """Two are delayed; one of them gets it in the end, and for the other Postfix gives up."""
        greylisted = self.flight.server.on("RCPT", recipient="delayed@").reply("450 4.2.0 Greylisted")
        self.flight.send()
        self.campaign.wait(lambda: self.postfix.delays_told() == 2)
        self.flight.server.rules.remove(greylisted)
        self._receive_from_strangers()
        self.campaign.wait(lambda: self.postfix.left() == 1)
        self.postfix.give_up()
        self._take()

    def _try_for_the_last_time(self):
        """Three days have passed."""
        self.campaign.sql(
            """
            UPDATE mailing_trace SET first_attempt_at = first_attempt_at - interval '3 days',
                last_attempt_after = last_attempt_after - interval '3 days'
            WHERE mass_mailing_id = %s
            """,
            self.flight.id,
        )
        self.flight.make_due()
        waiting = "SELECT id FROM mailing_queue WHERE mailing_id = %s"
        self.campaign.wait(lambda: not self.campaign.sql(waiting, self.flight.id))
        self._take()

    def _take(self):
        self.campaign.wait(lambda: not self.postfix.left())
        self.way.take()

    def _receive_from_strangers(self):
        """Who got it is away, and somebody makes reports up about another one who got it."""
        got = {mail.recipients[0]: mail for mail in self.flight.server.messages}
        ann, bob = got["ann@example.org"], got["bob@example.org"]
        message_id = ann.message["Message-ID"]
        away = answer("ann@example.org", "Away", ann.sender, Auto_Submitted="auto-replied", In_Reply_To=message_id)
        unsigned = f"bounce+{self._trace_of('bob@example.org')}-{'0' * 32}@bounces.example"
        with smtplib.SMTP("127.0.0.1", self.postfix.port) as smtp:
            smtp.sendmail("", [ann.sender], away)
            for address in (BOUNCE, unsigned):
                smtp.sendmail("", [address], self._forged(bob, address))

    def _forged(self, mail, return_path):
        ours = mail.message["Message-ID"].encode()
        content = mail.content.replace(ours, b"<made-up@example.org>")
        made_up = replace(mail, sender=return_path, content=content)
        return delivery_report(made_up, status="5.1.1", diagnostic="smtp; 550 5.1.1 No such user")

    def _trace_of(self, email):
        [[number]] = self.campaign.sql(
            "SELECT id FROM mailing_trace WHERE mass_mailing_id = %s AND email = %s", self.flight.id, email
        )
        return number

    def addresses(self):
        """Whether each known address is blocked, and its hard and soft bounces."""
        rows = self.campaign.sql(
            "SELECT split_part(email, '@', 1), is_blocked, hard_bounce_count, soft_bounce_count FROM mailing_address"
        )
        return {name: tuple(known) for name, *known in rows}

    def known(self):
        """All that Odoo says of the recipients and their addresses."""
        return self.flight.recipients(), self.addresses(), self.flight.mailing(), self._events()

    def _events(self):
        return self.campaign.sql("SELECT event_key, reason, enhanced_status_code FROM mailing_bounce ORDER BY id")
