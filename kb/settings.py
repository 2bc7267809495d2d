"""Settings: one frozen typed object, from CLAIMBASE_* and an optional TOML file."""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from kb.errors import CannotStart

PREFIX = "CLAIMBASE_"
# In MiB; less would not hold the keeper of the index itself.
SMALLEST_INDEX = 64
_CONTACT = re.compile(r"mailto:[!-~]+@[!-~]+|https://[!-~]+")


class Settings(BaseModel):
    """What an installation can choose. The base address and the licence in force stand in the foundation."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    data: Path = Path("var")
    database_url: str | None = None
    read_database_url: str | None = None
    base: str | None = None
    site_name: str = "Claimbase"
    data_licence: str = "https://creativecommons.org/licenses/by/4.0/"
    contact: str | None = None
    sparql_memory: int = 3072

    @field_validator("base")
    @classmethod
    def _base_is_an_address(cls, base: str | None) -> str | None:
        if base is not None and not (base.startswith(("http://", "https://")) and base.endswith("/")):
            raise ValueError("must begin with http:// or https:// and end with /")
        return base

    @field_validator("contact")
    @classmethod
    def _contact_is_an_address(cls, contact: str | None) -> str | None:
        """What security.txt may name (RFC 9116, 2.5.3); with a line end in it, it would say more than one thing."""
        if contact is not None and not _CONTACT.fullmatch(contact):
            raise ValueError("must begin with mailto: or https:// and hold no space, such as mailto:desk@example.org")
        return contact

    @field_validator("sparql_memory")
    @classmethod
    def _an_index_needs_room(cls, memory: int) -> int:
        if memory != 0 and memory < SMALLEST_INDEX:
            raise ValueError(f"must be at least {SMALLEST_INDEX}, or 0 for no index and no queries")
        return memory

    @property
    def database(self) -> str:
        """The URL of the database that is written to; SQLite in the data folder where none is set."""
        return self.database_url or f"sqlite:///{(self.data / 'claimbase.db').absolute()}"

    @property
    def blobs(self) -> Path:
        """The folder of held bytes, each file named by its sha256."""
        return self.data / "blobs"


def read_settings(environ: Mapping[str, str], file: Path | None = None) -> Settings:
    """Read settings; the environment wins over the file (CLAIMBASE_CONFIG). Unknown keys are errors."""
    given = {key.removeprefix(PREFIX).lower(): value for key, value in environ.items() if key.startswith(PREFIX)}
    named = given.pop("config", None)
    path = file or (Path(named) if named else None)
    values: dict[str, Any] = _read_file(path) if path else {}
    values |= {key: value for key, value in given.items() if value != ""}
    try:
        return Settings.model_validate(values)
    except ValidationError as error:
        raise CannotStart(_words(error), where="settings", remedy=f"Known settings: {_known()}.") from error


def _read_file(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise CannotStart(f"the settings file cannot be read: {error}", where=str(path)) from error


def _known() -> str:
    return ", ".join(sorted(PREFIX + name.upper() for name in [*Settings.model_fields, "config"]))


def _words(error: ValidationError) -> str:
    first = error.errors()[0]
    name = PREFIX + str(first["loc"][0]).upper() if first["loc"] else "settings"
    return f"{name} is not a setting." if first["type"] == "extra_forbidden" else f"{name}: {first['msg']}."
