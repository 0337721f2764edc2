"""Which spam filter a company's mailings are shown to; written through `mailing.settings`."""

from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    bulk_spamd_host = fields.Char(
        "Spam filter",
        help="The host of a spamd (SpamAssassin), or the path of its UNIX socket. The checks show it the mail as one "
        "recipient gets it. Empty: no spam check.",
    )
    bulk_spamd_port = fields.Integer("Port of the spam filter", default=783, required=True)
    bulk_spam_warning_from = fields.Float(
        "Spam score that warns", default=3.0, required=True, digits=(6, 1), help="From so many points on."
    )
    bulk_spam_error_from = fields.Float(
        "Spam score that stops",
        default=5.0,
        required=True,
        digits=(6, 1),
        help="From so many points on a mailing cannot be sent. SpamAssassin itself calls mail spam from 5.",
    )

    _bulk_spamd_port_is_one = models.Constraint(
        "CHECK (bulk_spamd_port BETWEEN 1 AND 65535)", "The port of the spam filter is 1 to 65535; 783 is usual."
    )
    _bulk_spam_scores_in_order = models.Constraint(
        "CHECK (bulk_spam_warning_from > 0 AND bulk_spam_error_from >= bulk_spam_warning_from)",
        "Warn of spam from more than 0 points on, and stop from as many or more; 3 and 5 are usual.",
    )
