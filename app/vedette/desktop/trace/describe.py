"""What a trace and its rows say in words: banner, header, tooltips, screen readers. Pure."""

from collections import Counter

from vedette.desktop.trace.links import Note
from vedette.desktop.trace.rows import RowList
from vedette.desktop.trace.tree import Kind, Node, TraceTree
from vedette.desktop.widgets import units


def length(micros: float) -> str:
    """Return a length of time as rows say it: nothing at all is ``0 ms``."""
    return units.duration(micros) if micros else "0 ms"


def shape_sentence(tree: TraceTree) -> str:
    """Return what is broken about a trace in plain words, "" for a whole one."""
    if not tree.spans:
        lead = f"No spans arrived for this trace, only {units.plural(len(tree.errors), 'error')}. "
        return lead + "Tracing may be off in the app, or sampled out." if tree.errors else ""
    notes = Counter(tree.notes.values())
    parts = []
    spans = sum(1 for root in tree.roots if tree.kind[root] != Kind.ERROR)
    if notes[Note.FIRST]:
        lead = units.plural(spans, "part") + " without a common root" if spans > 1 else "The root is missing"
        parts.append(f"{lead}: the span that started this trace never arrived.")
    elif spans > 1:
        parts.append(f"{units.plural(spans, 'root')}: parts of this trace began without naming a parent.")
    if notes[Note.ORPHAN]:
        count = notes[Note.ORPHAN]
        parts.append(
            f"{units.plural(count, 'orphan')} adopted: "
            f"{'its parent' if count == 1 else 'their parents'} never arrived."
        )
    if notes[Note.CYCLE]:
        parts.append(f"{units.plural(notes[Note.CYCLE], 'circle')} of parents cut.")
    if notes[Note.REPEATED]:
        parts.append(f"{units.plural(notes[Note.REPEATED], 'span')} came twice under one id.")
    return " ".join(parts)


def changes_sentence(rows: RowList) -> str:
    """Return what is shown otherwise than it came: gaps, groups, folding."""
    parts = []
    if rows.folded_at is not None:
        parts.append(f"folded below level {rows.folded_at + 1}, }} unfolds all")
    if rows.gaps and rows.tree.gaps:
        parts.append(units.plural(rows.tree.gaps, "gap"))
    if rows.grouping and rows.tree.groups:
        parts.append(units.plural(rows.tree.groups, "group"))
    return ", ".join(parts)


def title_of(node: Node) -> str:
    """Return the text of a row after its operation."""
    if node.kind is Kind.GROUP:
        return f"{node.members:,} × {node.description or node.op}"
    if node.kind is Kind.CHAIN:
        return f"{node.members:,} nested: {node.description or node.op}"
    return node.description


def read_aloud(node: Node, *, level: int, fold: str = "", matches: int = 0) -> str:
    """Return a row as a sentence for screen readers."""
    if node.kind is Kind.GAP:
        start = length(node.start)
        return f"no instrumentation for {length(node.duration)}, starts {start}, level {level}"
    if node.kind is Kind.ERROR:
        return f"error without its span, {node.description}, at {length(node.start)}, level {level}"
    parts = [f"{node.op} {title_of(node)}".strip(), length(node.duration)]
    parts.append(f"starts {length(node.start)}")
    parts.append(f"self {length(node.self_time)}")
    if node.kind is not Kind.SPAN:
        parts.append(f"grouped {node.members:,}")
    if node.is_segment and node.service:
        parts.append(f"service {node.service}")
    if node.errors:
        parts.append(units.plural(node.errors, "error"))
    elif node.failed:
        parts.append(f"status {node.status}")
    if node.note is not None:
        parts.append(node.note.value)
    if fold:
        parts.append(fold)
    if matches:
        parts.append(f"{units.plural(matches, 'match', 'matches')} inside")
    parts.append(f"level {level}")
    return ", ".join(parts)


def tip_of(tree: TraceTree, node: Node) -> str:
    """Return the tooltip of a row; built when it is asked for."""
    if node.kind is Kind.GAP:
        lines = [f"No instrumentation for {length(node.duration)}"]
        lines.append("Nothing was measured between the span above and the one below.")
        return "\n".join(lines)
    if node.kind is Kind.ERROR:
        error = tree.errors_on(node.number)[0]
        return f"{error.short} {error.title}\nThe span it happened in never arrived."
    lines = [f"{node.op}  {title_of(node)}".strip()[:600]]
    lines.append(f"{length(node.duration)}, self time {length(node.self_time)}")
    lines.append(f"Starts at {length(node.start)}")
    if node.status:
        lines.append(f"Status {node.status}")
    if node.service:
        lines.append(f"Service {node.service}")
    if node.note is not None:
        lines.append(node.note.value)
    lines.extend(f"{error.short} {error.title}"[:200] for error in tree.errors_on(node.number)[:5])
    return "\n".join(lines)
