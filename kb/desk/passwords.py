"""Passwords: what may be one, and how it is hashed: slowly, and never many at once."""

from concurrent.futures import ThreadPoolExecutor
from typing import Annotated

from argon2 import PasswordHasher, Type
from argon2.exceptions import VerifyMismatchError
from pydantic import ConfigDict, Field

from kb.desk.account_names import Name
from kb.desk.entry import Entry
from kb.desk.forms import checked
from kb.errors import Refused
from kb.values.prose import nfc

SHORTEST, LONGEST = 8, 128
# OWASP's second choice for argon2id. Memory is what many sign-ins at once would exhaust (RELIABILITY T13).
MEMORY_KIB, PASSES, LANES = 19_456, 2, 1
AT_ONCE = 2
# Threads of their own, for all hashers of the process: the bound is on memory, and an allocator keeps the block of each
# thread that ever had one. A semaphore in the threads of the server let a hundred of them hold 240 MB.
_threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="hashing")
# No password has this hash; to compare with it takes as long as with any other.
_NOBODYS = f"$argon2id$v=19$m={MEMORY_KIB},t={PASSES},p={LANES}${'A' * 22}${'A' * 43}"


def _check_password(text: str) -> str:
    length = len(nfc(text))
    if not SHORTEST <= length <= LONGEST:
        remedy = f"Choose {SHORTEST} to {LONGEST} characters, whichever you like."
        raise Refused(f"The password has {length} characters.", remedy=remedy)
    return text


Password = Annotated[str, Field(repr=False), checked(_check_password)]


class SecretEntry(Entry):
    """An entry whose values stand in no error, since errors go into logs."""

    model_config = ConfigDict(hide_input_in_errors=True)


class NewPassword(SecretEntry):
    """What a link asks for; `name` only where it makes the first admin."""

    password: Password
    name: Name | None = None


class Hasher:
    """Argon2id. Both methods may wait for their turn: call them outside any transaction."""

    def __init__(self) -> None:
        self._argon = PasswordHasher(PASSES, MEMORY_KIB, LANES, type=Type.ID)

    def hash(self, password: str) -> str:
        """With its parameters and a salt of its own."""
        return _threads.submit(self._argon.hash, nfc(password)).result()

    def verify(self, stored: str | None, password: str) -> bool:
        """False, after as long a time, where there is no hash."""
        if len(password) > 4 * LONGEST:  # Cut first: to bring a giant one into normal form would take long.
            stored, password = None, ""
        try:
            _threads.submit(self._argon.verify, stored or _NOBODYS, nfc(password)).result()
        except VerifyMismatchError:
            return False
        return stored is not None
