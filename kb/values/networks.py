"""Whom an address of the internet belongs to, as far as limits count."""

import ipaddress


def network(address: str) -> str:
    """Whoever has one address of IPv6 has the whole /64 (RELIABILITY T25); what is no address stands as it is."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv4Address):
        return str(found)
    return str(found.ipv4_mapped or ipaddress.IPv6Network((found, 64), strict=False))
