"""Who has an address: contacts, leads, mailing contacts, and whatever else has Odoo's blacklist."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

FIRST = ("res.partner", "crm.lead", "mailing.contact")
COMPANY = {"res.partner": "commercial_company_name", "crm.lead": "partner_name", "mailing.contact": "company_name"}
NAMED = 3


def company_of(record):
    """The company that a contact, lead or mailing contact belongs to; "" where there is none."""
    return record[COMPANY[record._name]] or "" if record._name in COMPANY else ""


class MailingAddress(models.Model):
    _inherit = "mailing.address"

    people = fields.Char("Who", compute="_compute_people", search="_search_people")
    companies = fields.Char("Company", compute="_compute_people")

    @api.depends("email", "other_spelling")
    @api.depends_context("uid", "lang", "allowed_company_ids")
    def _compute_people(self):
        holders = self._holders()
        for address in self:
            names = dict.fromkeys(name for record in holders[address] if (name := record.display_name))
            shown, more = list(names)[:NAMED], len(names) - NAMED
            if more > 0:
                shown.append(self.env._("and %(count)d more", count=more))
            address.people = ", ".join(shown)
            address.companies = ", ".join(dict.fromkeys(filter(None, map(company_of, holders[address]))))

    def _search_people(self, operator, value):
        if operator not in ("ilike", "=ilike"):
            return NotImplemented
        found = []
        for model in self._models_with_addresses():
            if model.has_access("read"):
                query = model._search([("display_name", operator, value), ("email_normalized", "!=", False)])
                emails = query.subselect(SQL.identifier(model._table, "email_normalized"))
                # with the condition that there is one, so that "does not contain" finds whoever has none
                other = Domain("other_spelling", "!=", False) & Domain("other_spelling", "in", emails)
                found += [Domain("email", "in", emails), other]
        return Domain.OR(found)

    @api.model
    def _models_with_addresses(self):
        """Those whose records have an address, people first; archived records are seen as well."""
        # sudo: which models there are is no secret
        names = self.env["ir.model"].sudo().search([("is_mail_blacklist", "=", True)]).mapped("model")
        names = [*(name for name in FIRST if name in names), *(name for name in names if name not in FIRST)]
        models_ = (self.env[name] for name in names if name in self.env)
        return [model.with_context(active_test=False) for model in models_ if model._auto and not model._abstract]

    def _spelled(self):
        """`{spelling: address}` in all spellings."""
        return {email: address for address in self for email in (address.email, address.other_spelling) if email}

    def _holders(self):
        """`{address: records}`, of all models, that the user may read."""
        found = {address: [] for address in self}
        spelled = self._spelled()
        for model in self._models_with_addresses():
            if model.has_access("read"):
                for record in model.search([("email_normalized", "in", list(spelled))]):
                    found[spelled[record.email_normalized]].append(record)
        return found

    def action_open_people(self):
        """Open who has the address: one in their form, several in a list."""
        self.ensure_one()
        self.check_access("read")
        holders = self._holders()[self]
        if not holders:
            raise UserError(self.env._("Nobody whom you may see has %(address)s.", address=self.display_name))
        model = holders[0]._name
        records = [record for record in holders if record._name == model]
        action = {
            "type": "ir.actions.act_window",
            "name": self.display_name,
            "res_model": model,
            "context": {"active_test": False},
        }
        if len(records) == 1:
            return action | {"res_id": records[0].id, "views": [[False, "form"]]}
        ids = [record.id for record in records]
        return action | {"domain": [("id", "in", ids)], "views": [[False, "list"], [False, "form"]]}
