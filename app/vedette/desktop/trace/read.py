"""What the trace view asks the store, each answered whole in a worker thread."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from vedette.api.outgoing import rules_of
from vedette.api.reading import read_span_details
from vedette.desktop.language import tr
from vedette.desktop.trace.build import build_tree
from vedette.desktop.trace.code_place import CodePlace, code_place, find_file
from vedette.desktop.trace.rows import RowList
from vedette.desktop.trace.siblings import USUAL, Shaping
from vedette.desktop.trace.tree import TraceTree
from vedette.desktop.trace.vitals import MOST_READ, Vital, bears_vitals, marks, vitals_of
from vedette.domain.json import JsonObject, JsonValue
from vedette.domain.workspace import Workspace
from vedette.processing.exporting import export_span
from vedette.store.queries.payloads import PayloadGoneError, read_item
from vedette.store.queries.projects import list_projects, project_mappings
from vedette.store.queries.traces import (
    MOST_SPANS,
    SpanRow,
    TraceRow,
    get_trace,
    trace_errors,
    trace_segments,
    trace_spans,
)

Db = Any  # the store's connection, which the desktop only hands through


@dataclass(frozen=True, slots=True)
class IssueLink:
    """An issue with errors on the trace."""

    id: int
    short: str
    title: str
    errors: int


@dataclass(frozen=True, slots=True)
class OpenedTrace:
    """A trace with its rows as they first stand."""

    row: TraceRow
    tree: TraceTree
    rows: RowList
    issues: tuple[IssueLink, ...]
    is_cut: bool
    """Whether there are more spans than are read at once."""
    vitals: tuple[Vital, ...] = ()

    @property
    def services(self) -> tuple[str, ...]:
        """How the projects that took part are called, in order of appearance."""
        return tuple(dict.fromkeys(self.tree.services.values()))


@dataclass(frozen=True, slots=True)
class SpanFacts:
    """What a span's payload says; *missing* is the sentence why there is none."""

    details: JsonObject = field(default_factory=dict)
    outgoing: JsonObject = field(default_factory=dict)
    """The details as they may leave."""
    missing: str = ""
    place: CodePlace | None = None
    file: Path | None = None
    """The file of *place* on this disk, where it was found."""

    @property
    def data(self) -> Mapping[str, JsonValue]:
        """The span's attributes."""
        data = self.details.get("data")
        return data if isinstance(data, Mapping) else {}


def read_trace(db: Db, trace_id: bytes, workspace: Workspace, shaping: Shaping = USUAL) -> OpenedTrace | None:
    """Return the trace with *trace_id*, None when the workspace has none such."""
    row = get_trace(db, trace_id)
    errors = trace_errors(db, trace_id)
    if row is None and not errors:
        return None
    spans = trace_spans(db, trace_id) if row is not None else []
    services = {segment.project: segment.project_slug for segment in trace_segments(db, trace_id)}
    if row is None:
        # Errors name a trace of which no span came, by sampling or because tracing is off.
        first, last = errors[0], errors[-1]
        name = first.title
        row = TraceRow(
            0, trace_id.hex(), first.project, first.project_slug, 0, first.ts, last.ts, 0, 0, len(errors), 0,
            name, "", None, last.ts,
        )  # fmt: skip
    services.setdefault(row.project, row.project_slug)
    services.update((error.project, error.project_slug) for error in errors if error.project not in services)
    tree = build_tree(spans, errors, services, shaping)
    counts = Counter(error.issue for error in errors)
    titles = {error.issue: (error.short, error.title) for error in reversed(errors)}
    issues = tuple(IssueLink(number, *titles[number], counts[number]) for number in counts)
    vitals = _read_vitals(db, workspace, spans, tree.start)
    return OpenedTrace(row, tree, RowList(tree), issues, len(spans) >= MOST_SPANS, vitals)


def _read_vitals(db: Db, workspace: Workspace, spans: Sequence[SpanRow], start: int) -> tuple[Vital, ...]:
    """Return when the page was painted, where a page load is in the trace."""
    loads = [span for span in spans if bears_vitals(span.op)]
    if not loads:
        return ()
    begin = min(span.start for span in loads) - start
    found: list[tuple[str, int]] = []
    for span in loads[:MOST_READ]:
        found.extend(vitals_of(read_span(db, workspace, span).details, begin).items())
    return marks(found)


def count_spans(db: Db, trace_id: bytes) -> int:
    """Return how many spans of a trace have arrived."""
    row = get_trace(db, trace_id)
    return 0 if row is None else row.spans


def reshape(opened: OpenedTrace, shaping: Shaping) -> OpenedTrace:
    """Return the trace built anew, other rows standing for more than one span; needs no database."""
    old = opened.tree
    tree = build_tree(old.spans, old.errors, old.services, shaping)
    moved = old.start - tree.start
    vitals = tuple(replace(vital, moment=vital.moment + moved) for vital in opened.vitals)
    return replace(opened, tree=tree, rows=RowList(tree), vitals=vitals)


def read_span(db: Db, workspace: Workspace, span: SpanRow) -> SpanFacts:
    """Return what the payload that brought *span* says about it."""
    try:
        item = read_item(db, workspace, span.request, span.item)
    except PayloadGoneError:
        return SpanFacts(missing=tr("Retention removed the payload; only times, names and status are left."))
    details = read_span_details(item, span.span_id)
    if not details:
        return SpanFacts(missing=tr("The payload does not name this span."))
    facts = SpanFacts(details, export_span(details, rules_of(db, item.project)))
    place = code_place(facts.data)
    file = None if place is None else _find_file(db, span.project, place.file)
    return replace(facts, place=place, file=file)


def _find_file(db: Db, project: int, name: str) -> Path | None:
    """Return the file *name* on this disk, by the project's path mappings and its folder."""
    for mapping in project_mappings(db, project):
        if mapping.prefix and name.startswith(mapping.prefix):
            found = find_file(name.removeprefix(mapping.prefix).lstrip("/\\"), Path(mapping.folder))
            if found is not None:
                return found
    folder = next((row.folder for row in list_projects(db) if row.id == project), None)
    return find_file(name, Path(folder) if folder else None)
