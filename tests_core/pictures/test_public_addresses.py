"""Where pictures may be fetched from: never beside or inside our own servers."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import pytest
from bulk_mailing.core.pictures import is_public
from hypothesis import given
from hypothesis.strategies import integers, ip_addresses, sampled_from

PRIVATE = [
    "0.0.0.0",
    "10.1.2.3",
    "100.64.0.1",  # CGNAT
    "100.100.100.200",  # Alibaba's metadata
    "127.0.0.1",
    "127.8.8.8",
    "168.63.129.16",  # Azure's
    "169.254.169.254",  # most metadata
    "172.31.255.255",
    "192.0.0.192",  # Oracle's
    "192.168.1.1",
    "198.19.0.1",
    "224.0.0.1",
    "239.255.255.250",
    "255.255.255.255",
    "::",
    "::1",
    "::7f00:1",  # IPv4-compatible
    "::ffff:127.0.0.1",
    "::ffff:8.8.8.8",
    "::ffff:0:127.0.0.1",
    "64:ff9b::a9fe:a9fe",  # NAT64
    "64:ff9b:1::7f00:1",
    "100::1",
    "2001::7f00:1",  # Teredo
    "2001:db8::1",
    "2002:7f00:1::",  # 6to4
    "fc00::1",
    "fd00:ec2::254",  # Amazon's metadata
    "fe80::1",
    "fec0::1",
    "ff02::1",
]
PUBLIC = ["8.8.8.8", "93.184.216.34", "172.32.0.1", "100.128.0.1", "198.20.0.1", "2606:4700::1111", "2a00:1450::1"]


@pytest.mark.parametrize("address", PRIVATE)
def test_not_public(address):
    """C29: addresses that only we can reach are nobody's pictures."""
    assert not is_public(ip_address(address))


@pytest.mark.parametrize("address", PUBLIC)
def test_public(address):
    """C29: neighbours of private networks are public."""
    assert is_public(ip_address(address))


@given(ip_addresses())
def test_as_strict_as_python(address):
    """C29: what Python's `ipaddress` holds for anything but global unicast is refused."""
    said = ("multicast", "reserved", "unspecified", "private", "loopback", "link_local")
    if is_public(address):
        assert address.is_global
        assert [word for word in said if getattr(address, f"is_{word}")] == []


@given(ip_addresses(v=4), sampled_from(["::ffff:0:0/96", "64:ff9b::/96", "::/96", "64:ff9b:1::/96"]))
def test_ipv4_inside_ipv6(address, network):
    """C29: no IPv4 address gets through in the clothes of an IPv6 address, public or not."""
    assert not is_public(IPv6Address(int(ip_network(network).network_address) + int(address)))


@given(ip_addresses(v=4), integers(0, 2**80 - 1))
def test_ipv4_inside_6to4(address, rest):
    """C29: nor in 6to4."""
    assert not is_public(IPv6Address((0x2002 << 112) + (int(IPv4Address(address)) << 80) + rest))


@pytest.mark.parametrize(
    "network", ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "127.0.0.0/8", "169.254.0.0/16", "fc00::/7"]
)
def test_edges(network):
    """C29: the first and the last address of a private network are private."""
    network = ip_network(network)
    assert not is_public(network[0])
    assert not is_public(network[-1])
