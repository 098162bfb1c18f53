"""The lines of the details pane. Pure: node and payload in, labels and values out."""

import re
from collections.abc import Mapping

import orjson

from vedette.desktop.trace.describe import length
from vedette.desktop.trace.tree import Kind, Node, TraceTree
from vedette.desktop.widgets import relative_time, units
from vedette.desktop.widgets.key_values import KeyValue
from vedette.domain.json import JsonObject, JsonValue

_SQL_BREAK = re.compile(
    # JOIN stays with the word that says which.
    r"(?<!LEFT)(?<!RIGHT)(?<!INNER)(?<!OUTER)(?<!CROSS)(?<!FULL)\s+"
    r"(?=(?:FROM|WHERE|GROUP BY|ORDER BY|HAVING|LIMIT|VALUES|SET|ON CONFLICT|RETURNING|UNION"
    r"|(?:LEFT |RIGHT |INNER |OUTER |CROSS |FULL )*JOIN|AND|OR)\b)",
    re.IGNORECASE,
)
_MOST_SQL = 20_000


def heading(node: Node) -> tuple[str, str]:
    """Return the caption and the title of the pane: ``db · 23 similar spans`` and what they are called."""
    if node.kind is Kind.GAP:
        return "gap", "No instrumentation"
    if node.kind is Kind.ERROR:
        return "error", node.description
    caption = node.op or "span"
    if node.kind is Kind.GROUP:
        caption += f" · {units.plural(node.members, 'similar span')}"
    elif node.kind is Kind.CHAIN:
        caption += f" · {units.plural(node.members, 'nested span')}"
    elif node.is_segment:
        caption += f" · segment of {node.service}" if node.service else " · segment"
    return caption, node.description or node.op


def timing(tree: TraceTree, node: Node) -> list[KeyValue]:
    """Return when and how long, and how it ended."""
    each = ""
    if node.kind is Kind.GROUP:
        # What each took, not the time from the first to the last.
        begins, ends = tree.bars(node.number)
        total = int((ends - begins).sum())
        each = f" ({length(total / node.members)} each)"
    moment = tree.start + node.start
    rows = []
    if node.kind is not Kind.ERROR:
        rows.append(KeyValue("Duration", length(node.duration) + each, tip=f"{node.duration:,} µs"))
    if node.kind not in (Kind.ERROR, Kind.GAP):
        share = units.percent(node.self_time, node.duration)
        text = length(node.self_time) + (f" ({share})" if node.self_time != node.duration else "")
        rows.append(KeyValue("Self time", text, tip=f"{node.self_time:,} µs without any child"))
    rows.append(KeyValue("Started", f"+{length(node.start)}", tip=relative_time.exact(moment)))
    if node.status:
        rows.append(KeyValue("Status", node.status, "level.error.text" if node.failed else "text"))
    if node.service:
        rows.append(KeyValue("Service", node.service))
    if node.note is not None:
        rows.append(KeyValue("Place", node.note.value, "level.warning.text"))
    return rows


def identity(tree: TraceTree, node: Node, trace_id: str) -> list[KeyValue]:
    """Return the ids, to be copied."""
    number = tree.span_number(node.number)
    rows = []
    if number is not None:
        span = tree.spans[number]
        rows.append(KeyValue("span_id", span.span_id.hex(), code=True))
        if span.parent_id is not None:
            rows.append(KeyValue("parent_span_id", span.parent_id.hex(), code=True))
    rows.append(KeyValue("trace_id", trace_id, code=True))
    return rows


def attributes(details: JsonObject) -> list[KeyValue]:
    """Return what the payload says besides: attributes, tags, measurements; the SDK's own ones last."""
    pairs: dict[str, str] = {}
    for part in ("data", "tags", "measurements"):
        values = details.get(part)
        if isinstance(values, Mapping):
            pairs.update((str(name), shown(value)) for name, value in values.items())
    origin = details.get("origin")
    if isinstance(origin, str):
        pairs.setdefault("sentry.origin", origin)
    names = sorted(pairs, key=lambda name: (name.startswith("sentry."), name))
    return [KeyValue(name, pairs[name], tip=f"{name}: {pairs[name][:1000]}") for name in names]


def shown(value: JsonValue) -> str:
    """Return a value as one line: text as it is, a measurement with its unit, all else as JSON."""
    if isinstance(value, str):
        return value
    if isinstance(value, dict) and isinstance(value.get("value"), int | float):
        unit = value.get("unit")
        text = units.significant(float(value["value"]), 6)
        return f"{text} {unit}" if isinstance(unit, str) and unit not in ("none", "") else text
    return orjson.dumps(value).decode()


def is_sql(node: Node) -> bool:
    """Return whether a node's description is a database statement."""
    return node.op.split(".", 1)[0] in ("db", "sql") and " " in node.description


def sql_lines(statement: str, columns: int) -> list[str]:
    """Return a statement broken before its clauses, then wherever a line would be longer than *columns*."""
    if len(statement) > _MOST_SQL:
        return statement.splitlines()
    lines: list[str] = []
    for clause in _SQL_BREAK.split(statement.strip()):
        for line in clause.splitlines():
            lines.extend(_wrapped(line.rstrip(), max(16, columns)))
    return lines


def _wrapped(line: str, columns: int) -> list[str]:
    found = []
    while len(line) > columns:
        at = line.rfind(" ", 1, columns + 1)
        if at <= 0:
            break  # one long word: the view scrolls
        found.append(line[:at])
        line = "  " + line[at + 1 :]
        if at <= 2:
            break
    return [*found, line] if line.strip() else found
