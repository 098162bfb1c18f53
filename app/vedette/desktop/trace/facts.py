"""The lines of the details pane: node and payload in, labels and values out. No widgets."""

import re
from collections.abc import Mapping

import orjson

from vedette.desktop.language import tr
from vedette.desktop.trace.code_place import NAMES as CODE_NAMES
from vedette.desktop.trace.describe import length, shift, title_of
from vedette.desktop.trace.links import Note
from vedette.desktop.trace.repeats import Repeat
from vedette.desktop.trace.sql_format import is_sql, summary_of
from vedette.desktop.trace.tree import Kind, Node, TraceTree
from vedette.desktop.widgets import relative_time, units
from vedette.desktop.widgets.key_values import KeyValue
from vedette.domain.json import JsonObject, JsonValue

_PARAMETER = re.compile(r"^db\.(?:query\.parameter|params?|statement\.parameter)s?\.(.+)$")
_PARAMETERS = ("db.params", "db.query.parameters", "db.sql.bindings", "db.parameters", "db.paramstyle.values")
_MOST_PARAMETERS = 200


def heading(node: Node) -> tuple[str, str]:
    """Return the caption and the title of the pane: ``db · 23 similar spans`` and what they are called."""
    if node.kind is Kind.GAP:
        return tr("gap", "between spans"), tr("No instrumentation")
    if node.kind is Kind.ERROR:
        return tr("error"), node.description
    caption = node.op or tr("span")
    if node.kind is Kind.GROUP:
        caption += " · " + tr("%n similar span(s)", "", node.members)
    elif node.kind is Kind.CHAIN:
        caption += " · " + tr("%n nested span(s)", "", node.members)
    elif node.is_segment:
        said = tr("segment of {service}").format(service=node.service) if node.service else tr("segment")
        caption += f" · {said}"
    if is_sql(node.op, node.description):
        return caption, summary_of(node.description)
    return caption, node.description or node.op


def explanation(node: Node) -> str:
    """Return a sentence on a row that is no span, "" for spans."""
    if node.kind is Kind.GAP:
        return tr("Between two spans nothing was measured for this long: work without spans, or waiting.")
    if node.kind is Kind.ERROR:
        return tr("The span this happened in never arrived, so it stands by its time.")
    return ""


def repeat_sentence(repeat: Repeat) -> str:
    """Return what is wrong with a query asked again and again."""
    share = units.percent(repeat.share, 1.0)
    text = tr(
        "{count} queries of the same shape run one after another, {total} in all ({share} of the segment)."
    )
    return text.format(count=units.count(repeat.spans), total=length(repeat.total), share=share)


def timing(tree: TraceTree, node: Node) -> list[KeyValue]:
    """Return when and how long, and how it ended."""
    rows = []
    if node.kind is not Kind.ERROR:
        each = ""
        if node.kind is Kind.GROUP:
            # What each took, not the time from the first to the last.
            begins, ends = tree.bars(node.number)
            each = " " + tr("({length} each)").format(
                length=length(int((ends - begins).sum()) / node.members)
            )
        share = "" if node.number == 0 else f", {units.percent(node.duration, tree.duration)}"
        tip = f"{node.duration:,} µs"
        rows.append(KeyValue(tr("Duration"), length(node.duration) + (each or share), tip=tip))
    if node.kind not in (Kind.ERROR, Kind.GAP):
        share = units.percent(node.self_time, node.duration)
        text = length(node.self_time) + (f" ({share})" if node.self_time != node.duration else "")
        tip = tr("{micros} µs without any child").format(micros=f"{node.self_time:,}")
        rows.append(KeyValue(tr("Self time"), text, tip=tip))
    moment = tree.start + node.start
    rows.append(KeyValue(tr("Started"), f"+{length(node.start)}", tip=relative_time.exact(moment)))
    if node.status:
        rows.append(KeyValue(tr("Status"), node.status, "level.error.text" if node.failed else "text"))
    if node.service:
        rows.append(KeyValue(tr("Service"), node.service))
    number = tree.span_number(node.number)
    moved = tree.clocks.of(tree.spans[number].project) if number is not None else 0
    if moved:
        tip = tr("This service's clock differs from its callers'; the times shown are moved by as much.")
        rows.append(KeyValue(tr("Clock"), shift(moved), "level.warning.text", tip=tip))
    if node.note is not None:
        rows.append(KeyValue(tr("Place"), tr(node.note.value), "level.warning.text"))
    return rows


def identity(tree: TraceTree, node: Node, trace_id: str) -> list[KeyValue]:
    """Return the ids, to be copied; the parent's leads to it."""
    number = tree.span_number(node.number)
    rows = []
    if number is not None:
        span = tree.spans[number]
        rows.append(KeyValue("span_id", span.span_id.hex(), code=True))
        if span.parent_id is not None:
            known = node.note not in (Note.ORPHAN, Note.FIRST)
            rows.append(KeyValue("parent_span_id", span.parent_id.hex(), code=True, link=known))
    rows.append(KeyValue("trace_id", trace_id, code=True))
    return rows


