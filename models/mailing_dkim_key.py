"""Keys that sign for a domain. People make them and publish them; only the server ever reads the private half."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..adapters.dkim import BadKey, generate, load
from ..core import dkim
from ..core.addresses import BadAddress


class MailingDkimKey(models.Model):
    _name = "mailing.dkim.key"
    _description = "DKIM key"
    _order = "domain, algorithm desc, active desc, id desc"

    domain = fields.Char(required=True, help="Mails whose sender is at this domain, or below it, are signed.")
    selector = fields.Char(
        compute="_compute_selector",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        copy=False,
        help="Tells the keys of a domain apart. A new key gets a new one: mail on its way needs the old one.",
    )
    algorithm = fields.Selection([("rsa", "RSA"), ("ed25519", "Ed25519")], required=True, default="rsa")
    active = fields.Boolean(default=True, copy=False)
    private_key = fields.Text(copy=False, prefetch=False, exportable=False, readonly=True, groups=fields.NO_ACCESS)
    pasted_key = fields.Text(
        "Own private key",
        compute="_compute_pasted_key",
        readonly=False,
        copy=False,
        exportable=False,
        help="Only where you have a key already: its text in PEM form. It is kept, and never shown again.",
    )
    public_key = fields.Char(readonly=True, copy=False)
    bits = fields.Integer("Size in bits", readonly=True, copy=False)
    dns_name = fields.Char("Name in DNS", compute="_compute_dns_record")
    dns_value = fields.Char("Value in DNS", compute="_compute_dns_record")
    dns_zone_line = fields.Char("For a zone file", compute="_compute_dns_record")

    _selector_is_unique = models.Constraint("UNIQUE (domain, selector)", "This domain has a key with this selector.")
    _one_signs = models.UniqueIndex(
        "(domain, algorithm) WHERE active", "This domain signs with another key of this kind. Archive that one first."
    )

    @api.depends("domain", "algorithm")
    def _compute_selector(self):
        for key in self.filtered(lambda key: not key._origin):
            others = self.with_context(active_test=False).search([("domain", "=", key.domain)])
            kind = "" if key.algorithm == "rsa" else f"-{key.algorithm}"
            wanted = fields.Date.context_today(key).strftime(f"bulk%Y%m{kind}")
            key.selector = key.domain and dkim.free_selector(wanted, others.mapped("selector"))

    def _compute_pasted_key(self):
        self.pasted_key = False

    @api.depends("domain", "selector", "algorithm", "public_key")
    def _compute_dns_record(self):
        for key in self:
            record = dkim.dns_record(key.domain, key.selector, key.algorithm, key.public_key)
            key.dns_name = record.name if key.public_key else False
            key.dns_value = record.value if key.public_key else False
            key.dns_zone_line = record.as_zone_line() if key.public_key else False

    @api.depends("domain", "selector")
    def _compute_display_name(self):
        for key in self:
            key.display_name = key.domain and f"{key.selector}._domainkey.{key.domain}"

    # ------------------------------------------------------------
    # The private key goes in, and does not come out
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [self._with_clean_names(vals) for vals in vals_list]
        pairs = [(vals, self._take_key(vals) or generate(self._algorithm(vals))) for vals in vals_list]
        keys = super().create([vals | _described(key) for vals, key in pairs])
        for record, (_vals, key) in zip(keys, pairs, strict=True):
            record._keep(key)
        return keys

    def write(self, vals):
        vals = self._with_clean_names(vals)
        key = self._take_key(vals)
        result = super().write(vals | _described(key) if key else vals)
        if key:
            self._keep(key)
        return result

    @api.model
    def _take_key(self, vals):
        """Take the private key, if there is one, out of values that are going to be written; loaded and checked."""
        pems = [vals.pop(name, None) for name in ("private_key", "pasted_key")]
        pem = next(filter(None, pems), None)
        return self._load(pem) if pem else None

    @api.model
    def _algorithm(self, vals):
        return vals.get("algorithm") or self.default_get(["algorithm"])["algorithm"]

    @api.model
    def _load(self, pem, is_checked=False):
        try:
            return load(pem, is_checked)
        except BadKey as error:
            raise ValidationError(self.env["mailing.mailing"]._translate(error.reason)) from None

    def _keep(self, key):
        """Store the private half of a key."""
        self.ensure_one()
        self.flush_recordset()
        # by hand, because Odoo writes the whole of a statement that fails to its log
        statement = "UPDATE mailing_dkim_key SET private_key = %s WHERE id = %s"
        self.env.cr.execute(statement, [key.to_pem(), self.id], log_exceptions=False)
        self.invalidate_recordset(["private_key", "pasted_key"])

    @api.model
    def _with_clean_names(self, vals):
        """A copy of the values, with domain and selector as they are compared and published."""
        cleaners = {"domain": dkim.clean_domain, "selector": dkim.clean_selector}
        try:
            return vals | {name: clean(vals[name]) for name, clean in cleaners.items() if vals.get(name)}
        except BadAddress as error:
            raise ValidationError(self.env["mailing.mailing"]._translate(error.reason)) from error

    # ------------------------------------------------------------
    # Signing
    # ------------------------------------------------------------

    @api.model
    def _find_for(self, from_domain):
        """The keys that sign for a From at `from_domain` (ASCII): those of the nearest domain, RSA first."""
        domains = dkim.signing_domains(from_domain)
        # sudo: nobody may read a key, and everybody who may send has it sign
        keys = self.sudo().search([("domain", "in", domains)])
        nearest = next((domain for domain in domains if domain in keys.mapped("domain")), None)
        return keys.filtered(lambda key: key.domain == nearest)

    def _prepared(self):
        """The keys loaded, as `core/dkim` uses them."""
        return [
            dkim.SigningKey(key.domain, key.selector, key._load(key.private_key or "", is_checked=True)) for key in self
        ]

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_make_new_key(self):
        """Make the key that will follow this one; it signs nothing before its record is in DNS."""
        self.ensure_one()
        self.check_access("write")
        new = self.create({"domain": self.domain, "algorithm": self.algorithm, "active": False})
        return {"type": "ir.actions.act_window", "res_model": self._name, "res_id": new.id, "view_mode": "form"}

    def action_sign_with_this(self):
        """Let this key sign in the place of the one so far."""
        self.ensure_one()
        self.check_access("write")
        before = self.search([("domain", "=", self.domain), ("algorithm", "=", self.algorithm)]) - self
        before.active = False
        before.flush_recordset()  # the index allows one active key at a time, in the database too
        self.active = True


def _described(key):
    """What everybody may know of a key of `adapters/dkim`."""
    return {"algorithm": key.algorithm, "public_key": key.public_key(), "bits": key.bits}
