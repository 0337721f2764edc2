"""Test mails to a few addresses: each is what a chosen recipient gets.

Who must not send to the world may still show a mailing to colleagues.
"""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import email_normalize, email_split

MOST_ADDRESSES = 20


class MailingMailingTest(models.TransientModel):
    _inherit = "mailing.mailing.test"

    uses_queue = fields.Boolean(compute="_compute_uses_queue")
    recipient_model = fields.Char(related="mass_mailing_id.mailing_model_real")
    recipient_id = fields.Many2oneReference(
        "As it is for",
        model_field="recipient_model",
        compute="_compute_recipient_id",
        store=True,
        readonly=False,
        help="The test mail is what this recipient gets.",
    )
    results = fields.Text(readonly=True)

    @api.depends("mass_mailing_id")
    def _compute_uses_queue(self):
        for test in self:
            test.uses_queue = test.mass_mailing_id and test.mass_mailing_id._uses_queue()

    @api.depends("mass_mailing_id")
    def _compute_recipient_id(self):
        for test in self:
            test.recipient_id = test.uses_queue and test._first_recipient()

    def _first_recipient(self):
        """A record to fill in the mail with: a recipient, or where nobody is one yet, any that the user may read."""
        mailing = self.mass_mailing_id
        model = self.env[mailing.mailing_model_real]
        found = model.search(mailing._get_recipients_domain(), limit=1, order="id")
        return (found or model.search([], limit=1)).id

    # ------------------------------------------------------------
    # Sending
    # ------------------------------------------------------------

    def send_mail_test(self):
        """Send it to each address, and show for each what became of it; they are in the mailing's log too."""
        self.ensure_one()
        # stock mails any address that is written here, as many as there are
        if not self.env["mailing.mailing"]._may_send():
            self._check_only_colleagues()
        if not self.uses_queue:
            return super().send_mail_test()
        if not self.recipient_id:
            raise UserError(self.env._("There is nobody to fill in the mail for: choose who it goes to first."))
        addresses = self._addresses()
        results = self.mass_mailing_id._send_samples(self.recipient_id, addresses)
        self._log_results(results)
        self.results = "\n".join(f"{address}: {words}" for address, words in results)
        return self._reopen()

    def _addresses(self):
        """The addresses that were written, each once; raises UserError naming one that is none, or for too many."""
        found = []
        for line in filter(None, map(str.strip, self.email_to.splitlines())):
            address = email_normalize(line)
            if not address:
                raise UserError(self.env._("“%(line)s” is not an address. Write one address on each line.", line=line))
            found.append(address)
        addresses = list(dict.fromkeys(found))
        if len(addresses) > MOST_ADDRESSES:
            raise UserError(
                self.env._(
                    "These are %(count)s addresses; a test goes to %(most)s at most. "
                    "For more people, send the mailing as a test sending to a selection.",
                    count=len(addresses),
                    most=MOST_ADDRESSES,
                )
            )
        return addresses

    def _check_only_colleagues(self):
        """Raise unless every address is one of an internal user."""
        written = [found[0] for line in self.email_to.splitlines() if (found := email_split(line))]
        wanted = {email_normalize(address, strict=False) or address for address in written}
        # sudo: who works here is no secret to a colleague; only addresses are compared
        users = self.env["res.users"].sudo().search([("share", "=", False), ("email_normalized", "in", list(wanted))])
        strangers = wanted - set(users.mapped("email_normalized"))
        if strangers:
            raise AccessError(
                self.env._(
                    "You may send test mails to colleagues. No colleague has the address %(addresses)s.",
                    addresses=", ".join(sorted(strangers)),
                )
            )

    def _log_results(self, results):
        recipient = self.env[self.recipient_model].browse(self.recipient_id)
        values = {"results": results, "recipient": recipient.display_name}
        self.mass_mailing_id._message_log(body=self.env["ir.qweb"]._render("bulk_mailing.test_results", values))

    def _reopen(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Test"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [[False, "form"]],
            "target": "new",
        }
