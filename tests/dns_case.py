"""Base class, for the small addons too: the name servers of the settings lead to one on loopback."""

from .browser import PatientTours
from .dns_server import DnsServer

ZONES = {
    "alive.example": ["10 mx.alive.example."],
    "gmial.com": ["10 mx.gmial.com."],
    "no-mail.example": ["0 ."],
    "silent.example": "SILENCE",
    "broken.example": "SERVFAIL",
}


class DnsCase(PatientTours):
    """`cls.dns` knows ZONES; any other domain does not exist."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.dns = cls.enterClassContext(DnsServer(ZONES))
        parameters = cls.env["ir.config_parameter"].sudo()
        parameters.set_param("bulk_mailing.nameservers", f"{cls.dns.host}:{cls.dns.port}")
        cls.env["res.lang"]._activate_lang("en_US")
