"""Days as pages write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.capture.dates import day_of, day_of_pdf
from kb.values.period import read_period


@pytest.mark.parametrize(
    ("written", "edtf"),
    [
        ("2019-12-04", "2019-12-04"),
        ("2019-12-04T23:30:00+11:00", "2019-12-04"),
        (" 2019-12-04 10:00", "2019-12-04"),
        ("2019/2/4", "2019-02-04"),
        ("20191204", "2019-12-04"),
        ("20191204T103000Z", "2019-12-04"),
        ("2019-12", "2019-12"),
        ("2019", "2019"),
        ("Wed, 04 Dec 2019 10:00:00 GMT", "2019-12-04"),
        ("4 December 2019", "2019-12-04"),
        ("December 4th, 2019", "2019-12-04"),
        ("Sept. 4, 2019", "2019-09-04"),
        ("2019-02-30", None),
        ("2019-13-01", None),
        ("2019-21", None),
        ("2019-00-00", None),
        ("0001-01-01T00:00:00", None),
        ("-0044-03-15", None),
        ("12/04/2019", None),
        ("4 Smarch 2019", None),
        ("20191", None),
        ("1e400", None),
        ("NaN", None),
        ("", None),
        ("2019" * 100_000, None),
        ("yesterday", None),
    ],
)
def test_days(written: str, edtf: str | None) -> None:
    assert day_of(written) == edtf


def test_days_of_pdf_files() -> None:
    assert day_of_pdf("D:20191204103000+01'00'") == "2019-12-04"
    assert day_of_pdf("20191204") == "2019-12-04"
    assert day_of_pdf("D:20191340") is day_of_pdf("") is day_of_pdf("D:0000") is None


@given(st.text("0123456789-/.T:ZD XYjanfeb,", max_size=30))
def test_whatever_is_read_is_a_period(written: str) -> None:
    for found in (day_of(written), day_of_pdf(written)):
        assert found is None or read_period(found).edtf == found
