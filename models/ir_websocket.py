"""Who may follow a mailing's way: those who may read it."""

import re

from odoo import models

CHANNEL = re.compile(r"bulk_mailing\.progress:(\d{1,9})")


class IrWebsocket(models.AbstractModel):
    _inherit = "ir.websocket"

    def _build_bus_channel_list(self, channels):
        # a channel of text, as a browser asks for it, leads nowhere; only records that may be read become channels
        wanted = [
            match[1] for channel in channels if isinstance(channel, str) and (match := CHANNEL.fullmatch(channel))
        ]
        mailings = self.env["mailing.mailing"].browse(map(int, wanted)).exists()
        followed = [mailing._progress_channel() for mailing in mailings._filtered_access("read")]
        return super()._build_bus_channel_list([*channels, *followed])
