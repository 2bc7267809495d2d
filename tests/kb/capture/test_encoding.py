"""Which encoding a page is read in, whatever it says of itself."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.capture.encoding import decode

GERMAN = "Größe: 8.848 m – „höher“"


def decoded(data: bytes, header: str | None = None, *, is_page: bool = True) -> tuple[str, str]:
    found = decode(data, content_type=header, is_page=is_page)
    return found.text, found.encoding


@pytest.mark.parametrize(
    ("data", "header", "encoding"),
    [
        (GERMAN.encode(), None, "utf-8"),
        (GERMAN.encode(), "text/html; charset=UTF-8", "utf-8"),
        (codecs.BOM_UTF8 + GERMAN.encode(), "text/html; charset=iso-8859-1", "utf-8"),
        (GERMAN.encode("utf-16"), "text/html; charset=iso-8859-1", "utf-16"),
        (GERMAN.encode("utf-32"), None, "utf-32"),
        (GERMAN.encode("utf-16-be"), "text/html;charset='utf-16be'", "utf-16be"),
        (GERMAN.encode("cp1252"), None, "windows-1252"),
        (GERMAN.encode("cp1252"), "text/html; charset=ISO-8859-1", "iso-8859-1"),
        (GERMAN.encode("cp1252"), 'text/html; charset="us-ascii"; x=y', "us-ascii"),
        (GERMAN.encode("mac-roman"), "text/html; charset=macintosh", "macintosh"),
    ],
)
def test_said_by_mark_or_header(data: bytes, header: str | None, encoding: str) -> None:
    assert decoded(data, header) == (GERMAN, encoding)


@pytest.mark.parametrize(
    ("words", "codec", "label"),
    [
        ("珠穆朗玛峰", "gb18030", "GB2312"),
        ("珠穆朗瑪峰", "big5", "big5"),
        ("エベレスト山①", "cp932", "Shift_JIS"),
        ("에베레스트 산", "cp949", "euc-kr"),
        ("Эверест", "cp1251", "windows-1251"),
        ("Эверест", "koi8-r", "koi8-r"),
        ("Έβερεστ", "iso8859-7", "iso-8859-7"),
        ("قمة إفرست", "cp1256", "windows-1256"),
    ],
)
def test_said_by_the_page(words: str, codec: str, label: str) -> None:
    for meta in (f'<meta charset="{label}">', f"<meta http-equiv=Content-Type content='text/html; charset={label}'>"):
        page = f"<html><head>{meta}</head><p>{words}"
        assert decoded(page.encode(codec)) == (page, label.lower())


def test_a_comment_says_nothing_and_plain_text_has_no_meta() -> None:
    page = f"<!-- <meta charset=koi8-r> --><p>{GERMAN}".encode("cp1252")
    assert decoded(page)[1] == "windows-1252"
    assert decoded(f"<meta charset=koi8-r>{GERMAN}".encode("cp1252"), is_page=False)[1] == "windows-1252"


@pytest.mark.parametrize("label", ["iso-8859-1", "windows-1251", "utf-16"])
def test_a_wrong_label_gives_way_to_faultless_utf_8(label: str) -> None:
    found = decode(GERMAN.encode(), content_type=f"text/html; charset={label}", is_page=True)
    assert found.text == GERMAN
    assert found.notes == (f"It is said to be {label.upper()}, but its bytes are UTF-8, and were read so.",)


def test_one_broken_byte_does_not_turn_the_page_into_another_encoding() -> None:
    data = (GERMAN * 3).encode() + b"\xff"
    found = decode(data, content_type="text/html; charset=utf-8", is_page=True)
    assert found.text == GERMAN * 3 + "\ufffd"
    assert found.notes == ("Some of its bytes are not UTF-8, as the rest is.",)


def test_said_to_be_utf_8_and_is_not() -> None:
    found = decode("schön und größer".encode("cp1252"), content_type="text/html; charset=utf-8", is_page=True)
    assert found.text == "schön und größer"
    assert found.notes == ("Decoded as Windows-1252, which nothing states.",)


@pytest.mark.parametrize("label", ["utf-7", "unicode_escape", "rot13", "punycode", "x" * 10_000])
def test_labels_outside_the_list_are_passed_over(label: str) -> None:
    found = decode(b"+ADw-script+AD4- \\u003c", content_type=f"text/html; charset={label}", is_page=True)
    assert found.text == "+ADw-script+AD4- \\u003c"
    assert len(found.notes) == 1
    assert len(found.notes[0]) < 150


@given(st.binary(max_size=200), st.sampled_from(["utf-8", "gbk", "shift_jis", "iso-2022-jp", "utf-16le", "cp1252", ""]))
def test_it_never_fails(data: bytes, label: str) -> None:
    found = decode(data, content_type=f"text/html; charset={label}", is_page=True)
    assert len(found.text) <= len(data)
