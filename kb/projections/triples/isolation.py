"""A process without a network: Linux namespaces, taken before the first query is read."""

import ctypes
import errno
import os
import socket
import subprocess
import sys

_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000
# From <sys/prctl.h>.
_SET_DEATH_SIGNAL, _SET_NO_NEW_PRIVILEGES = 1, 38
SECONDS = 20


def isolate() -> None:
    """Leave the network for good: no interface is up in the new namespace, not even loopback. Raises OSError.

    Sockets that are open already stay. Whoever is not root needs a namespace of users first.
    """
    try:
        if _LIBC.unshare(_NEW_USER | _NEW_NETWORK) and _LIBC.unshare(_NEW_NETWORK):
            raise _failed()
    except AttributeError as error:
        raise OSError(errno.ENOSYS, "this system has no namespaces") from error
    _control(_SET_NO_NEW_PRIVILEGES, 1)
    _be_sure()


def end_with_parent(signal: int) -> None:
    """The process gets this signal when its parent ends, however that ends."""
    _control(_SET_DEATH_SIGNAL, signal)


def why_not() -> str:
    """Why a process cannot be isolated on this machine; "" where it can. Tried in a process of its own."""
    command = [sys.executable, "-m", __name__]
    tried = subprocess.run(command, check=False, capture_output=True, text=True, timeout=SECONDS)
    return tried.stdout.strip() if tried.returncode == 0 else "it cannot be tried"


def _control(option: int, value: int) -> None:
    if _LIBC.prctl(option, value, 0, 0, 0):
        raise _failed()


def _failed() -> OSError:
    return OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def _be_sure() -> None:
    """An address of loopback is the nearest there is; where it cannot be reached, none can."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        # Nothing is sent: connecting a datagram socket only looks for a way.
        if probe.connect_ex(("127.0.0.1", 9)) not in (errno.ENETUNREACH, errno.EADDRNOTAVAIL):
            raise OSError(errno.EPERM, "the network is still in reach")


_LIBC = ctypes.CDLL(None, use_errno=True)

if __name__ == "__main__":
    try:
        isolate()
    except OSError as cannot:
        sys.stdout.write(cannot.strerror or "unknown")
