"""Ten megabytes of a page are read in little room, and every bomb among pages is stopped by a limit with a name."""

import subprocess
import sys

import pytest

from kb.capture.extract import NoText, extract
from kb.capture.paragraphs import paragraphs
from kb.values.quote import Quote, locate

PARAGRAPH = "<p>A paragraph of <b>some</b> words, number {}, and a <a href='/x'>link</a> or two, said plainly.</p>\n"

# What a process needed at most, in MB, before and after one page.
MEASURED = """
import resource, sys
from kb.capture.extract import extract
def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
data = sys.stdin.buffer.read()
before = peak()
extract(data)
print(peak() - before)
"""


def article(size: int) -> bytes:
    one = PARAGRAPH.format(1_000_000)
    return "".join(PARAGRAPH.format(1_000_000 + number) for number in range(size // len(one))).encode()


def test_ten_megabytes_and_a_quote_at_their_end() -> None:
    data = b"<!doctype html>" + article(10_000_000)
    text = extract(data).text
    numbered = paragraphs(text)
    assert len(numbered) == data.count(b"<p>")
    last = f"some words, number {1_000_000 + len(numbered) - 1}, and a link"
    assert locate(text, Quote(last)).occurrences == 1
    assert text.startswith("A paragraph of some words, number 1000000, and a link or two, said plainly.\n\n")


@pytest.mark.slow
def test_they_take_little_room() -> None:
    data = b"<!doctype html>" + article(10_000_000)
    done = subprocess.run([sys.executable, "-c", MEASURED], input=data, capture_output=True, check=True)
    assert int(done.stdout) < 100


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"<b>" * 3_000_000, "3,000,000 tags; at most 1,000,000"),
        (b"<div>" * 50_000 + b"x", "more than 1,000 elements deep"),
        (b"<a b='" + b"x" * 9_000_000, "no text"),
        (b"<html>" + b"<!-- -->" * 900_000, "no text"),
        (b"<html>" + b"x" * 12_000_000, "at most 12,000,000"),
        (b"<script>" + b"x" * 9_000_000, "no text"),
    ],
    ids=["tags", "deep", "attribute", "comments", "bytes", "script"],
)
def test_bombs(data: bytes, what: str) -> None:
    with pytest.raises(NoText, match=what) as refused:
        extract(data, content_type="text/html")
    assert len(str(refused.value)) < 300


@pytest.mark.parametrize(
    "data",
    [
        b"<html><p>" + b"\0" * 3_000_000,
        b"<html><p " + b" ".join(b"a%d=1" % number for number in range(100_000)) + b">x",
        b"<html><p>" + b"&bad;&amp;" * 300_000,
        b"<html><title>" + b"t" * 5_000_000 + b"</title><p>x",
        b"<html><script type='application/ld+json'>" + b"[" * 900_000 + b"</script><p>x",
        b"<html><p itemprop=author>" * 900 + b"x<br>" * 200_000,
    ],
    ids=["NUL", "attributes", "entities", "title", "JSON", "nested authors"],
)
def test_what_is_only_odd_is_read(data: bytes) -> None:
    assert extract(data, content_type="text/html").text


def test_long_and_mixed_text_is_quoted_exactly() -> None:
    piece = "قمة e\u0301 👩\u200d🚀 =1+1 &lt;script&gt; "
    text = extract(f"<html><p>{piece * 5_000}</p>".encode()).text
    assert len(text) > 100_000
    exact = text[50:100_050]
    assert locate(text, Quote(exact, start=50)).end == 100_050
