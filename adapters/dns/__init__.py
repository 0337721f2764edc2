"""What the DNS says of the domains of recipients."""

from .mail_domains import DnsMailDomains, FakeMailDomains, MailDomains, ask_all
from .mail_servers import DnsMailServers, FakeMailServers, MailServers, TryLater, of_all
from .resolver import read_nameservers

__all__ = [
    "DnsMailDomains",
    "DnsMailServers",
    "FakeMailDomains",
    "FakeMailServers",
    "MailDomains",
    "MailServers",
    "TryLater",
    "ask_all",
    "of_all",
    "read_nameservers",
]
