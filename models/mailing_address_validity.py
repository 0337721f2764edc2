"""Whether mail can reach an address, by its spelling and by what the DNS says of its domain."""

from odoo import api, fields, models
from odoo.tools import SQL, email_normalize

from ..adapters.postgres import array
from ..core.validity import SENTENCES, DomainAnswer, Status, domain_of, hours_until_recheck, judge
from .mailing_address_blocking import MOST_DAYS

CHECK_DAYS = "bulk_mailing.check_addresses_days"
DEFAULT_DAYS = 90
# the name servers of a domain that were silent may be back; and who is dead today is asked about on another day
AGAIN_HOURS = {DomainAnswer.NO_ANSWER: 1} | {answer: 24 for answer in DomainAnswer if answer.is_dead}
# whose addresses are left out and whose name servers are silent: there may be a million, to be written each time
LEFT_OUT_SILENT_HOURS = 24


class MailingAddress(models.Model):
    _inherit = "mailing.address"

    validity = fields.Selection(
        [
            (Status.UNKNOWN, "Not known"),
            (Status.VALID, "Valid"),
            (Status.RISKY, "Risky"),
            (Status.INVALID, "Invalid"),
        ],
        default=Status.UNKNOWN,
        readonly=True,
        help="By its spelling, and by what the DNS says of its domain. Whether somebody reads it only a mail can tell.",
    )
    validity_reason = fields.Selection(
        [(reason.value, str(sentence)) for reason, sentence in SENTENCES.items()], "Why", readonly=True
    )
    suggestion = fields.Char("Did you mean", readonly=True)
    checked_at = fields.Datetime("Checked", readonly=True)
    check_at = fields.Datetime("Next check", readonly=True)
    is_unreachable = fields.Boolean(
        "Cannot be reached",
        readonly=True,
        help="The DNS said on two different days that no mail reaches the domain. The address is left out of mailings "
        "until it says otherwise.",
    )

    _doubtful_idx = models.Index("(email) WHERE validity = 'invalid' OR validity_reason = 'typo'")
    _check_at_idx = models.Index("(check_at) WHERE check_at IS NOT NULL")
    _is_unreachable_idx = models.Index("(email) WHERE is_unreachable")

    @api.model
    def _check_days(self):
        """After how many days an address is checked again; 0: addresses are not checked by themselves."""
        return min(self._number_parameter(CHECK_DAYS, DEFAULT_DAYS), MOST_DAYS)

    # ------------------------------------------------------------
    # Checking
    # ------------------------------------------------------------

    @api.model
    def _check_emails(self, emails, dns=None, familiar_domains=None):
        """Check these addresses now, or as many as can be in a while; one question a domain. Returns how many.

        `familiar_domains`: who tells them, for many calls in a row; they are counted among all addresses.
        """
        domains = self.env["mailing.recipient.domain"]
        names = {email: domain_of(email) for email in emails}
        answers = domains._ask(set(names.values()) - {""}, dns)
        names = {email: name for email, name in names.items() if not name or name in answers}
        dead = domains._dead_for_certain(answers)
        is_any_dead = any(answer.is_dead for answer in answers.values())
        familiar = (familiar_domains or self._familiar_domains)() if is_any_dead else ()
        self._keep_verdicts(
            [self._verdict(email, answers.get(name), dead.get(name), familiar) for email, name in names.items()]
        )
        return len(names)

    def _verdict(self, email, answer, dead_for, familiar):
        """A row for `_keep_verdicts`; `dead_for` says how long for certain, None: it is not."""
        validity = judge(email, answer or DomainAnswer.NO_ANSWER, familiar)
        suggestion = email_normalize(validity.suggestion) or None
        is_dead, is_answered = dead_for is not None, answer is not DomainAnswer.NO_ANSWER
        hours = self._hours_to_next_check(answer, dead_for)
        return email, validity.status, validity.reason, suggestion, is_dead, is_answered, hours

    def _hours_to_next_check(self, answer, dead_for):
        """None: not by itself. Who is left out is always looked at again, as nobody else would bring them back."""
        usual = self._check_days() * 24
        if dead_for is not None:
            return hours_until_recheck(dead_for, usual)
        return AGAIN_HOURS.get(answer) or usual or None

    def _keep_verdicts(self, rows):
        """Write rows of address, validity, reason, suggestion, unreachable, whether there was an answer, hours.

        Silence brings nobody back who is left out, so what says why they are stays, too.
        """
        if not rows:
            return
        self._lock_keys(row[0] for row in rows)
        self.env.cr.execute(
            SQL(
                """
                UPDATE mailing_address a SET
                    validity = CASE WHEN %(stays)s THEN a.validity ELSE v.validity END,
                    validity_reason = CASE WHEN %(stays)s THEN a.validity_reason ELSE v.reason END,
                    suggestion = CASE WHEN %(stays)s THEN a.suggestion ELSE v.suggestion END,
                    is_unreachable = CASE WHEN v.is_answered THEN v.is_dead ELSE a.is_unreachable END,
                    checked_at = CASE WHEN v.is_answered THEN %(now)s ELSE a.checked_at END,
                    check_at = %(now)s + CASE WHEN %(stays)s THEN %(silent)s ELSE v.hours END * interval '1 hour'
                FROM (
                    SELECT * FROM unnest(%(emails)s::text[], %(validity)s::text[], %(reasons)s::text[],
                        %(suggestions)s::text[], %(dead)s::bool[], %(answered)s::bool[], %(hours)s::int[])
                        AS v(email, validity, reason, suggestion, is_dead, is_answered, hours)
                ) v WHERE a.email = v.email
                """,
                now=SQL("date_trunc('second', now() AT TIME ZONE 'UTC')"),
                stays=SQL("NOT v.is_answered AND a.is_unreachable"),
                silent=LEFT_OUT_SILENT_HOURS,
                **dict(
                    zip(
                        ("emails", "validity", "reasons", "suggestions", "dead", "answered", "hours"),
                        map(array, zip(*rows, strict=True)),
                        strict=True,
                    )
                ),
            )
        )
        self.invalidate_model()

    @api.model
    def _familiar_domains(self, count=200):
        """The domains that most valid addresses here are in, the most frequent first."""
        query = SQL(
            """
            SELECT split_part(email, '@', 2), count(*) FROM mailing_address WHERE validity = 'valid'
            GROUP BY 1 HAVING count(*) > 1 ORDER BY 2 DESC, 1 LIMIT %s
            """,
            count,
        )
        return tuple(domain for domain, _count in self.env.execute_query(query))
