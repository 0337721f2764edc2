"""Forms of the website."""

import json

from odoo.addons.website.controllers import form

from .typed import objections


class WebsiteForm(form.WebsiteForm):
    def _handle_website_form(self, model_name, **kwargs):
        found = objections(kwargs, model_name)
        if found:
            return json.dumps({"error": "\n".join(dict.fromkeys(found.values())), "error_fields": found})
        return super()._handle_website_form(model_name, **kwargs)
