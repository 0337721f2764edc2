"""The composer leaves out former employees as well, where it mails in the name of a mailing."""

from odoo import models

from ..models.mailing_mailing.former_employees import FORMER


class MailComposeMessage(models.TransientModel):
    _inherit = "mail.compose.message"

    def _leave_out(self, mail_values_dict):
        people = self._get_recipients_data(mail_values_dict)
        emails = {email for person in people.values() for email in person["mail_to_normalized"]}
        former = self.mass_mailing_id._former_employees(emails)
        for res_id, values in mail_values_dict.items():
            is_to_be_sent = values.get("state") not in ("cancel", "exception") or values["failure_type"] == "mail_dup"
            if is_to_be_sent and former.intersection(people[res_id]["mail_to_normalized"]):
                values.update(state="cancel", failure_type=FORMER)
        super()._leave_out(mail_values_dict)
