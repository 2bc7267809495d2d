"""What two processes say to each other over a socket: a line of JSON, and files in memory beside it."""

import json
import os
import socket
from typing import Any, Self

Message = dict[str, Any]
# Of the JSON alone; whatever is large goes by a file in memory.
MOST = 64 * 1024
MOST_FILES = 2


class Wire:
    """One end of a pair of connected sockets that keep messages apart."""

    def __init__(self, end: socket.socket) -> None:
        self.end = end

    @classmethod
    def pair(cls) -> tuple[Self, Self]:
        """Two ends."""
        one, other = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        return cls(one), cls(other)

    def fileno(self) -> int:
        return self.end.fileno()

    def send(self, message: Message, *files: int) -> None:
        """The files stay open here. Raises OSError where the other end is gone."""
        socket.send_fds(self.end, [json.dumps(message).encode()], files)

    def receive(self) -> tuple[Message, list[int]] | None:
        """The next message and its files, which are the receiver's to close; None where the other end is gone."""
        try:
            said, files, _flags, _address = socket.recv_fds(self.end, MOST, MOST_FILES)
        except ConnectionResetError:
            # Gone with words of ours unheard.
            return None
        return (json.loads(said), files) if said else None

    def close(self) -> None:
        self.end.close()


def memory_file(data: bytes = b"") -> int:
    """A file without a name that another process can be handed; gone when nobody has it open."""
    file = os.memfd_create("claimbase", os.MFD_CLOEXEC)
    write_whole(file, data)
    return file


def write_whole(file: int, data: bytes) -> None:
    """Raises OSError where it would grow beyond the limit of the process."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(file, rest) :]


def read_whole(file: int) -> bytes:
    """All of a file in memory, whoever has written it; closes it."""
    with os.fdopen(file, "rb") as opened:
        opened.seek(0)
        return opened.read()
