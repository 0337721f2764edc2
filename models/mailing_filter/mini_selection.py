"""A selection is a saved filter; a mini-selection is a selection within another."""

from ast import literal_eval

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.orm.domains import DomainAnd


class MailingFilter(models.Model):
    _name = "mailing.filter"
    _inherit = ["mailing.filter", "mailing.usable"]
    _rec_names_search = ["name", "parent_id.name"]

    mailing_domain = fields.Char(default="[]")  # whoever hangs on the selection it lies in may be asked no more
    parent_id = fields.Many2one(
        "mailing.filter",
        "Mini-selection of",
        index=True,
        ondelete="restrict",
        help="Only who is in that selection as well. When it changes, this mini-selection changes with it.",
    )
    display_name = fields.Char(recursive=True)
    child_ids = fields.One2many("mailing.filter", "parent_id", "Mini-selections")
    whole_domain = fields.Char(
        "All conditions",
        compute="_compute_whole_domain",
        recursive=True,
        help="Its own conditions, and those of the selections it lies in.",
    )

    @api.depends("mailing_domain", "parent_id.whole_domain")
    def _compute_whole_domain(self):
        for selection in self:
            domain = selection.mailing_domain
            if selection.parent_id:
                domain = repr(as_lists(selection._domain_within_parent()))
            selection.whole_domain = domain

    def _parsed_whole_domain(self):
        return parsed(self.whole_domain)

    def _domain_within_parent(self):
        """Both conditions together."""
        return self._domain_of_parent() & parsed(self.mailing_domain)

    def _domain_of_parent(self):
        """What the selection it lies in asks of our records."""
        return parsed(self.parent_id.whole_domain)

    @api.depends("name", "parent_id.display_name")
    def _compute_display_name(self):
        for selection in self:
            path = [selection.parent_id.display_name, selection.name] if selection.parent_id else [selection.name]
            selection.display_name = " / ".join(name or "" for name in path)

    @api.constrains("parent_id", "mailing_model_id", "collected_by_id")
    def _check_parent(self):
        if self._has_cycle():
            raise ValidationError(self.env._("A selection cannot lie within itself."))
        for selection in self | self.child_ids:
            selection._check_fits_parent()

    def _check_fits_parent(self):
        if self.parent_id and self.parent_id.mailing_model_id != self.mailing_model_id:
            raise ValidationError(
                self.env._(
                    "“%(name)s” lies within “%(parent)s”, so both have to select from the same kind of record, or the "
                    "one has to hang on the other by a field.",
                    name=self.name,
                    parent=self.parent_id.display_name,
                )
            )

    def _with_minis(self):
        """These and all that lie within them, at whatever depth."""
        return self.search([("id", "child_of", self.ids)])


def same_conditions(domain, other):
    """Whether two domains as they are stored ask for the same, whatever their spelling."""
    try:
        return domain == other or parsed(domain) == parsed(other)
    except (ValueError, SyntaxError):
        return False


def narrows(domain, other):
    """Whether a domain as it is stored is the other one with nothing, or something, more to ask for."""
    try:
        asked, whole = parsed(domain), parsed(other)
    except (ValueError, SyntaxError):
        return False
    return all(part in parts(asked) for part in parts(whole))


def parts(domain):
    """The conditions that all have to hold."""
    if domain.is_true():
        return []
    return list(domain.children) if isinstance(domain, DomainAnd) else [domain]


def as_lists(domain):
    """A domain as it is stored, with the domains in it."""
    return [
        (*term[:2], as_lists(term[2])) if isinstance(term, tuple) and isinstance(term[2], Domain) else term
        for term in domain
    ]


def parsed(domain):
    return Domain(literal_eval(domain or "[]"))
