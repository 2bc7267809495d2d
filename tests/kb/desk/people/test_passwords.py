"""Passwords: their length, the cost of a hash, and how many are made at once."""

import subprocess
import sys

import pytest

from kb.desk.entry import BadEntry
from kb.desk.passwords import AT_ONCE, NewPassword
from kb.desk.proving import ProofEntry
from tests.factories.people import HASHER
from tests.support.tree import ROOT

# Without a bound, a hundred threads would hold 1.9 GB.
MANY = """
import resource
from concurrent.futures import ThreadPoolExecutor
from kb.desk.passwords import Hasher

hasher = Hasher()
stored = hasher.hash("a mountain is not a number")
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
with ThreadPoolExecutor(100) as pool:
    told = list(pool.map(lambda n: hasher.verify(stored if n % 2 else None, "wrong"), range(100)))
print(any(told), (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


@pytest.mark.parametrize("password", ["x" * 8, "x" * 128, " " * 8, "пароль-пароль", "🏔" * 8, "a\nb\tc\x00def"])
def test_any_characters_will_do(password: str) -> None:
    stored = HASHER.hash(NewPassword(password=password).password)
    assert HASHER.verify(stored, password)
    assert not HASHER.verify(stored, password + "x")
    assert not HASHER.verify(stored, password[:-1])


@pytest.mark.parametrize("password", ["", "x" * 7, "x" * 129, "A\u030a" * 4 + "xyz", "canary" * 1000], ids=ascii)
def test_too_short_and_too_long(password: str) -> None:
    with pytest.raises(BadEntry, match="8 to 128") as caught:
        NewPassword(password=password)
    assert "canary" not in str(caught.value)


def test_two_spellings_of_a_letter_are_one() -> None:
    assert HASHER.verify(HASHER.hash("A\u030angstrom"), "\u00c5ngstrom")


def test_parameters() -> None:
    assert HASHER.hash("12345678").startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_without_a_hash_nothing_is_right() -> None:
    for password in ("", "x", "12345678", "x" * 10_000_000):
        assert not HASHER.verify(None, password)
    assert not HASHER.verify(HASHER.hash("x" * 128), "x" * 129)


def test_nothing_secret_is_printed() -> None:
    shown = f"{NewPassword(password='canary-12345')!r} {ProofEntry(name='Ann', password='canary-12345')!r}"
    assert "canary" not in shown
    with pytest.raises(BadEntry) as caught:
        NewPassword(password="canary", name=["canary"], more="canary")  # type: ignore[call-arg,arg-type]
    assert "canary" not in f"{caught.value!r} {caught.value.__cause__} {caught.value.faults}"


def test_never_many_at_once() -> None:
    done = subprocess.run([sys.executable, "-c", MANY], cwd=ROOT, capture_output=True, text=True, check=True)
    right, grown = done.stdout.split()
    assert right == "False"
    assert AT_ONCE == 2
    assert int(grown) < 200, "MiB"
