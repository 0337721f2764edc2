"""Who a mailing is for, in words."""

from ast import literal_eval

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools.misc import formatLang

from .exclusions import BLOCKED

LIST_MODEL = "mailing.list"


class MailingMailing(models.Model):
    _inherit = "mailing.mailing"

    def _audience_kind(self):
        """`list`, `selection` (a saved filter, or conditions of its own) or `everybody` in the database."""
        self.ensure_one()
        if self.mailing_model_name == LIST_MODEL:
            return "list"
        return "selection" if self.mailing_filter_id or self._has_conditions() else "everybody"

    def _has_conditions(self):
        """Whether the mailing's domain leaves anybody out."""
        try:
            domain = Domain(literal_eval(self.mailing_domain or "[]"))
        except (ValueError, SyntaxError):
            return True
        return not domain.is_true() and domain != Domain(self._get_default_mailing_domain())

    def _describe_audience(self):
        """One line that says who it goes to, and to whom not."""
        self.ensure_one()
        names = [*self.left_out_filter_ids.mapped("display_name"), *self.left_out_list_ids.mapped("name")]
        audience = self._describe_chosen()
        if field := self._chosen_email_field():
            label = self.env[self.mailing_model_real]._fields[field]._description_string(self.env)
            audience = self.env._("%(audience)s, at the address in “%(field)s”", audience=audience, field=label)
        if not names:
            return audience
        return self.env._("%(audience)s, but not to %(names)s", audience=audience, names=", ".join(names))

    def _describe_chosen(self):
        kind = self._audience_kind()
        if kind == "list":
            return ", ".join(self.contact_list_ids.mapped("display_name"))
        model = self.mailing_model_id.sudo().name
        if kind == "everybody":
            return self.env._("Everybody in %(model)s", model=model)
        if self.mailing_filter_id and not self._follows_selection():
            return self.env._(
                "%(selection)s (%(model)s), with conditions changed for this mailing",
                selection=self.mailing_filter_id.display_name,
                model=model,
            )
        if self.mailing_filter_id:
            return self.env._("%(selection)s (%(model)s)", selection=self.mailing_filter_id.display_name, model=model)
        return self.env._("%(model)s with your own conditions", model=model)

    def _check_audience_chosen(self):
        """Raise unless it is said who gets the mailing."""
        kind = self._audience_kind()
        if kind == "list" and not self.contact_list_ids:
            raise UserError(self.env._("Choose at least one mailing list."))

    @api.model
    def _excluded_in_words(self, excluded):
        """`{"mail_optout": 12, "mail_dup": 1}` as "12 unsubscribed, 1 double address"."""
        words = self._exclusion_words()
        parts = [f"{self._formatted(count)} {words.get(reason, reason)}" for reason, count in excluded.items() if count]
        return ", ".join(parts)

    @api.model
    def _exclusion_words(self):
        """Stock's failure types of excluded recipients, in words that follow a number."""
        return {
            "mail_optout": self.env._("unsubscribed"),
            "mail_bl": self.env._("on the exclusion list"),
            BLOCKED: self.env._("blocked"),
            "bulk_left_out": self.env._("in a selection or list that is left out"),
            "mail_dup": self.env._("double (same address)"),
            "mail_email_missing": self.env._("without address"),
            "mail_email_invalid": self.env._("with an invalid address"),
        }

    @api.model
    def _formatted(self, number):
        """A whole number as the user's language writes it: 1,482."""
        return formatLang(self.env, number, digits=0)
