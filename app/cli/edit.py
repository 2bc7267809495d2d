"""Commands that publish, correct, withdraw and restore."""

from typing import Annotated

import typer

from app.cli.bring import Json
from app.cli.look import Ref
from app.cli.say import Spoken, progress, put_json, words

Unreviewed = Annotated[str | None, typer.Option(help="Why there was no second reader; the page says so.")]


Reason = Annotated[str, typer.Option(help="Why; readers are told.")]


def gate(ref: Ref, unreviewed: Unreviewed = None, json: Json = False) -> int:
    """Say what stands between a draft and its publication."""
    from app.cli.knowledge import knowledge_base, looking
    from kb.publish.publish import gate_record
    from kb.publish.reference import resolve

    with knowledge_base() as knowledge, looking(knowledge.settings) as session:
        record = resolve(session, ref).record
        digest, findings = gate_record(session, knowledge.base, record, unreviewed=unreviewed)
    if json:
        put_json({"id": record, "digest": digest, "findings": [finding.as_json() for finding in findings]})
    else:
        for finding in findings:
            print(f"{'Shut' if finding.shuts else 'Warning'}: {finding.where}: {finding.what} {finding.mend}")
        words("The gate is shut." if any(f.shuts for f in findings) else "The gate is open.")
    return 1 if any(finding.shuts for finding in findings) else 0


def publish(
    refs: Annotated[list[str] | None, typer.Argument(help="Ids or external ids.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Every record that passes the gate.")] = False,
    kind: Annotated[
        str | None, typer.Option(help="update, clarification, correction …; new for a first version.")
    ] = None,
    note: Annotated[str | None, typer.Option(help="What readers are told about the change.")] = None,
    unreviewed: Unreviewed = None,
    json: Json = False,
) -> int:
    """Publish records as new editions; what is unchanged makes none."""
    from app.cli.knowledge import follow, knowledge_base, looking
    from kb.desk.actors import LOCAL_OPERATOR
    from kb.errors import CannotStart
    from kb.publish.publish import PublishEntry
    from kb.publish.publish import publish as publish_records
    from kb.publish.reference import resolve

    if bool(refs) == everything:
        raise CannotStart("Name the records to publish, or give --all.")
    with knowledge_base() as knowledge, progress("Publishing") as advance:
        with looking(knowledge.settings) as session:
            records = None if everything else [resolve(session, ref).record for ref in refs or []]
        entry = PublishEntry(kind=kind, note=note, unreviewed=unreviewed)
        receipt = publish_records(
            knowledge.engine, LOCAL_OPERATOR, records, entry, base=knowledge.base, progress=advance
        )
        follow(knowledge)
    return _say(receipt, json)


def withdraw(ref: Ref, reason: Reason, json: Json = False) -> int:
    """Withdraw a record: its page stays and says why."""
    from app.cli.knowledge import follow, knowledge_base, looking
    from kb.desk.actors import LOCAL_OPERATOR
    from kb.publish.reference import resolve
    from kb.publish.withdraw import withdraw as withdraw_record

    with knowledge_base() as knowledge:
        with looking(knowledge.settings) as session:
            record = resolve(session, ref).record
        receipt = withdraw_record(knowledge.engine, LOCAL_OPERATOR, record, reason, base=knowledge.base)
        follow(knowledge)
    return _say(receipt, json)


def restore(ref: Ref, reason: Reason, unreviewed: Unreviewed = None, json: Json = False) -> int:
    """Let a withdrawn record stand again; a second reader is needed only where it says something else than before."""
    from app.cli.knowledge import follow, knowledge_base, looking
    from kb.desk.actors import LOCAL_OPERATOR
    from kb.publish.reference import resolve
    from kb.publish.withdraw import restore as restore_record

    with knowledge_base() as knowledge:
        with looking(knowledge.settings) as session:
            record = resolve(session, ref).record
        receipt = restore_record(
            knowledge.engine, LOCAL_OPERATOR, record, reason, base=knowledge.base, unreviewed=unreviewed
        )
        follow(knowledge)
    return _say(receipt, json)


def _say(receipt: Spoken, json: bool) -> int:
    if json:
        put_json(receipt.as_json())
    else:
        print(receipt.in_words())
    return 1 if receipt.refused else 0
