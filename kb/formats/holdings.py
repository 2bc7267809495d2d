"""What there is to be downloaded, and who publishes it: the facts that a description of the data sets is made of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class File:
    """A file to be downloaded: which `set` in which `form`; `compression` is "gz", "zst" or "" for none.

    `bytes` and `sha256` are those of the file as it is served, `triples` and `editions` what is in it.
    """

    name: str
    set: str
    form: str
    media_type: str
    compression: str
    bytes: int
    sha256: str
    triples: int
    editions: int


@dataclass(frozen=True)
class Counts:
    """What is in the current set; how often each class and property, by its IRI."""

    subjects: int
    classes: Mapping[str, int]
    properties: Mapping[str, int]
    languages: tuple[str, ...]


class Made(Protocol):
    """The files of one position of the log."""

    @property
    def seq(self) -> int: ...

    @property
    def time(self) -> str: ...

    @property
    def files(self) -> Sequence[File]: ...

    @property
    def counts(self) -> Counts: ...


@dataclass(frozen=True)
class Publication:
    """Who publishes what, since when, under which licence; `example` is the IRI of a thing that is described."""

    base: str
    name: str
    licence: str
    publisher: str
    publisher_name: str
    founded: str
    example: str
