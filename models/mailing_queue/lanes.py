"""How many lanes there are: a number for all companies, and one `ir.cron` record for each of them."""

from odoo import models

LANES = "bulk_mailing.lanes"
DEFAULT_LANES = 4
MOST_LANES = 16


class MailingQueue(models.Model):
    _inherit = "mailing.queue"

    def _lanes_wanted(self):
        """The number in the settings; never more than have a cron record."""
        value = self.env["ir.config_parameter"].sudo().get_param(LANES)
        wanted = int(value) if str(value).isdigit() else DEFAULT_LANES
        wanted = min(max(wanted, 1), MOST_LANES)
        return next((number for number in range(wanted) if not self._lane_cron(number)), wanted)

    def _lane_cron(self, number):
        return self.env.ref(f"bulk_mailing.ir_cron_lane_{number}", raise_if_not_found=False)

    def _set_lanes(self, count):
        """Keep the number, and make the cron records that are missing; those that are there may be running."""
        for number in range(count):
            if not self._lane_cron(number):
                self._make_lane_cron(number)
        self.env["ir.config_parameter"].sudo().set_param(LANES, str(count))
        self._trigger_lanes()

    def _make_lane_cron(self, number):
        cron = (
            self.env["ir.cron"]
            .sudo()
            .create(
                {
                    "name": f"Bulk Mailing: lane {number + 1}",
                    "model_id": self.env["ir.model"]._get_id(self._name),
                    "state": "code",
                    "code": f"model._cron_run_lane({number})",
                    "user_id": self.env.ref("base.user_root").id,
                    "interval_number": 1,
                    "interval_type": "hours",
                }
            )
        )
        # noupdate: an update of the addon leaves it alone, and its removal takes it away
        self.env["ir.model.data"].sudo().create(
            {
                "module": "bulk_mailing",
                "name": f"ir_cron_lane_{number}",
                "model": "ir.cron",
                "res_id": cron.id,
                "noupdate": True,
            }
        )
