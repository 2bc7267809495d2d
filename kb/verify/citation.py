"""Is this citation genuine, and is it still current? Any text is held against the log."""

from dataclasses import replace

from sqlalchemy.orm import Session

from kb.documents.addresses import FOLDERS, page, version_iri
from kb.documents.label import in_english
from kb.errors import Refused
from kb.formats.changes import compare
from kb.formats.citation import work_of
from kb.formats.citation.reading import Mention, read_citations
from kb.formats.citation.work import MONTHS
from kb.log import find, nearest, read
from kb.log.read import Edition
from kb.log.redacted import Redacted, Removal, redacted
from kb.log.standing import Standing
from kb.values.vocabulary import REDACTION_REASON
from kb.verify.checked import NOT_GENUINE, UNKNOWN, Checked

CURRENT, CORRECTED, WITHDRAWN, REDACTED = "current", "corrected", "withdrawn", "redacted"
LONGEST = 20_000
# Of a bibliography so many citations are looked up; each takes a few statements.
MOST = 50


class TooLong(Refused):
    """The text is no citation, nor a list of them."""


def check(session: Session, text: str) -> Checked:
    """Every citation in the text against the log; the first one answers. Raises TooLong."""
    if len(text) > LONGEST:
        what = f"The text has {len(text)} characters; at most {LONGEST} are read."
        raise TooLong(what, where="q", remedy="Give the citation alone.")
    base = read.base_of(session)
    found = read_citations(text, base)
    checked = [one for mention in found[:MOST] if (one := _check(session, base, mention))]
    if not checked:
        return Checked(UNKNOWN, f"No address under {base} and no SHA-256 digest was found in it.")
    first, *others = checked
    unread = max(0, len(found) - MOST)
    return replace(first, others=tuple(others), unread=unread)


def _check(session: Session, base: str, mention: Mention) -> Checked | None:
    """None for a word that only might have been an id."""
    bytes_of = find.by_digest(session, mention.digest) if mention.digest and not mention.torn else None
    if mention.address is None:
        return _by_digest(session, base, mention, bytes_of)
    newest = find.newest(session, mention.address)
    if newest is None or not _stands_at(mention, newest):
        return _not_here(session, base, mention, newest, bytes_of) if mention.sure else None
    if mention.version is not None and mention.version > newest.version:
        return _no_such_version(base, mention.version, newest, bytes_of)
    if mention.digest and (bytes_of is None or bytes_of.record != newest.record):
        return _of_another(base, mention, newest, bytes_of)
    number = mention.version or (bytes_of.version if bytes_of else None)
    if number is None:
        return _whole_record(session, base, newest)
    if bytes_of is not None and bytes_of.version != number:
        return _of_another(base, mention, newest, bytes_of)
    try:
        cited = read.version(session, newest.address, number)
    except Redacted as gone:
        return _removed(base, gone.removal, newest, proven=bytes_of is not None)
    return _version(session, base, cited, newest, proven=bytes_of is not None)


def _stands_at(mention: Mention, newest: Edition) -> bool:
    """A topic answers to its id too; any other id has its folder."""
    folder = FOLDERS["topic"] + "/"
    both = (mention.address or "").startswith(folder) and newest.address.startswith(folder)
    return newest.address == mention.address or both or not mention.sure


def _by_digest(session: Session, base: str, mention: Mention, bytes_of: Edition | None) -> Checked:
    """What has no address under this base: the digest decides, and an address of elsewhere is only told."""
    told = f" The address {mention.foreign} is not one of this knowledge base, which begins with {base}."
    elsewhere = told if mention.foreign else ""
    if bytes_of is not None:
        newest = find.newest(session, bytes_of.address) or bytes_of
        if bytes_of.removed:
            found = _removed(base, redacted(session, bytes_of.seq).removal, newest, proven=True)
        else:
            found = _version(session, base, bytes_of, newest, proven=True)
        return replace(found, reason=found.reason + elsewhere)
    if mention.torn:
        return Checked(UNKNOWN, f"The digest is not whole: a SHA-256 has 64 hexadecimal digits.{elsewhere}")
    reason = "No version here has this digest." if mention.digest else ""
    return Checked(UNKNOWN, (reason + elsewhere).strip())


def _not_here(
    session: Session, base: str, mention: Mention, meant: Edition | None, bytes_of: Edition | None
) -> Checked:
    """Nothing was ever published at the address, and nothing published is ever taken away."""
    address = mention.address or ""
    near = meant.address if meant else nearest.did_you_mean(session, address)
    words = ["Nothing was ever published at this address."]
    if bytes_of is not None:
        words.append(f"The digest is that of {version_iri(base, bytes_of.address, bytes_of.version)}.")
    elif near:
        words.append(f"Perhaps {page(base, near)} is meant.")
    whole = version_iri(base, address, mention.version) if mention.version else page(base, address)
    return Checked(NOT_GENUINE, " ".join(words), whole, mention.version)


