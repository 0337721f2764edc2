"""The composer, which mails many at once in the name of a mailing."""

from odoo import models


class MailComposeMessage(models.TransientModel):
    _inherit = "mail.compose.message"

    def _action_send_mail(self, auto_commit=False):
        # stock asks for no right: whoever can name a mailing could mail its audience past the four steps
        if any(composer._is_for_a_mailing() for composer in self):
            self.env["mailing.mailing"]._check_may_send()
        return super()._action_send_mail(auto_commit=auto_commit)

    def _process_mail_values_state(self, mail_values_dict):
        # stock knows no blocked addresses, and no mail to all but some
        values = super()._process_mail_values_state(mail_values_dict)
        if self._is_for_a_mailing():
            self._leave_out(values)
        return values

    def _leave_out(self, mail_values_dict):
        people = self._get_recipients_data(mail_values_dict)
        emails = {email for person in people.values() for email in person["mail_to_normalized"]}
        reasons = self.mass_mailing_id._reasons_to_leave_out(emails)
        for res_id, values in mail_values_dict.items():
            is_to_be_sent = values.get("state") not in ("cancel", "exception") or values["failure_type"] == "mail_dup"
            why = [reasons[email] for email in people[res_id]["mail_to_normalized"] if email in reasons]
            if is_to_be_sent and why:
                values.update(state="cancel", failure_type=why[0])

    def _is_for_a_mailing(self):
        return self.composition_mode == "mass_mail" and bool(self.mass_mailing_id or self.mass_mailing_name)
