"""The dialog that adds addresses to a mailing list, new or existing: SuperOffice's static selection."""

from odoo import fields, models
from odoo.exceptions import UserError

from ..models.mailing_address_people import company_of

# a lead's own name is what it is about
NAME = {"res.partner": "name", "crm.lead": "contact_name", "mailing.contact": "name"}


class MailingAddressToList(models.TransientModel):
    _name = "mailing.address.to.list"
    _description = "Add Addresses to a Mailing List"

    address_ids = fields.Many2many("mailing.address", readonly=True)
    kind = fields.Selection([("new", "A new list"), ("existing", "An existing list")], required=True, default="new")
    name = fields.Char("Name of the list")
    list_id = fields.Many2one("mailing.list", "Mailing list")

    def action_add(self):
        """Add one contact an address; who is among the list's contacts already is used as they are."""
        self.ensure_one()
        self.address_ids._check_may_act()
        mailing_list = self._chosen()
        contacts = self._contacts(mailing_list)
        already = contacts.filtered(lambda contact: mailing_list in contact.list_ids)
        (contacts - already).write({"list_ids": [(4, mailing_list.id)]})
        told = self.env._("Added to “%(name)s”: %(count)d.", name=mailing_list.name, count=len(contacts - already))
        left = self._left(mailing_list, already)
        if already - left:
            told += " " + self.env._("In it already: %(count)d.", count=len(already - left))
        if left:
            told += " " + self.env._("Left the list, and stay out: %(count)d.", count=len(left))
        return self.address_ids._tell(told)

    def _left(self, mailing_list, contacts):
        """Those that unsubscribed from the list: they are still among its contacts, and get nothing."""
        domain = [("list_id", "=", mailing_list.id), ("contact_id", "in", contacts.ids), ("opt_out", "=", True)]
        return self.env["mailing.subscription"].search(domain).contact_id

    def _chosen(self):
        if self.kind == "existing":
            if not self.list_id:
                raise UserError(self.env._("Choose the list."))
            return self.list_id
        if not (self.name or "").strip():
            raise UserError(self.env._("Give the new list a name."))
        return self.env["mailing.list"].create({"name": self.name.strip()})

    def _contacts(self, mailing_list):
        """One mailing contact an address, those that exist first; of several the one that is in it, else left it."""
        spelled, found = self.address_ids._spelled(), {}
        existing = self.env["mailing.contact"].search([("email_normalized", "in", list(spelled))], order="id")
        left = self._left(mailing_list, existing)
        for contact in existing.sorted(lambda contact: (mailing_list not in contact.list_ids, contact in left)):
            found.setdefault(spelled[contact.email_normalized], contact)
        missing = self.address_ids.filtered(lambda address: address not in found)
        holders = missing._holders()
        new = self.env["mailing.contact"].create(
            [{"email": address.display_name} | self._called(holders[address]) for address in missing]
        )
        return new.concat(*found.values())

    def _called(self, holders):
        """The name and the company of one of them, a person if there is one; none where none is known, as in Odoo."""

        def rank(record):
            return not record[NAME[record._name]], record._name == "res.partner" and record.is_company

        first = min((record for record in holders if record._name in NAME), key=rank, default=None)
        if first is None:
            return {}
        return {"name": first[NAME[first._name]], "company_name": company_of(first) or False}
