"""What is loaded at the start is not searched for garbage, and what comes later is."""

import gc

from app.cli.starting import all_stays


def test_what_was_made_inside_is_left_alone_later() -> None:
    gc.collect()
    before = gc.get_freeze_count()
    try:
        with all_stays():
            assert not gc.isenabled()
            made = [[number] for number in range(1000)]
        assert gc.isenabled()
        assert gc.get_freeze_count() >= before + len(made)
    finally:
        gc.unfreeze()
