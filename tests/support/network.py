"""No test sends a packet outside loopback: Python's own audit hook sees every socket that Python opens."""

import ipaddress
import sys
from typing import Any


class NoNetwork(Exception):
    """A test tried to leave this machine."""


def forbid_network() -> None:
    """From now on, connecting, sending or looking up a name outside loopback raises, to the end of the process."""
    sys.addaudithook(_watch)


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    if event in ("socket.connect", "socket.sendto"):
        address = arguments[1]
        # A string or bytes is a Unix socket's path; anything else begins with the host.
        if isinstance(address, tuple) and not is_local(address[0]):
            raise NoNetwork(f"{event} to {address!r}: tests stay on this machine")
    elif event == "socket.getaddrinfo" and arguments[0] is not None and not is_local(arguments[0]):
        raise NoNetwork(f"look-up of {arguments[0]!r}: tests stay on this machine")


def is_local(host: str | bytes) -> bool:
    """True for loopback addresses, "localhost" and "any address", which is where a server listens."""
    name = host.decode("ascii", "replace") if isinstance(host, bytes) else host
    if name in ("", "localhost"):
        return True
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified
