"""Acting on the calls of mail providers: who it is, and what that means for our mails and for addresses."""

import logging
from datetime import UTC, datetime

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import email_normalize

from ..adapters.amazon_sns import WebAmazonSns
from ..adapters.images import NotFetched
from ..core.text import _
from ..core.webhooks import PROVIDERS, AmazonSes, Refused, may_be_token

_logger = logging.getLogger(__name__)

TAKEN, REFUSED, LATER = 200, 403, 503
AMAZON = WebAmazonSns()


class MailingWebhook(models.Model):
    _inherit = "mailing.webhook"

    @api.model
    def _take_call(self, token, call):
        """Act on a call; the HTTP status to answer with, the same for an address that there is not as for a forgery."""
        # sudo: a provider is nobody here, and its signature is its right
        webhook = self.sudo().search([("token", "=", token)]) if may_be_token(token) else self.sudo().browse()
        try:
            delivery = webhook._reader().read(call, datetime.now(UTC))
            if delivery.confirm_url:
                AMAZON.confirm(delivery.confirm_url)
                _logger.info("Webhook %s: the subscription is confirmed", webhook.id)
        except Refused as refused:
            webhook._note_refusal(refused.reason)
            return REFUSED
        except NotFetched as failure:  # whoever calls tries again
            _logger.warning("Webhook %s: Amazon cannot be asked: %s", webhook.id, failure.reason)
            return LATER
        if self.env["mailing.webhook.call"].sudo()._is_new(webhook, delivery):
            webhook._take_events(delivery.events)
        return TAKEN

    @api.model
    def _hears(self, provider):
        """Whether a provider's calls are taken here."""
        # sudo: who sends a mailing need not know of keys
        return bool(self.sudo().search_count([("provider", "=", provider), ("has_key", "=", True)], limit=1))

    def _reader(self):
        """What reads its calls, with its key. Raises Refused."""
        if not self:
            raise Refused(_("There is no such address."))
        if not self.has_key:
            raise Refused(_("No key is set yet."))
        more = [AMAZON.certificate] if self.provider == AmazonSes.name else []
        return PROVIDERS[self.provider](self.secret, *more)

    def _note_refusal(self, reason):
        """For the administrator, who may have set another key than the provider; at most once a minute."""
        _logger.info("A call of a mail provider (webhook %s) is refused: %s", self.id or "unknown", reason)
        now = fields.Datetime.now()
        if self and (not self.refused_at or (now - self.refused_at).total_seconds() > 60):
            self.write({"refused_at": now, "refusal": reason.to_data()})

    # ------------------------------------------------------------
    # What it means
    # ------------------------------------------------------------

    def _take_events(self, events):
        """On the recipient where it is a mail of ours, and on the address in any case: the provider is believed."""
        # one after the other below, and a lane may have several of them at this moment
        addresses = self.env["mailing.address"]
        keys, _others = addresses._spellings(event.address for event in events)
        addresses._lock_keys(keys)
        traces = self._traces_of(events)
        known = [(traces[event], event) for event in events if event in traces]
        for trace, event in sorted(known, key=lambda pair: (pair[0].mass_mailing_id.id, pair[0].id)):
            if event.was_dropped:
                trace._take_drop("mail_blocked" if event.is_complaint else "mail_optout")
            if event.is_complaint:
                trace._take_complaint(self._label())
            elif event.is_unsubscription:
                trace.mass_mailing_id._unsubscribe_recipient(trace.email, self._note_of_leaving(), trace.res_id)
            else:
                # no later attempt: the provider has made its own
                trace._take_final_bounce(event, True, source="webhook", occurred_at=_naive(event.occurred_at))
        self._take_unknown([event for event in events if event not in traces])

    def _traces_of(self, events):
        """`{event: trace}` of those that are about a mail of ours to that very address."""
        message_ids = list({event.message_id for event in events if event.message_id})
        ids = list({event.trace_id for event in events if event.trace_id})
        found = Domain("message_id", "in", message_ids) | Domain("id", "in", ids)
        traces = self.env["mailing.trace"].search(found & Domain("trace_type", "=", "mail"))
        known = {name: trace for trace in traces for name in (trace.id, trace.message_id)}
        key = self.env["mailing.address"]._key
        pairs = ((event, known.get(event.message_id or event.trace_id)) for event in events)
        return {event: trace for event, trace in pairs if trace and key(trace.email) == key(event.address)}

    def _take_unknown(self, events):
        """About mails of others, or mails that the provider cannot tell apart: the address is the same."""
        for event in events:
            if event.is_unsubscription:  # from which mailing is not known, so from all
                self._exclude(event.address, self._note_of_leaving())
        told = [self._unknown_values(event) for event in self._without_deleted(events) if not event.is_unsubscription]
        complaints = self.env["mailing.bounce"]._record(told).filtered(lambda bounce: bounce.source == "complaint")
        for address in complaints.address_id:
            note = self.env._("Called a mail spam (%(provider)s)", provider=self._label())
            self._exclude(address.other_spelling or address.email, note)

    def _without_deleted(self, events):
        """Without what came back from addresses that were deleted since: kept, it would bring them back.

        A complaint is a wish, and is kept.
        """
        gone = self.env["mailing.address.deleted"]._gone({event.address for event in events})
        return [event for event in events if event.is_complaint or event.address not in gone]

    def _unknown_values(self, event):
        source = "complaint" if event.is_complaint else "webhook"
        return {
            "email": event.address,
            "occurred_at": _naive(event.occurred_at),
            "severity": event.severity and event.severity.value,
            "reason": event.reason and event.reason.value,
            "enhanced_status_code": event.enhanced_status_code,
            "smtp_reply_code": event.smtp_reply_code,
            "diagnostic": event.diagnostic or (self._label() if event.is_complaint else ""),
            "source": source,
            "event_key": f"{self.provider}:{source}:{event.event_id}",
        }

    def _exclude(self, email, note):
        # a list of events is not lost for one of them that stock would refuse as no address
        if email_normalize(email):
            self.env["mail.blacklist"]._add(email, message=note)

    def _note_of_leaving(self):
        return self.env._("Unsubscribed at the mail provider (%(provider)s)", provider=self._label())

    def _label(self):
        return PROVIDERS[self.provider].label


def _naive(moment):
    """As Odoo writes moments: UTC, which is not said."""
    return moment.astimezone(UTC).replace(tzinfo=None, microsecond=0)
