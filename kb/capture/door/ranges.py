"""Which numbers of the internet are open to everybody: our own list, so that no library's update changes it."""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

Number = IPv4Address | IPv6Address

PORTS = frozenset({80, 443})

# IANA's registry of special-purpose addresses, multicast and class E; the last is a cloud's inner host that looks open.
_CLOSED_4 = [
    IPv4Network(block)
    for block in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.31.196.0/24",
        "192.52.193.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "192.175.48.0/24",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
        "168.63.129.16/32",
    )
]
# All that is not global unicast is closed: loopback, mapped, link-local, unique local, multicast, what comes yet.
_UNICAST = IPv6Network("2000::/3")
# Teredo and 6to4 carry an IPv4 address inside and lead to it; no page lives there any more, so both are closed whole.
_CLOSED_6 = [
    IPv6Network(block)
    for block in ("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3ffe::/16", "3fff::/20")
]
_NAT64 = IPv6Network("64:ff9b::/96")


def plain(number: Number) -> Number:
    """An IPv4 address written as an IPv6 one is the IPv4 address; the system connects to that."""
    return number.ipv4_mapped or number if isinstance(number, IPv6Address) else number


def is_open(number: Number) -> bool:
    """True for what everybody reaches. A network that translates (NAT64) reaches what it translates to."""
    number = plain(number)
    if isinstance(number, IPv6Address):
        if number in _NAT64:
            return is_open(IPv4Address(number.packed[-4:]))
        return number in _UNICAST and number.scope_id is None and not any(number in block for block in _CLOSED_6)
    return not any(number in block for block in _CLOSED_4)


def open_web(number: Number, port: int) -> bool:
    """What the door lets through: an open address on a port of the web."""
    return port in PORTS and is_open(number)
