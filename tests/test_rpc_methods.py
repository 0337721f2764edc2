"""Every public method over JSON-RPC, as somebody who may only prepare and as somebody who may do nothing."""

from odoo.exceptions import AccessError
from odoo.service.model import get_public_method
from odoo.tests import tagged
from odoo.tools import mute_logger

from .rpc import RpcCase
from .rpc_allowed import ARGUMENTS, OF_ALL_THREADS, PLAIN, REQUESTER

ADDON = "bulk_mailing"


def allowed(names):
    """`model.method` of names by model."""
    return {f"{model}.{name}" for model, block in names.items() for name in block.split()}


@tagged("post_install", "-at_install")
class TestRpcMethods(RpcCase):
    maxDiff = None

    def setUp(self):
        super().setUp()
        # a method that asks for a test stops there, before it asks for the right
        self.mailing.sudo().write({"ab_testing_enabled": True, "ab_testing_winner_selection": "manual"})
        series = self.env["mailing.series"].create(
            {"mailing_id": self.make_mailing(self.sender).id, "send_on": "2030-01-01"}
        )
        self.held = self.env["mailing.series.run"].create({"series_id": series.id, "planned_at": "2029-01-01 09:00:00"})

    def public_methods(self, model):
        """Those that are ours or another addon's; what every model has is in `test_state_and_copy`."""
        every = type(self.env["base"])  # with what other addons give to all models
        names = {name for name in dir(type(model)) if not name.startswith("_") and not hasattr(every, name)}
        return sorted(name for name in names if self.is_public(model, name))

    def is_public(self, model, name):
        if not callable(getattr(type(model), name, None)):
            return False
        try:
            return bool(get_public_method(model, name))
        except (AccessError, AttributeError):
            return False

    def our_models(self):
        ours = [name for name in self.env if self.env[name]._original_module == ADDON and not self.env[name]._abstract]
        return [*ours, "mailing.mailing"]

    def record_id(self, model):
        known = {"mailing.mailing": self.mailing, "mailing.send": self.wizard, "mailing.series.run": self.held}
        return known.get(model, self.env[model].sudo().search([], limit=1)).id or 1

    def let_in(self, login):
        """The calls that were not refused for want of a right."""
        self.authenticate(login, login)
        found = set()
        for model in self.our_models():
            for name in self.public_methods(self.env[model]):
                call = f"{model}.{name}"
                own = (
                    []
                    if getattr(getattr(type(self.env[model]), name), "_api_model", False)
                    else [[self.record_id(model)]]
                )
                error = self.call(model, name, *own, *ARGUMENTS.get(call, ()))
                if error != "odoo.exceptions.AccessError" and name not in OF_ALL_THREADS:
                    found.add(call)
        return found

    @mute_logger("odoo.http", "odoo.sql_db", "odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")
    def test_requester(self):
        """C15: a requester calls what preparing needs, and nothing leaves whatever they call."""
        self.assertEqual(self.let_in(self.requester.login) - allowed(PLAIN) - allowed(REQUESTER), set())

    @mute_logger("odoo.http", "odoo.sql_db", "odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")
    def test_plain_user(self):
        """C15: who is in none of the groups calls nothing of ours."""
        self.assertEqual(self.let_in(self.plain.login) - allowed(PLAIN), set())
