"""What leaves: stored bytes as their project's rules for exports leave them.

For station and desktop alike: nothing here knows HTTP. Every function belongs into a reading thread. Who asks
for the bytes as they came asks `store.queries.payloads` instead, and says so.
"""

from collections.abc import Sequence
from dataclasses import replace

from vedette.api.readers import Db
from vedette.domain.json import JsonObject
from vedette.domain.outcomes import IngestError, Outcome
from vedette.domain.workspace import Workspace
from vedette.processing.exporting import (
    Naming,
    NamingExporter,
    RowExporter,
    export_payload,
    export_unread,
    leaves_alone,
)
from vedette.processing.rules import ProjectRules, read_rules
from vedette.protocol.encodings import decode, normalise_encoding
from vedette.protocol.envelope import iter_items, join_envelope, read_envelope_header
from vedette.protocol.limits import Limits
from vedette.store.explore.datasets import ERRORS, TRANSACTIONS
from vedette.store.explore.questions import Question
from vedette.store.queries import payloads
from vedette.store.queries.issue_rows import IssueRow
from vedette.store.queries.payloads import FoundItem, StoredItem
from vedette.store.queries.projects import list_projects, project_rules
from vedette.store.queries.requests import RequestRow
from vedette.store.queries.stored_bytes import StoredBytes

LARGEST_UNPACKED = Limits().body
"""Bytes a refused body may grow to when its content encoding is undone."""


def rules_of(db: Db, project: int | None) -> ProjectRules:
    """Return the rules of *project*; the usual ones for what belongs to none."""
    return ProjectRules() if project is None else read_rules(project_rules(db, project))


def row_exporter(db: Db, projects: Sequence[int]) -> RowExporter:
    """Return what scrubs rows of *projects*; none named: of all there are."""
    asked = projects or [row.id for row in list_projects(db)]
    return RowExporter(rules_of(db, project) for project in asked)


def outgoing_rows(db: Db, question: Question, rows: Sequence[JsonObject]) -> list[JsonObject]:
    """Return *rows* that answer *question*, with their texts as they may leave."""
    exporter = row_exporter(db, question.projects)
    if question.dataset in (ERRORS, TRANSACTIONS):
        return exporter.of_events(rows)
    return exporter.of_records(rows)


def outgoing_issues(db: Db, rows: Sequence[IssueRow]) -> list[IssueRow]:
    """Return *rows* called by what may leave."""
    exporters = {project: NamingExporter(rules_of(db, project)) for project in {row.project for row in rows}}
    return [_called(row, exporters[row.project]) for row in rows]


def _called(row: IssueRow, exporter: NamingExporter) -> IssueRow:
    named = Naming(row.title, row.type, row.value, row.culprit)
    left = exporter.of(named)
    if left is named:
        return row
    return replace(row, title=left.title, type=left.type, value=left.value, culprit=left.culprit)


def outgoing_item(item: StoredItem, rules: ProjectRules) -> bytes:
    """Return an item's payload as it may leave; byte for byte if nothing in it had to be scrubbed."""
    name = item.header.get("filename")
    return export_payload(item.kind, item.payload, rules, name=name if isinstance(name, str) else "")


def outgoing_found(item: FoundItem, rules: ProjectRules) -> StoredBytes:
    """Return an item's payload as it may leave: where it lies, if it is of a kind that *rules* leave alone.

    Raises PayloadGoneError, DamagedError.
    """
    name = item.header.get("filename")
    name = name if isinstance(name, str) else ""
    if leaves_alone(item.kind, rules, name=name):
        return item.payload
    return StoredBytes.held(export_payload(item.kind, item.payload.read(), rules, name=name))


def decoded_body(db: Db, workspace: Workspace, row: RequestRow, most: int = LARGEST_UNPACKED) -> bytes:
    """Return a request's body with its content encoding undone where that works: refused ones are kept so.

    Raises PayloadGoneError, DamagedError.
    """
    body = payloads.read_body(db, workspace, row.id)
    if row.outcome is not Outcome.REFUSED:
        return body
    try:
        return decode(body, normalise_encoding(row.encoding), most)
    except IngestError:
        return body


def outgoing_body(db: Db, workspace: Workspace, row: RequestRow) -> StoredBytes:
    """Return a request's body, its encoding undone, as it may leave. Raises as `decoded_body`.

    Byte for byte if nothing in it had to be scrubbed; else an envelope's items have new lengths.
    """
    rules = rules_of(db, row.project)
    if rules.exporter() is None and row.outcome is not Outcome.REFUSED:
        return payloads.find_body(db, workspace, row.id)
    return StoredBytes.held(export_body(decoded_body(db, workspace, row), rules))


def export_body(body: bytes, rules: ProjectRules) -> bytes:
    """Return *body*, an envelope or whatever came instead, as it may leave."""
    items = []
    changed = False
    try:
        envelope = read_envelope_header(body)
        end = envelope.header_size
        for item in iter_items(body, end):
            payload = body[item.start : item.end]
            name = item.header.get("filename")
            left = export_payload(item.type, payload, rules, name=name if isinstance(name, str) else "")
            changed = changed or left is not payload
            items.append((item.header, left))
            end = item.end
    except IngestError:
        if not items:
            return export_unread(body, rules)
    if not items:
        return export_unread(body, rules)
    tail = body[end:]
    left_tail = export_unread(tail, rules) if tail.strip() else tail
    if not changed and left_tail == tail:
        return body
    return join_envelope(envelope.header, items) + left_tail.lstrip(b"\n")
