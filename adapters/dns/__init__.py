"""What the DNS says of the domains of recipients."""

from .mail_servers import DnsMailServers, FakeMailServers, MailServers, TryLater, of_all

__all__ = ["DnsMailServers", "FakeMailServers", "MailServers", "TryLater", "of_all"]
