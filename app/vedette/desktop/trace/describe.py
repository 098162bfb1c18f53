"""What a trace and its rows say in words: banner, header, tooltips, screen readers."""

from collections import Counter

from vedette.desktop.language import tr
from vedette.desktop.trace.clocks import Clocks
from vedette.desktop.trace.links import Note
from vedette.desktop.trace.rows import RowList
from vedette.desktop.trace.tree import Kind, Node, TraceTree
from vedette.desktop.widgets import units


def length(micros: float) -> str:
    """Return a length of time as rows say it: nothing at all is ``0 ms``."""
    return units.duration(micros) if micros else "0 ms"


def shift(micros: int) -> str:
    """Return by how much a clock was moved, with its sign."""
    return f"{'+' if micros > 0 else ''}{units.duration(micros)}"


def shape_sentence(tree: TraceTree) -> str:
    """Return what is broken about a trace in plain words, "" for a whole one."""
    if not tree.spans:
        if not tree.errors:
            return ""
        lead = tr("No spans arrived for this trace, only %n error(s).", "", len(tree.errors))
        return f"{lead} {tr('Tracing may be off in the app, or sampled out.')}"
    notes = Counter(tree.notes.values())
    parts = []
    roots = sum(1 for root in tree.roots if tree.kind[root] != Kind.ERROR)
    if notes[Note.FIRST]:
        if roots > 1:
            text = tr(
                "%n part(s) without a common root: the span that started this trace never arrived.", "", roots
            )
        else:
            text = tr("The root is missing: the span that started this trace never arrived.")
        parts.append(text)
    elif roots > 1:
        parts.append(tr("%n root(s): parts of this trace began without naming a parent.", "", roots))
    if notes[Note.ORPHAN]:
        parts.append(
            tr("%n orphan(s) adopted: (its parent|their parents) never arrived.", "", notes[Note.ORPHAN])
        )
    if notes[Note.CYCLE]:
        parts.append(tr("%n circle(s) of parents cut.", "", notes[Note.CYCLE]))
    if notes[Note.REPEATED]:
        parts.append(tr("%n span(s) came twice under one id.", "", notes[Note.REPEATED]))
    return " ".join(parts)


def changes_sentence(rows: RowList) -> str:
    """Return what is shown otherwise than it came: gaps, groups, folding, filter."""
    parts = []
    if rows.folded_at is not None:
        parts.append(tr("folded below level {level}").format(level=rows.folded_at + 1))
    if rows.kept is not None:
        parts.append(tr("only what was found"))
    if rows.gaps and rows.tree.gaps:
        parts.append(tr("%n gap(s)", "", rows.tree.gaps))
    if rows.grouping and rows.tree.groups:
        parts.append(tr("%n group(s)", "", rows.tree.groups))
    orphans = sum(1 for note in rows.tree.notes.values() if note is Note.ORPHAN)
    if orphans:
        parts.append(tr("%n orphan(s) adopted", "", orphans))
    return ", ".join(parts)


def clocks_sentence(clocks: Clocks, services: dict[int, str]) -> tuple[str, str]:
    """Return what was done to the clocks in a few words, and whole for a tooltip; two "" for nothing."""
    if not clocks:
        return "", ""
    moved = [(services.get(project, str(project)), by) for project, by in clocks.by_project.items()]
    if len(moved) == 1:
        short = tr("clock shifted {by}").format(by=shift(moved[0][1]))
    else:
        short = tr("%n clock(s) shifted", "", len(moved))
    lines = [tr("Spans of these services began before those that called them, so their clocks differ:")]
    lines += [f"{name}  {shift(by)}" for name, by in moved]
    return short, "\n".join(lines)


def title_of(node: Node) -> str:
    """Return the text of a row after its operation."""
    if node.kind is Kind.GROUP:
        return f"{node.members:,} × {node.description or node.op}"
    if node.kind is Kind.CHAIN:
        return tr("{count} nested: {what}").format(
            count=f"{node.members:,}", what=node.description or node.op
        )
    if node.kind is Kind.GAP:
        return tr("no instrumentation")
    return node.description


def read_aloud(
    node: Node, *, level: int, fold: str = "", matches: int = 0, on_path: bool = False, hint: str = ""
) -> str:
    """Return a row as a sentence for screen readers."""
    where = tr("level {level}").format(level=level)
    if node.kind is Kind.GAP:
        what = tr("no instrumentation for {length}, starts {start}")
        return f"{what.format(length=length(node.duration), start=length(node.start))}, {where}"
    if node.kind is Kind.ERROR:
        what = tr("error without its span, {title}, at {moment}")
        return f"{what.format(title=node.description, moment=length(node.start))}, {where}"
    parts = [f"{node.op} {title_of(node)}".strip(), length(node.duration)]
    parts.append(tr("starts {start}").format(start=length(node.start)))
    parts.append(tr("self {length}", "time without children").format(length=length(node.self_time)))
    if node.kind is not Kind.SPAN:
        parts.append(tr("grouped {count}").format(count=f"{node.members:,}"))
    if node.is_segment and node.service:
        parts.append(tr("service {name}").format(name=node.service))
    if node.errors:
        parts.append(tr("%n error(s)", "", node.errors))
    elif node.failed:
        parts.append(tr("status {status}").format(status=node.status))
    if node.note is not None:
        parts.append(tr(node.note.value))
    parts += [part for part in (hint, tr("on the critical path") if on_path else "", fold) if part]
    if matches:
        parts.append(tr("%n match(es) inside", "", matches))
    parts.append(where)
    return ", ".join(parts)


def tip_of(tree: TraceTree, node: Node, hint: str = "") -> str:
    """Return the tooltip of a row; built when it is asked for."""
    if node.kind is Kind.GAP:
        lines = [tr("No instrumentation for {length}").format(length=length(node.duration))]
        lines.append(tr("Nothing was measured between the span above and the one below."))
        return "\n".join(lines)
    if node.kind is Kind.ERROR:
        error = tree.errors_on(node.number)[0]
        return f"{error.short} {error.title}\n{tr('The span it happened in never arrived.')}"
    lines = [f"{node.op}  {title_of(node)}".strip()[:600]]
    lines.append(
        tr("{duration}, self time {own}").format(duration=length(node.duration), own=length(node.self_time))
    )
    lines.append(tr("Starts at {start}").format(start=length(node.start)))
    if node.status:
        lines.append(tr("Status {status}").format(status=node.status))
    if node.service:
        lines.append(tr("Service {name}").format(name=node.service))
    if node.note is not None:
        lines.append(tr(node.note.value))
    if hint:
        lines.append(hint)
    lines.extend(f"{error.short} {error.title}"[:200] for error in tree.errors_on(node.number)[:5])
    return "\n".join(lines)
