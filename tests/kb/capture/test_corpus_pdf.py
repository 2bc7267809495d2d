"""Real PDF files: what is printed over the ends of lines and columns is found, and no letter is lost."""

from pathlib import Path

import pypdfium2 as pdfium
import pytest

from kb.capture.extract import extract
from kb.capture.paragraphs import paragraphs
from kb.values.prose import check_text
from kb.values.quote import Quote, locate

pytestmark = pytest.mark.corpus

NAMES = ("federal-register-2020-17221", "nics-background-checks-2015-11")
# Read off the printed pages: each runs over the end of a line, several over three lines.
IN_THE_REGISTER = (
    "applies to all The Boeing Company Model 737–8 and 737–9 (737 MAX) airplanes. Since AD 2018–23–51",
    "require installing new flight control computer (FCC) software, revising the existing Airplane Flight Manual (AFM)",
    "the operator’s existing FAA-approved minimum equipment list (MEL)",
    "The FAA must receive comments on this proposed AD by September 21, 2020.",
    "Transportation, Docket Operations, M–30, West Building Ground Floor, Room W12–140",
    "telephone 562–797–1717; internet https://www.myboeingfleet.com. You may view this",
    "email: 9-FAA-SACO-AD-Inquiry@faa.gov.",
    "Include ‘‘Docket No. FAA–2020–0686; Product Identifier 2019–NM–035–AD’’",
    "On October 29, 2018, a Boeing Model 737–8 airplane operated by Lion Air (Lion Air Flight 610) was involved in an",
    "1Preliminary KNKT.18.10.35.04 Aircraft Accident Investigation Report, dated November 2018",
    "The flight control system for 737 MAX airplanes includes two flight control computers",
    "disagree by more than 5 knots for more than 5 seconds",
)
IN_THE_TABLE = (
    "State / Territory Permit Handgun Long Gun *Other **Multiple Admin Handgun",
    "Alabama 18,870 23,022 22,650 859 1,178 0 14 15 0 2,179 2,307 11 0 0 0 13 14 0 3 2 0 71,137",
    "Kentucky 264,140 12,155 14,847 254 648 1 9 11 0 1,491 2,315 2 2 2 0 6 8 0 0 0 0 295,891",
)


def data_of(shared: Path, name: str) -> bytes:
    return (shared / "data" / "pdf_public" / f"{name}.pdf").read_bytes()


def letters(text: str) -> str:
    """Without white space, and without the hyphens that a line may end with."""
    return "".join(letter for letter in text if not letter.isspace() and letter not in "-\u00ad\ufffe")


@pytest.mark.parametrize(("name", "passages"), [(NAMES[0], IN_THE_REGISTER), (NAMES[1], IN_THE_TABLE)])
def test_every_passage_is_found_in_order(shared: Path, name: str, passages: tuple[str, ...]) -> None:
    text = extract(data_of(shared, name)).text
    starts = [locate(text, Quote(passage, start=text.find(passage))).start for passage in passages]
    assert starts == sorted(starts)


@pytest.mark.parametrize("name", NAMES)
def test_no_letter_is_lost_or_moved(shared: Path, name: str) -> None:
    data = data_of(shared, name)
    found = extract(data)
    check_text(found.text, where=name)
    document = pdfium.PdfDocument(data)
    assert letters(found.text) == letters("".join(page.get_textpage().get_text_range() for page in document))
    document.close()


def test_the_register_has_paragraphs_of_a_sensible_length(shared: Path) -> None:
    text = extract(data_of(shared, NAMES[0])).text
    numbered = paragraphs(text)
    assert 280 < len(numbered) < 320
    assert max(one.end - one.start for one in numbered) < 1_500


def test_the_day_on_which_the_file_was_made_is_proposed_with_a_caution(shared: Path) -> None:
    found = extract(data_of(shared, NAMES[0]))
    assert found.proposed.published == "2020-08-06"
    assert "The date that is proposed is the day on which the PDF was made." in found.notes
