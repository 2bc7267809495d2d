"""pyproject.toml names what is imported, and nothing else."""

import ast
import sys
import tomllib
from importlib.metadata import packages_distributions

from tests.support.tree import ROOT, SHIPPED, modules

# Parts of a named package that come as packages of their own.
PART_OF = {
    "click": "typer",
    "httpcore": "httpx",
    "idna": "httpx",
    "markupsafe": "jinja2",
    "pydantic-core": "pydantic",
    "rich": "typer",
    "starlette": "fastapi",
}
# Reached by a database's address, not by an import.
BY_ADDRESS = {"psycopg"}
# Reached by the part of uvicorn that our own reading of HTTP stands on.
BY_UVICORN = {"httptools"}


def plain(requirement: str) -> str:
    """The name alone, without extras and versions."""
    return requirement.split(">", maxsplit=1)[0].split("[", maxsplit=1)[0].strip().lower().replace("_", "-")


def imported() -> set[str]:
    """Distributions that the shipped code imports."""
    tops = set()
    for path in modules(*SHIPPED):
        for node in ast.walk(ast.parse((ROOT / path).read_text("utf-8"))):
            if isinstance(node, ast.Import):
                tops |= {name.name.partition(".")[0] for name in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                tops.add(node.module.partition(".")[0])
    foreign = tops - set(sys.stdlib_module_names) - set(SHIPPED)
    found = packages_distributions()
    names = {found[top][0].lower().replace("_", "-") for top in foreign}
    return {PART_OF.get(name, name) for name in names}


def test_what_is_named_is_imported_and_what_is_imported_is_named() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    core = {plain(one) for one in project["dependencies"]}
    extras = {plain(one) for extra in project["optional-dependencies"].values() for one in extra}
    assert imported() - extras == core - BY_UVICORN
    assert extras == BY_ADDRESS
