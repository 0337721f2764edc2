"""The rules that everybody accepts before sending: one text, many versions, of which one is in force."""

from odoo import api, fields, models
from odoo.exceptions import UserError

PUBLISHED_CONTENT = {"name", "body", "version", "state", "published_at", "published_by_id"}


class MailingTerms(models.Model):
    _name = "mailing.terms"
    _description = "Sending Terms"
    _order = "version desc, id desc"

    name = fields.Char(required=True, translate=True)
    body = fields.Html(required=True, translate=True)
    version = fields.Integer(readonly=True, copy=False, help="Given when it is published.")
    state = fields.Selection(
        [("draft", "Draft"), ("current", "In force"), ("replaced", "Replaced")],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
    )
    is_current = fields.Boolean(compute="_compute_is_current", store=True)
    published_at = fields.Datetime(readonly=True, copy=False)
    published_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    acceptance_ids = fields.One2many("mailing.terms.acceptance", "terms_id", readonly=True)
    acceptance_count = fields.Integer(compute="_compute_acceptance_count")

    _one_is_current = models.UniqueIndex("(is_current) WHERE is_current IS TRUE")
    _version_is_unique = models.UniqueIndex("(version) WHERE version > 0")

    @api.depends("state")
    def _compute_is_current(self):
        for terms in self:
            terms.is_current = terms.state == "current"

    @api.depends("acceptance_ids")
    def _compute_acceptance_count(self):
        counts = dict(
            self.env["mailing.terms.acceptance"]._read_group([("terms_id", "in", self.ids)], ["terms_id"], ["__count"])
        )
        for terms in self:
            terms.acceptance_count = counts.get(terms, 0)

    @api.depends("name", "version", "state")
    def _compute_display_name(self):
        for terms in self:
            if terms.version:
                terms.display_name = self.env._("%(name)s, version %(number)d", name=terms.name, number=terms.version)
            else:
                terms.display_name = self.env._("%(name)s (draft)", name=terms.name)

    @api.model
    def _current(self):
        """The version in force, or none."""
        return self.sudo().search([("is_current", "=", True)], limit=1).sudo(self.env.su)

    # ------------------------------------------------------------
    # What has been published stays as people accepted it
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        terms = super().create(vals_list)
        if not self.env.su and any(record.state != "draft" or record.version for record in terms):
            raise UserError(self.env._("New terms begin as a draft; publish them to put them in force."))
        return terms

    def write(self, vals):
        self.check_access("write")
        if PUBLISHED_CONTENT & vals.keys():
            self._check_is_draft()
        return super().write(vals)

    def update_field_translations(self, field_name, translations, source_lang=""):
        self._check_is_draft()
        return super().update_field_translations(field_name, translations, source_lang=source_lang)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_drafts(self):
        self._check_is_draft()

    def _check_is_draft(self):
        # while Odoo loads data there is nobody who could have accepted anything
        if self.env.context.get("install_mode") or self.env.context.get("is_publishing_terms"):
            return
        if any(terms.state != "draft" for terms in self):
            raise UserError(
                self.env._("People have accepted this version, so it stays as it is. Make a new version to change it.")
            )

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_publish(self):
        """Put the draft in force in the place of the version so far, which stays readable."""
        self.ensure_one()
        self.check_access("write")
        if self.state != "draft":
            raise UserError(self.env._("This version has been published already."))
        publishing = self.with_context(is_publishing_terms=True)
        publishing.search([("state", "=", "current")]).write({"state": "replaced"})
        publishing.flush_model()  # the index allows one version in force at a time, in the database too
        publishing.write(
            {
                "state": "current",
                "version": max(self.search([("version", ">", 0)]).mapped("version"), default=0) + 1,
                "published_at": fields.Datetime.now(),
                "published_by_id": self.env.uid,
            }
        )

    def action_revise(self):
        """Open a draft with the same text, to be changed and published."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.copy().id,
            "view_mode": "form",
        }

    def action_view_acceptances(self):
        """Who accepted this version, for which mailing, when."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("bulk_mailing.mailing_terms_acceptance_action")
        return {**action, "domain": [("terms_id", "=", self.id)]}
