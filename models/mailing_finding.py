"""What the checks found in a mailing, and who has read it."""

from odoo import api, fields, models

from ..core.finding import Finding, Severity
from ..core.text import Text


class MailingFinding(models.Model):
    _name = "mailing.finding"
    _description = "Finding of the Checks"
    _order = "sequence, id"
    _rec_name = "code"

    mailing_id = fields.Many2one("mailing.mailing", required=True, readonly=True, ondelete="cascade", index=True)
    sequence = fields.Integer(readonly=True)
    code = fields.Char(required=True, readonly=True)
    severity = fields.Selection(
        [(Severity.ERROR.value, "Error"), (Severity.WARNING.value, "Warning"), (Severity.INFO.value, "Hint")],
        required=True,
        readonly=True,
    )
    field_name = fields.Char(readonly=True, help="The mailing's field where it is mended.")
    # sources and values apart, so that everybody reads the finding in their own language
    texts = fields.Json(required=True, readonly=True)
    title = fields.Char(compute="_compute_texts")
    explanation = fields.Char(compute="_compute_texts")
    remedy = fields.Char(compute="_compute_texts")
    acknowledged_by_id = fields.Many2one("res.users", "Read by", readonly=True)
    acknowledged_at = fields.Datetime("Read at", readonly=True)
    is_acknowledged = fields.Boolean(compute="_compute_is_acknowledged")

    @api.depends("texts")
    @api.depends_context("lang")
    def _compute_texts(self):
        for finding in self:
            for name in ("title", "explanation", "remedy"):
                finding[name] = finding.mailing_id._translate(Text.from_data(finding.texts[name]))

    @api.depends("acknowledged_by_id")
    def _compute_is_acknowledged(self):
        for finding in self:
            finding.is_acknowledged = bool(finding.acknowledged_by_id)

    def _as_lines(self):
        """One line each: what is wrong, and the remedy."""
        return "\n".join(f"• {finding.title}. {finding.remedy}" for finding in self)

    # ------------------------------------------------------------
    # Kept up with the checks
    # ------------------------------------------------------------

    @api.model
    def _replace(self, mailing, found):
        """Keep these findings of a mailing and no others; who has read one is kept as long as it stands."""
        standing = {finding._identity(): finding for finding in mailing.finding_ids}
        kept = self.browse()
        for sequence, finding in enumerate(sorted(found, key=lambda one: list(Severity).index(one.severity))):
            values = self._values(finding, sequence)
            known = standing.get((finding.code, str(values["texts"]["title"])))
            if known:
                known.write(values)
            kept |= known or self.create({**values, "mailing_id": mailing.id})
        (mailing.finding_ids - kept).unlink()

    def _identity(self):
        # the title names the thing that is wrong; the explanation may count it anew
        return self.code, str(self.texts["title"])

    @api.model
    def _values(self, finding: Finding, sequence):
        return {
            "sequence": sequence,
            "code": finding.code,
            "severity": finding.severity.value,
            "field_name": finding.field,
            "texts": {name: getattr(finding, name).to_data() for name in ("title", "explanation", "remedy")},
        }

    def _acknowledge(self):
        """Note that the current user has read these."""
        self.write({"acknowledged_by_id": self.env.uid, "acknowledged_at": fields.Datetime.now()})
