"""Seven ClaimReviews as fact-checkers published them: every real defect in them is found, and nothing that is right."""

from pathlib import Path

import pytest

from kb.lint.one import lint_bytes
from kb.lint.together import Seen

AFP_LOGO = ["warning text-empty $.author.logo.width", "warning text-empty $.author.logo.height"]
REAL = {
    "cr_1_afp_es.json": [
        "error context-missing $",
        "warning item-old-form $.itemReviewed",
        "advice claimant-is-a-crowd $.itemReviewed.author",
        *AFP_LOGO,
        "error rating-reversed $.reviewRating.bestRating",
        "error date-not-iso $.datePublished",
    ],
    "cr_2_afp_empty_strings.json": [
        "error context-missing $",
        "warning item-old-form $.itemReviewed",
        "warning text-empty $.itemReviewed['@id']",
        "warning text-empty $.itemReviewed.name",
        "warning text-empty $.itemReviewed.url",
        "warning text-empty $.itemReviewed.datePublished",
        "advice claimant-is-a-crowd $.itemReviewed.author",
        "warning text-empty $.itemReviewed.author.sameAs",
        *AFP_LOGO,
        "error date-not-iso $.datePublished",
    ],
    "cr_4_lemonde_firstAppearance.json": [
        "advice claimant-is-a-crowd $.itemReviewed.author",
        "warning worst-below-one $.reviewRating.worstRating",
        "advice property-unknown $.retrieved_by",
    ],
    "cr_5_lemonde.json": [
        "advice date-missing $",
        "error required-missing $.claimReviewed",
        "warning worst-below-one $.reviewRating.worstRating",
        "advice claimant-missing $.itemReviewed",
        "advice claim-date-missing $.itemReviewed",
        "advice property-unknown $.origin",
        "advice property-unknown $.retrieved_by",
    ],
    "polygraph_info_multi_paragraph_claim.jsonld.txt": [
        "warning claim-passage $.claimReviewed",
        "warning item-old-form $.itemReviewed",
        "advice claimant-is-a-crowd $.itemReviewed.author",
        "warning date-placeholder $.itemReviewed.dateModified",
        "error type-case $.reviewRating['@type']",
        "warning language-bad $.inLanguage",
        "advice reviewer-bare $.author",
        "error date-not-iso $.dateModified",
        "warning text-empty $.publisher.alternateName",
    ],
    "afp_de_graph.jsonld.txt": [
        "advice appearance-missing $['@graph'][0].itemReviewed",
        "advice text-spaced $['@graph'][0].itemReviewed.author.name",
        "warning text-empty $['@graph'][0].author.logo.width",
        "warning text-empty $['@graph'][0].author.logo.height",
        "error date-not-iso $['@graph'][0].datePublished",
    ],
    "schemaorg_issue1061.json": [
        "advice reviewer-bare $.author",
        "advice claim-long $.claimReviewed",
        "advice property-misplaced $.claimReviewSiteLogo",
        "error required-missing $.reviewRating",
        "advice scale-missing $.reviewRating",
        "warning item-old-form $.itemReviewed",
        "advice property-misplaced $.itemReviewed.author.title",
    ],
}


@pytest.mark.corpus
def test_all_of_them_are_looked_at(shared: Path) -> None:
    folder = shared / "data" / "claimreview_jsonld"
    assert {path.name for path in folder.iterdir()} == {"SOURCE.md", *REAL}


@pytest.mark.corpus
@pytest.mark.parametrize("name", REAL)
def test_each_defect_is_found_and_nothing_else(shared: Path, name: str) -> None:
    path = shared / "data" / "claimreview_jsonld" / name
    linted = lint_bytes(name, path.read_bytes(), Seen())
    assert linted.reviews == 1
    assert [f"{one.rule.severity} {one.rule.code} {one.path}" for one in linted.faults.kept] == REAL[name]
