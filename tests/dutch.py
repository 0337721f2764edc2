"""Somebody who reads Dutch where everybody else, and every job, speaks English."""

from odoo.tests import new_test_user

from .companies import GROUPS


class DutchMixin:
    """`sanne` sends, and reads Dutch."""

    @classmethod
    def learn_dutch(cls):
        cls.env["res.lang"]._activate_lang("nl_NL")
        cls.env["ir.module.module"]._load_module_terms(["bulk_mailing"], ["nl_NL"])
        cls.sanne = new_test_user(cls.env, "sanne", groups=GROUPS, lang="nl_NL", tz="Europe/Amsterdam")

    def for_sanne(self, records):
        """These records as her browser asks for them."""
        return records.with_user(self.sanne).with_context(lang="nl_NL", tz="Europe/Amsterdam")
