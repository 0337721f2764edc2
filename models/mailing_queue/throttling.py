"""Providers that ask us to slow down, found in the replies to what was sent."""

import logging
from collections import defaultdict

from odoo import models

from ...core.alarm import gist
from ...core.pacing.throttling import Meaning, rule_for, wished_seconds
from ...core.replies import SmtpReply

_logger = logging.getLogger(__name__)

# So many domains that have nothing in common but "all others" complain at once: then it is about us
UNRELATED_DOMAINS = 3


class MailingQueue(models.Model):
    _inherit = "mailing.queue"

    def _note_replies(self, replies):
        """Slow providers down that ask for it: pairs of a claimed row and its reply; in the settling transaction.

        What a provider's own row is locked for at this moment does not wait: there will be another complaint.
        """
        complaints = defaultdict(list)
        for row, reply in replies:
            if row["provider_id"] and reply and self._is_complaint(reply):
                complaints[row["provider_id"]].append((row, reply))
        for provider in self.env["mailing.provider.limit"].browse(sorted(complaints)).exists().filtered("active"):
            self._note_complaints(provider, complaints[provider.id])

    def _is_complaint(self, reply: SmtpReply):
        rule = rule_for(reply)
        return rule and rule.means is Meaning.SLOW_DOWN

    def _note_complaints(self, provider, complaints):
        domains = {row["email"].rpartition("@")[2].lower() for row, _reply in complaints}
        if provider._takes_everybody() and len(domains) < UNRELATED_DOMAINS:
            return  # only these recipients wait
        replies = [reply for _row, reply in complaints]
        pause = max(rule_for(reply).pause for reply in replies)
        wish = max(wished_seconds(reply.text) for reply in replies)
        _logger.info("%s asks us to slow down: %s", provider.name, gist(str(replies[0])))
        self.env["mailing.pace"]._slow_down(provider, str(replies[0]), pause, wish)
