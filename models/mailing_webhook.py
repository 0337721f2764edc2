"""The addresses at which mail providers tell us of bounces and complaints. A key goes in, and does not come out."""

import secrets

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..core.text import Text
from ..core.webhooks import PROVIDERS, BadKey

ROUTE = "/mailing/webhook"
TOKEN_BYTES = 24


class MailingWebhook(models.Model):
    _name = "mailing.webhook"
    _description = "Address for a mail provider's calls"
    _order = "name, id"

    name = fields.Char(required=True, help="What you call it: the account, or what it sends.")
    provider = fields.Selection([(kind.name, kind.label) for kind in PROVIDERS.values()], required=True)
    active = fields.Boolean(default=True, help="Off: its calls are refused.")
    token = fields.Char(
        required=True, readonly=True, copy=False, default=lambda _self: secrets.token_urlsafe(TOKEN_BYTES)
    )
    url = fields.Char("Address", compute="_compute_url", help="To be set at the provider.")
    secret = fields.Char(copy=False, prefetch=False, exportable=False, readonly=True, groups=fields.NO_ACCESS)
    pasted_key = fields.Char(
        "Key",
        compute="_compute_pasted_key",
        readonly=False,
        copy=False,
        exportable=False,
        help="By it we know that a call is the provider's. It is kept, and never shown again.",
    )
    has_key = fields.Boolean("Key is set", readonly=True, copy=False)
    call_ids = fields.One2many("mailing.webhook.call", "webhook_id", readonly=True)
    past_call_at = fields.Datetime(readonly=True, copy=False, help="The last of the calls that are forgotten.")
    past_event_count = fields.Integer(readonly=True, copy=False, help="What the calls told that are forgotten.")
    last_call_at = fields.Datetime("Last call", compute="_compute_calls")
    event_count = fields.Integer(
        "Events", compute="_compute_calls", help="Bounces, complaints and unsubscriptions, so far."
    )
    refused_at = fields.Datetime("Last refused call", readonly=True, copy=False)
    refusal = fields.Json(readonly=True, copy=False)  # as in a finding, so that everybody reads it in their language
    refused_because = fields.Char("Refused because", compute="_compute_refused_because")

    _token_is_unique = models.Constraint("UNIQUE (token)", "Each has an address of its own.")

    @api.depends("token")
    def _compute_url(self):
        for webhook in self:
            webhook.url = f"{webhook.get_base_url()}{ROUTE}/{webhook.token}"

    def _compute_pasted_key(self):
        self.pasted_key = False

    @api.depends("call_ids", "past_call_at", "past_event_count")
    def _compute_calls(self):
        calls = self.env["mailing.webhook.call"]._read_group(
            [("webhook_id", "in", self.ids)], ["webhook_id"], ["called_at:max", "event_count:sum"]
        )
        known = {webhook: (last, count) for webhook, last, count in calls}
        for webhook in self:
            last, count = known.get(webhook._origin, (False, 0))
            webhook.last_call_at = last or webhook.past_call_at
            webhook.event_count = webhook.past_event_count + count

    @api.depends("refusal")
    @api.depends_context("lang")
    def _compute_refused_because(self):
        for webhook in self:
            reason = webhook.refusal and Text.from_data(webhook.refusal)
            webhook.refused_because = reason and self.env["mailing.mailing"]._translate(reason)

    # ------------------------------------------------------------
    # The key goes in, and does not come out
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        pairs = [self._without_key(vals) for vals in vals_list]
        for vals, key in pairs:
            self._check_key(vals.get("provider"), key)
        webhooks = super().create([vals for vals, _key in pairs])
        for webhook, (_vals, key) in zip(webhooks, pairs, strict=True):
            webhook._keep(key)
        return webhooks

    def write(self, vals):
        vals, key = self._without_key(vals)
        for webhook in self:
            self._check_key(vals.get("provider") or webhook.provider, key)
        if any(webhook.provider != vals.get("provider", webhook.provider) for webhook in self):
            vals["has_key"] = False  # another provider's key is none
        result = super().write(vals)
        for webhook in self:
            webhook._keep(key)
        return result

    @api.model
    def _without_key(self, vals):
        """A copy of values that are going to be written without the key, and the key."""
        kept = {name: value for name, value in vals.items() if name not in ("secret", "pasted_key", "has_key")}
        return kept, str(vals.get("pasted_key") or "").strip()

    @api.model
    def _check_key(self, provider, key):
        if key and provider:
            try:
                PROVIDERS[provider](key)
            except BadKey as error:
                raise ValidationError(self.env["mailing.mailing"]._translate(error.reason)) from None

    def _keep(self, key):
        self.ensure_one()
        if not key:
            return
        self.flush_recordset()
        # by hand, because Odoo writes the whole of a statement that fails to its log
        statement = "UPDATE mailing_webhook SET secret = %s, has_key = TRUE WHERE id = %s"
        self.env.cr.execute(statement, [key, self.id], log_exceptions=False)
        self.invalidate_recordset(["secret", "pasted_key", "has_key"])

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_change_address(self):
        """Give it another address, where somebody has learnt this one."""
        self.ensure_one()
        self.check_access("write")
        self.token = secrets.token_urlsafe(TOKEN_BYTES)
