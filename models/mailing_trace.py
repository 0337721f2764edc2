"""The ledger: one row a recipient, also for the excluded, with what is known of each."""

from odoo import fields, models

DELIVERY_STATES = [
    ("queued", "Waiting"),
    ("sending", "Being sent"),
    ("deferred", "Tried, will be tried again"),
    ("sent", "Sent"),
    ("in_doubt", "In doubt"),
    ("failed", "Failed"),
    ("excluded", "Excluded"),
]


class MailingTrace(models.Model):
    _inherit = "mailing.trace"

    delivery_state = fields.Selection(
        DELIVERY_STATES,
        readonly=True,
        help="What is known of this recipient. In doubt: the connection broke after the mail was handed over, "
        "so it may have arrived. Empty on mailings that left through Odoo's own queue.",
    )
    attempt_count = fields.Integer("Attempts", readonly=True)
    smtp_reply = fields.Char("Mail server's answer", readonly=True)
    bounce_severity = fields.Selection(
        [("hard", "Hard"), ("soft", "Soft"), ("policy", "Policy")],
        readonly=True,
        help="Hard: the address does not work. Soft: it did not work for a while. Policy: the mail was not wanted.",
    )
    bounce_reason = fields.Char(readonly=True)
    recipient_key = fields.Char(
        readonly=True,
        help="The normalised address, or model and record where duplicates are allowed; "
        "empty for who is excluded. Nobody can be in a mailing twice with one key.",
    )
    failure_type = fields.Selection(selection_add=[("bulk_stopped", "Stopped before it was sent")])

    _mass_mailing_recipient_uniq = models.UniqueIndex(
        "(mass_mailing_id, recipient_key) WHERE recipient_key IS NOT NULL",
        "Nobody can be in a mailing twice.",
    )
    # Each bounce and each incoming answer looks for its message
    _message_id_idx = models.Index("(message_id) WHERE message_id IS NOT NULL")
    _in_doubt_idx = models.Index("(mass_mailing_id) WHERE delivery_state = 'in_doubt'")
