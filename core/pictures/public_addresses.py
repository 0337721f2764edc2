"""Which IP addresses are somewhere on the public internet, and not beside or inside our own servers.

Python's `is_global` is no help alone: it holds multicast, 6to4 and NAT64 for global, and it changed between versions.
"""

from ipaddress import IPv4Address, IPv6Address, ip_network

# IANA's registry of special addresses (RFC 6890), and one that a cloud keeps for itself
_NOT_PUBLIC = tuple(
    map(
        ip_network,
        (
            "0.0.0.0/8",  # this host
            "10.0.0.0/8",  # private
            "100.64.0.0/10",  # behind a provider's NAT (CGNAT)
            "127.0.0.0/8",  # loopback
            "168.63.129.16/32",  # Azure's servers answer here on every machine
            "169.254.0.0/16",  # link-local, and most clouds' metadata
            "172.16.0.0/12",  # private
            "192.0.0.0/24",  # protocol assignments, and Oracle's metadata
            "192.0.2.0/24",  # documentation
            "192.31.196.0/24",  # anycast of AS112
            "192.52.193.0/24",  # anycast of AMT
            "192.88.99.0/24",  # relays of 6to4
            "192.168.0.0/16",  # private
            "192.175.48.0/24",  # anycast of AS112
            "198.18.0.0/15",  # measuring of networks
            "198.51.100.0/24",  # documentation
            "203.0.113.0/24",  # documentation
            "224.0.0.0/4",  # multicast
            "240.0.0.0/4",  # reserved, and broadcast
            "2001::/23",  # protocol assignments, and Teredo, which has an IPv4 address inside
            "2001:db8::/32",  # documentation
            "2002::/16",  # 6to4: an IPv4 address inside
            "2620:4f:8000::/48",  # anycast of AS112
            "3fff::/20",  # documentation
        ),
    )
)
# everything else in IPv6 is loopback, private, link-local, multicast, has an IPv4 address inside (::ffff:0:0/96,
# 64:ff9b::/96), or was never given to anybody
_GIVEN_OUT = ip_network("2000::/3")


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Whether a server at this address is one that anybody on the internet could reach."""
    if address.version == 6 and address not in _GIVEN_OUT:
        return False
    return not any(address.version == network.version and address in network for network in _NOT_PUBLIC)
