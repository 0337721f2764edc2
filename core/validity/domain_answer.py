"""What the DNS says of a domain's mail."""

from enum import StrEnum


class DomainAnswer(StrEnum):
    """As RFC 5321, section 5.1 has it: the MX records, or where there are none the domain's own address."""

    MAIL_SERVER = "mail_server"
    ADDRESS_ONLY = "address_only"
    NULL_MX = "null_mx"  # RFC 7505: it exists and says that it takes no mail
    NO_SERVER = "no_server"  # it exists, without MX and without address
    DOES_NOT_EXIST = "does_not_exist"
    NO_ANSWER = "no_answer"  # which says nothing about the domain

    @property
    def is_dead(self) -> bool:
        """Whether no mail can reach the domain."""
        return self in (self.NULL_MX, self.NO_SERVER, self.DOES_NOT_EXIST)
