"""The import as a whole: read, look at each record, write what is good through the desk's verbs, and report."""

from pathlib import Path

from sqlalchemy.orm import Session

from kb.desk.actors import Actor, require
from kb.errors import CannotStart, Refused
from kb.imports.report import Report
from kb.imports.seed.article import import_left_out, import_text
from kb.imports.seed.claims import import_claims
from kb.imports.seed.job import Job, Run
from kb.imports.seed.kept import not_kept
from kb.imports.seed.origins import finish_origins, import_origins
from kb.imports.seed.parsed import parse
from kb.imports.seed.people import import_agents
from kb.imports.seed.reading import Files, read_files
from kb.imports.seed.relations import import_relations
from kb.imports.seed.works import import_article_source, import_sources
from kb.values.prose import check_text


def import_seed(session: Session, actor: Actor, folder: Path, run: Run) -> Report:
    """Into the session's transaction, which the caller commits, or rolls back for a dry run. Raises CannotStart."""
    require(actor, "edit")
    require(actor, "assess")
    files = read_files(folder)
    report = Report()
    job = Job(session, actor, run, report, parse(files, report), _scope(files, folder))
    import_agents(job)
    import_origins(job)
    import_sources(job)
    finish_origins(job)
    import_article_source(job)
    import_text(job, files.article)
    import_claims(job)
    import_relations(job)
    import_left_out(job)
    job.refuse_strays()
    report.not_kept += [*not_kept(files), *job.loose()]
    return report


def _scope(files: Files, folder: Path) -> str:
    """The article's id, within which all other ids are what they are."""
    given = files.claims["source"].get("id")
    try:
        if isinstance(given, str) and check_text(given, where="").strip():
            return given
    except Refused as refusal:
        raise CannotStart(
            f"the id of its source: {refusal.what}", where=str(folder), remedy=refusal.remedy
        ) from refusal
    raise CannotStart("its source has no id.", where=str(folder), remedy="Give it one: all other ids stand within it.")
