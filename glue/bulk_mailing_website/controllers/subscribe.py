"""The newsletter box."""

from odoo.http import route

from odoo.addons.website_mass_mailing.controllers import main

from .typed import objection


class MassMailController(main.MassMailController):
    @route()
    def subscribe(self, list_id, value, subscription_type, **post):
        sentence = objection(value) if subscription_type == "email" and value else ""
        if sentence:
            return {"toast_type": "danger", "toast_content": sentence}
        return super().subscribe(list_id, value, subscription_type, **post)
