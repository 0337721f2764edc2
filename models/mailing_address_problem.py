"""What is wrong with an address, in a sentence: what the warning icon says."""

from odoo import fields, models
from odoo.tools import SQL
from odoo.tools.misc import format_date

from .mailing_address_deleted import OPTED_OUT


class MailingAddress(models.Model):
    _inherit = "mailing.address"

    def _problem(self):
        """One sentence in the reader's language, "" where nothing is wrong."""
        if self.is_blocked:
            sentence = self.env._(
                "Not mailed since %(date)s: %(cause)s.",
                date=self._day(self.blocked_at),
                cause=self._cause_words().get(self.blocked_reason, ""),
            )
            return self._with_last_reason(sentence) if self.blocked_reason == "soft_bounces" else sentence
        if not self.soft_bounce_count:
            return ""
        sentence = self.env._(
            "Mails came back (%(count)d), last on %(date)s.",
            count=self.soft_bounce_count,
            date=self._day(self.last_bounce_at),
        )
        return self._with_last_reason(sentence)

    def _with_last_reason(self, sentence):
        reasons = dict(self._fields["last_bounce_reason"]._description_selection(self.env))
        return " ".join(filter(None, [sentence, reasons.get(self.last_bounce_reason)]))

    def _day(self, moment):
        if not moment:
            return ""
        return format_date(self.env, fields.Datetime.context_timestamp(self, moment), date_format="long")

    def _cause_words(self):
        """The causes in the reader's words, as they stand within a sentence."""
        return {
            "userunknown": self.env._("the address does not exist"),
            "hostunknown": self.env._("the domain does not exist"),
            "hasmoved": self.env._("the recipient has moved"),
            "notaccept": self.env._("the domain takes no mail"),
            "hard_bounce": self.env._("the mail server refuses it for good"),
            "soft_bounces": self.env._("mails came back too often"),
            "complaint": self.env._("the recipient called our mail spam"),
            OPTED_OUT: self.env._("the recipient unsubscribed"),
            "came_back": self.env._("mails came back"),
        }

    def _cause_sql(self, alias):
        """The cause in the reader's words; to sort, search and group by."""
        words = self._cause_words()
        came_back = words.pop("came_back")
        return SQL(
            "CASE WHEN %(blocked)s THEN CASE %(reason)s %(words)s END WHEN %(soft)s > 0 THEN %(came_back)s END",
            blocked=SQL.identifier(alias, "is_blocked"),
            reason=SQL.identifier(alias, "blocked_reason"),
            words=SQL(" ").join(SQL("WHEN %s THEN %s", code, text) for code, text in words.items()),
            soft=SQL.identifier(alias, "soft_bounce_count"),
            came_back=came_back,
        )
