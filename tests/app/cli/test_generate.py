"""`claimbase generate`: the same corpus every time, on both databases, however often it was stopped."""

import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from app.cli.generating import Generation, found_generated
from app.cli.knowledge import knowledge_base
from kb.db import open_reading_engine, reading
from kb.imports.generated import profiles
from kb.imports.generated.world import World
from kb.log import read as log
from kb.log.read import Edition, Head
from kb.publish import plan
from kb.settings import Settings
from tests.support.command import Command
from tests.support.databases import BASE, settings_for
from tests.support.generate_killed import GROUP, SMALL

ROOT = Path(__file__).parents[3]
LIGHT = ("--claims", "6", "--seed", "7", "--base", BASE)
SEED = ("--claims", "6", "--seed", "7", "--profile", "seed", "--base", BASE)


def environment(place: Settings) -> dict[str, str]:
    found = {name: value for name, value in os.environ.items() if not name.startswith("CLAIMBASE_")}
    found |= {"CLAIMBASE_DATA": str(place.data), "PYTHONHASHSEED": "4807"}
    return found | ({"CLAIMBASE_DATABASE_URL": place.database_url} if place.database_url else {})


def editions(place: Settings) -> list[Edition]:
    engine = open_reading_engine(place)
    try:
        with reading(engine) as session:
            return list(log.everything(session))
    finally:
        engine.dispose()


def head_of(place: Settings) -> Head:
    engine = open_reading_engine(place)
    try:
        with reading(engine) as session:
            return log.head(session)
    finally:
        engine.dispose()


def build(place: Settings, world: World, claims: int, patch: pytest.MonkeyPatch) -> Head:
    """In this process, as the command does it."""
    for name, value in environment(place).items():
        patch.setenv(name, value)
    patch.delenv("CLAIMBASE_SHARED", raising=False)
    found_generated(place, BASE, world, given=True)
    with knowledge_base() as knowledge:
        Generation(knowledge, world, claims, lambda _done, _total: None).run()
    return head_of(place)


