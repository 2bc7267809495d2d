"""Every character of Unicode either stays or has its stand-in, so that a text of record can always be kept."""

from kb.capture.characters import note_on, storable
from kb.values.prose import check_text


def test_every_code_point() -> None:
    whole = "".join(map(chr, range(0x110000)))
    kept = storable(whole)
    check_text(kept, where="text", limit=len(kept))
    assert len(kept) == len(whole)
    changed = {ord(before) for before, after in zip(whole, kept, strict=True) if before != after}
    unfit = {*range(0x20), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF} - {ord("\t"), ord("\n")}
    assert changed == unfit


def test_line_ends() -> None:
    assert storable("a\r\nb\rc\x0bd\x0ce\u2028f\x85g") == "a\nb\nc\nd\ne\u2028f\x85g"


def test_what_was_lost_is_counted() -> None:
    assert note_on("all here") == ()
    assert note_on("\ufffd" * 1_234) == ("1,234 characters could not be read or kept, and U+FFFD stands in the place.",)