def attributes(details: JsonObject) -> list[KeyValue]:
    """Return what the payload says besides: attributes and tags; the SDK's own ones last."""
    pairs: dict[str, str] = {}
    for part in ("data", "tags"):
        values = details.get(part)
        if isinstance(values, Mapping):
            pairs.update((str(name), shown(value)) for name, value in values.items())
    pairs.update(_events(details.get("events")))
    origin = details.get("origin")
    if isinstance(origin, str):
        pairs.setdefault("sentry.origin", origin)
    hidden = {name for name in pairs if _PARAMETER.match(name) or name in _PARAMETERS or name in CODE_NAMES}
    names = sorted(pairs.keys() - hidden, key=lambda name: (name.startswith("sentry."), name))
    return [KeyValue(name, pairs[name], tip=f"{name}: {pairs[name][:1000]}") for name in names]


def _events(events: JsonValue) -> list[tuple[str, str]]:
    """What happened at moments of the span, each under its name; a name that comes again is numbered."""
    found: dict[str, str] = {}
    for event in events if isinstance(events, list) else ():
        if isinstance(event, Mapping):
            name = tr("event {name}").format(name=event.get("name") or "")
            n = sum(1 for known in found if known == name or known.startswith(f"{name} #"))
            found[f"{name} #{n + 1}" if n else name] = shown(event.get("attributes") or {})
    return list(found.items())


def measurements(details: JsonObject) -> list[KeyValue]:
    """Return what was measured, with units."""
    values = details.get("measurements")
    if not isinstance(values, Mapping):
        return []
    return [KeyValue(str(name), shown(value)) for name, value in sorted(values.items())]


def parameters(details: JsonObject) -> list[KeyValue]:
    """Return what a statement's placeholders stood for, in their order, as far as the SDK sent it."""
    data = details.get("data")
    if not isinstance(data, Mapping):
        return []
    found = [
        (match[1], shown(value))
        for name, value in data.items()
        if (match := _PARAMETER.match(str(name))) is not None
    ]
    for name in _PARAMETERS:
        found += _listed(data.get(name))
    found.sort(key=lambda pair: (not pair[0].isdecimal(), int(pair[0]) if pair[0].isdecimal() else 0))
    return [KeyValue(name, value, code=True) for name, value in found[:_MOST_PARAMETERS]]


def _listed(value: JsonValue) -> list[tuple[str, str]]:
    if isinstance(value, str):
        try:
            value = orjson.loads(value)
        except orjson.JSONDecodeError:
            return [("1", str(value))]
    if isinstance(value, list):
        return [(str(at), shown(one)) for at, one in enumerate(value, start=1)]
    if isinstance(value, dict):
        return [(str(name), shown(one)) for name, one in value.items()]
    return []


def raw_description(node: Node, details: JsonObject) -> str:
    """Return a description as it was sent, "" if it is the one shown."""
    raw = details.get("raw")
    sent = raw.get("description") if isinstance(raw, Mapping) else None
    if not isinstance(sent, str):
        data = details.get("data")
        names = ("db.query.text", "db.statement", "url.full", "http.url")
        values = [data.get(name) for name in names] if isinstance(data, Mapping) else []
        sent = next((value for value in values if isinstance(value, str) and value), None)
    return sent if isinstance(sent, str) and sent != node.description else ""


def links(details: JsonObject) -> list[tuple[str, str]]:
    """Return the other spans this one names, as (trace id, span id) in hex."""
    values = details.get("links")
    return [
        (str(link["trace_id"]).replace("-", ""), str(link.get("span_id") or ""))
        for link in (values if isinstance(values, list) else [])
        if isinstance(link, Mapping) and isinstance(link.get("trace_id"), str)
    ]


def shown(value: JsonValue) -> str:
    """Return a value as one line: text as it is, a measurement with its unit, all else as JSON."""
    if isinstance(value, str):
        return value
    if isinstance(value, dict) and isinstance(value.get("value"), int | float):
        unit = value.get("unit")
        text = units.significant(float(value["value"]), 6)
        return f"{text} {unit}" if isinstance(unit, str) and unit not in ("none", "") else text
    return orjson.dumps(value).decode()


def row_text(node: Node) -> str:
    """Return a row as one line to be pasted: operation, text, time, start, status, service."""
    parts = [f"{node.op} {title_of(node)}".strip(), length(node.duration), f"+{length(node.start)}"]
    return "  ".join(part for part in (*parts, node.status, node.service) if part)