def generate_apart(place: Settings, nth: int, moment: str, *words: str) -> subprocess.CompletedProcess[str]:
    """In another process, where sets have another order; killed at its Nth commit."""
    call = [sys.executable, "-m", "tests.support.generate_killed", str(nth), moment, *words]
    return subprocess.run(call, cwd=ROOT, env=environment(place), capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Settings]:
    """Six claims in one go, in small chunks, on SQLite, by profile."""
    found = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plan, "BATCH", GROUP)
        for name, profile in SMALL.items():
            found[name] = settings_for(tmp_path_factory.mktemp(name) / "var", None)
            build(found[name], World(7, profile), 6, patch)
    return found


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Profiles of small chunks, published in small groups."""
    monkeypatch.setattr(plan, "BATCH", GROUP)
    for name, one in SMALL.items():
        monkeypatch.setitem(profiles.PROFILES, name, one)


@pytest.mark.parametrize(("profile", "words"), [("light", LIGHT), ("seed", SEED)])
def test_the_same_arguments_make_the_same_log_in_another_process_and_it_verifies(
    profile: str,
    words: tuple[str, ...],
    blank_settings: Settings,
    whole: dict[str, Settings],
    small: None,
    command: Command,
) -> None:
    done = generate_apart(blank_settings, 0, "before", *words)
    assert done.returncode == 0, done.stderr
    assert "6 claims were generated" in done.stderr
    assert head_of(blank_settings) == head_of(whole[profile])
    if profile == "seed":
        assert command.well("verify", "--json").json["problems"] == []
    assert "nothing was to do" in command.well("generate", *words).err
    again = command.well("generate", *words[:-2]).err
    assert again.startswith("All 6 claims are there")
    assert head_of(blank_settings) == head_of(whole[profile])


@pytest.mark.slow
def test_killed_again_and_again_it_comes_out_the_same(whole: dict[str, Settings], blank_settings: Settings) -> None:
    """Wherever a run is killed, the next one makes the steps before it again and gets further."""
    kills = Counter[int]()
    for run in range(20):
        done = generate_apart(blank_settings, 20 + run, ("before", "after")[run % 2], *SEED)
        kills[done.returncode] += 1
        if done.returncode == 0:
            break
    assert kills == {-9: kills[-9], 0: 1}, done.stderr
    assert kills[-9] > 2
    assert [one.digest for one in editions(blank_settings)] == [one.digest for one in editions(whole["seed"])]
    assert head_of(blank_settings) == head_of(whole["seed"])


def test_a_corpus_that_grows_is_the_one_that_was_made_at_once(
    whole: dict[str, Settings], small: None, blank_settings: Settings, command: Command
) -> None:
    command.well("generate", "--claims", "3", *SEED[2:])
    first = [one.digest for one in editions(blank_settings)]
    command.well("generate", *SEED)
    assert [one.digest for one in editions(blank_settings)][: len(first)] == first
    assert head_of(blank_settings) == head_of(whole["seed"])


def test_it_has_the_shapes_of_a_real_corpus(whole: dict[str, Settings]) -> None:
    everything = editions(whole["seed"])
    current = {one.record: one for one in everything}.values()
    assert [one.record_kind for one in current].count("claim") == 6
    assert [one.change for one in everything].count("correction") == 1
    claims = [one.document["mainEntity"] for one in current if one.record_kind == "claim"]
    assert all(one["appearances"][0]["quoteState"] == "verified" for one in claims)
    assert all(len(one["appearances"][0]["chain"]) > 1 and len(one["aspects"]) > 1 for one in claims)
    parts = Counter(part for one in claims for part in one)
    assert {"evidence", "figures", "mentions", "concerns", "relations", "openQuestions", "externalIds"} <= parts.keys()
    stances = {piece["stance"] for one in claims for piece in one["evidence"]}
    assert {"supports", "contradicts"} <= stances


def test_what_is_not_ours_is_left_alone(blank_settings: Settings, command: Command) -> None:
    command.well("init", "--empty", "--base", BASE)
    answer = command("generate", *LIGHT)
    assert answer.code == 2
    assert "there is another knowledge base here already, of “Claimbase”" in answer.err
    assert "CLAIMBASE_DATA" in answer.err


def test_other_arguments_than_it_was_begun_with_are_refused(
    small: None, blank_settings: Settings, command: Command
) -> None:
    command.well("generate", "--claims", "3", *LIGHT[2:])
    before = head_of(blank_settings)
    for words, said in (
        (("--claims", "3", "--seed", "8", "--base", BASE), "of “Generated corpus, light, seed 7”"),
        (("--claims", "3", "--seed", "7", "--profile", "seed"), "of “Generated corpus, light, seed 7”"),
        (("--claims", "3", "--seed", "7", "--base", "https://other.example/"), f"was begun under {BASE}"),
        (("--claims", "2", "--seed", "7"), "there are 3 claims here already"),
        (("--claims", "3", "--seed", "7", "--profile", "dark"), "Choose from: light, seed."),
    ):
        answer = command("generate", *words)
        assert answer.code == 2
        assert said in answer.err
        # A sentence ends before the remedy begins, and no --base is asked for that would be refused.
        assert re.search(r"\. Choose (another|from)", answer.err)
        assert "give --base" not in answer.err
    assert head_of(blank_settings) == before


def test_what_was_written_beside_the_corpus_is_noticed(small: None, blank_settings: Settings, command: Command) -> None:
    command.well("generate", "--claims", "2", *LIGHT[2:])
    engine = create_engine(blank_settings.database.replace("postgresql://", "postgresql+psycopg://"))
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO record (id, kind, language, revision, withdrawn, created_at) "
            "VALUES ('000000000', 'topic', 'en', 1, false, '2026-01-01T00:00:00Z')"
        )
    engine.dispose()
    answer = command("generate", "--claims", "3", *LIGHT[2:])
    assert answer.code == 2
    assert "something was written here that was not generated" in answer.err


@pytest.mark.slow
@pytest.mark.parametrize("profile", list(profiles.PROFILES))
def test_the_profiles_as_they_are_verify(profile: str, blank_settings: Settings, command: Command) -> None:
    """Twelve claims, with all hubs."""
    command.well("generate", "--claims", "12", "--seed", "7", "--profile", profile, "--base", BASE)
    verdict = command.well("verify", "--shapes", "20", "--json").json
    assert verdict["problems"] == []
    kinds = Counter(one.record_kind for one in editions(blank_settings))
    assert kinds["claim"] == 12