def _no_such_version(base: str, number: int, newest: Edition, bytes_of: Edition | None) -> Checked:
    reason = f"There is no version {number} of it; the newest is version {newest.version}."
    if bytes_of is not None:
        reason += f" The digest is that of {version_iri(base, bytes_of.address, bytes_of.version)}."
    return Checked(NOT_GENUINE, reason, version_iri(base, newest.address, number), number, newest.version)


def _of_another(base: str, mention: Mention, newest: Edition, bytes_of: Edition | None) -> Checked:
    """The address is here, but its bytes are others."""
    number = mention.version
    whose = f"of version {number}" if number else "of any version of it"
    reason = f"The digest is not that {whose}: the words cited are not the ones that were published there."
    if mention.torn:
        reason = "The digest is not whole: a SHA-256 has 64 hexadecimal digits."
    elif bytes_of is not None:
        reason = f"The digest is that of {version_iri(base, bytes_of.address, bytes_of.version)}, not that {whose}."
    whole = version_iri(base, newest.address, number) if number else page(base, newest.address)
    return Checked(NOT_GENUINE, reason, whole, number, newest.version)


def _whole_record(session: Session, base: str, newest: Edition) -> Checked:
    """An address that leads to whatever is the newest is as current as that."""
    standing = read.standing(session, newest)
    words = "The citation names no version: what stands at its address may change."
    if standing.state == WITHDRAWN:
        words += f" It was withdrawn by version {newest.version} of {_day(newest.issued)}{_note(standing)}"
    else:
        words += f" The newest is version {newest.version} of {_day(newest.issued)}."
    return Checked(
        standing.state,
        words,
        page(base, newest.address),
        None,
        newest.version,
        _title(newest, standing),
        _title(newest, standing),
        edition=newest,
    )


def _version(session: Session, base: str, cited: Edition, newest: Edition, *, proven: bool) -> Checked:
    """A version that exists, with what became of it. `proven`: the digest was given, and is its own."""
    standing = read.standing(session, cited)
    genuine = "The citation is genuine: the digest is that of this version."
    if not proven:
        genuine = "There is such a version. No digest was given, so that nothing shows which words were cited."
    changes = compare(cited.document, newest.document) if newest.version > cited.version else []
    return Checked(
        standing.state,
        f"{genuine} {_became(cited, standing)}",
        version_iri(base, cited.address, cited.version),
        cited.version,
        standing.latest_version,
        _title(cited, standing),
        _title(newest, standing),
        changes,
        cited,
    )


def _removed(base: str, removal: Removal, newest: Edition, *, proven: bool) -> Checked:
    """A version whose words had to go: what its leaf says is left, the digest with it, and no word of the page."""
    genuine = "The citation is genuine: the digest is that of this version." if proven else "There was such a version."
    why = f": {REDACTION_REASON.label(removal.reason).lower()}" if removal.reason else ""
    return Checked(
        REDACTED,
        f"{genuine} Its content was removed on {_day(removal.removed_on)}{why}.",
        version_iri(base, removal.address, removal.version),
        removal.version,
        newest.version,
    )


def _became(cited: Edition, standing: Standing) -> str:
    newest = f"The newest is version {standing.latest_version} of {_day(standing.latest_issued)}."
    by = f"Version {standing.by} of {_day(standing.by_issued or standing.latest_issued)}"
    if standing.state == CORRECTED:
        after = "" if standing.by == standing.latest_version else f" {newest}"
        return f"{by} corrected it{_note(standing)}{after}"
    if standing.state == WITHDRAWN:
        if standing.by == cited.version:
            return f"It is the withdrawal itself{_note(standing)}"
        return f"{by} withdrew what it says{_note(standing)}"
    return "There is no newer version." if standing.state == CURRENT else newest


def _note(standing: Standing) -> str:
    """`: why.`, or the full stop alone."""
    if not standing.by_note:
        return "."
    note = " ".join(in_english(standing.by_note).split())
    return f": {note}" if note.endswith((".", "!", "?", "”")) else f": {note}."


def _title(edition: Edition, standing: Standing) -> str:
    return work_of(edition.document, edition.digest, withdrawn=standing.state == WITHDRAWN).title


def _day(moment: str) -> str:
    """`28 November 2026`."""
    year, month, day = moment[:10].split("-")
    return f"{int(day)} {MONTHS[int(month) - 1]} {year}"
