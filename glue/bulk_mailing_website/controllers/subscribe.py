"""The newsletter box."""

from odoo.exceptions import UserError
from odoo.http import route

from odoo.addons.website_mass_mailing.controllers import main

from .typed import objections_to


class NotTaken(UserError):
    """What was typed is not taken as an address."""


class MassMailController(main.MassMailController):
    @route()
    def subscribe(self, list_id, value, subscription_type, **post):
        try:
            return super().subscribe(list_id, value, subscription_type, **post)
        except NotTaken as refusal:
            return {"toast_type": "danger", "toast_content": str(refusal)}

    def subscribe_to_newsletter(self, subscription_type, value, *args, **kwargs):
        # stock comes here with a captcha that is right: a robot cannot make us ask the DNS
        sentence = objections_to([value]).get(value) if subscription_type == "email" and value else None
        if sentence:
            raise NotTaken(sentence)
        return super().subscribe_to_newsletter(subscription_type, value, *args, **kwargs)
