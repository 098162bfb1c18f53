"""The text of the filter field to what the store is asked. Pure."""

import re
from collections.abc import Callable
from dataclasses import replace

from vedette.desktop.language import mark, tr
from vedette.desktop.widgets.query_terms import Term, split_terms
from vedette.store.queries.segments import SegmentFilter
from vedette.store.queries.traces import TraceFilter

_LENGTH = re.compile(r"^(>=?|<=?)(\d+(?:\.\d+)?)(us|µs|ms|s|m|min)?$")
_COUNT = re.compile(r"^>(=?)(\d{1,9})$")
_HEX = re.compile(r"^[0-9a-f]{4,32}$")
_MICROS = {"us": 1, "µs": 1, "ms": 1_000, "s": 1_000_000, "m": 60_000_000, "min": 60_000_000}
EVERYTHING = TraceFilter()
_FAILED = ("error", "errors", "failed")
HINT = mark("Filter: words, is:error, duration:>200ms, op:, service:, status:, span:")
"""What the empty field says."""


class FilterError(ValueError):
    """A term means nothing; the text says what would."""


Slugs = dict[str, int]
"""Project ids by slug."""


def read_filter(text: str, within: TraceFilter = EVERYTHING, projects: Slugs | None = None) -> TraceFilter:
    """Return the traces *text* asks for, among those of *within*.

    Words are looked for in the names of segments; terms with a name narrow further. Raises FilterError for
    a term that means nothing.
    """
    words: list[str] = []
    found = within
    ops: list[str] = []
    for term in split_terms(text):
        name = term.key.removesuffix(":")
        if not name or term.value.startswith("//"):
            words.append(_unquoted(str(term)))
        elif name == "op":
            ops.append(_unquoted(term.value))
        elif name in ("service", "project"):
            found = _of_project(found, term, projects or {})
        else:
            found = _narrowed(found, term, name, _unquoted(term.value))
    for op in ops:
        # An operation beside a span is that span's; else it is a segment's.
        if found.span is not None:
            found = replace(found, span_op=op)
        else:
            found = replace(found, segment=replace(found.segment, op=op))
    return replace(found, text=" ".join(words) or None)


def _narrowed(found: TraceFilter, term: Term, name: str, value: str) -> TraceFilter:
    take = _TERMS.get(name)
    if take is None:
        known = ", ".join(f"{key}:" for key in ("is", "op", "service", *_TERMS) if key != "is")
        text = tr("“{term}” is no filter of traces. Use words, is:error or {known}.")
        raise FilterError(text.format(term=term, known=known))
    return take(found, value)


def _state(found: TraceFilter, value: str) -> TraceFilter:
    if value not in _FAILED:
        raise FilterError(tr("“is:{value}” means nothing here. Write is:error.").format(value=value))
    return replace(found, only_failed=True)


def _duration(found: TraceFilter, value: str) -> TraceFilter:
    fits = _LENGTH.match(value)
    if fits is None:
        text = tr("“duration:{value}” is no length of time. Write duration:>200ms or duration:<1.5s.")
        raise FilterError(text.format(value=value))
    micros = round(float(fits[2]) * _MICROS[fits[3] or "ms"])
    if fits[1].startswith("<"):
        return replace(found, max_duration=micros)
    return replace(found, min_duration=micros)


def _least(name: str) -> Callable[[TraceFilter, str], TraceFilter]:
    def take(found: TraceFilter, value: str) -> TraceFilter:
        fits = _COUNT.match(value)
        if fits is None:
            text = tr("“{name}:{value}” compares with nothing. Write {name}:>10.")
            raise FilterError(text.format(name=name, value=value))
        least = int(fits[2]) + (0 if fits[1] else 1)
        return replace(found, **{f"min_{name}": least})  # type: ignore[arg-type]

    return take


def _of_segment(field: str) -> Callable[[TraceFilter, str], TraceFilter]:
    def take(found: TraceFilter, value: str) -> TraceFilter:
        changed: SegmentFilter = replace(found.segment, **{field: value})  # type: ignore[arg-type]
        return replace(found, segment=changed)

    return take


def _environment(found: TraceFilter, value: str) -> TraceFilter:
    return replace(found, segment=replace(found.segment, environments=(value,)))


def _http_status(found: TraceFilter, value: str) -> TraceFilter:
    if not value.isdecimal():
        raise FilterError(tr("“{value}” is no HTTP status. Write http.status:500.").format(value=value))
    return replace(found, segment=replace(found.segment, http_status=int(value)))


def _trace_id(found: TraceFilter, value: str) -> TraceFilter:
    plain = value.replace("-", "").lower()
    if not _HEX.match(plain):
        raise FilterError(tr("“{value}” is no trace id: 4 to 32 hexadecimal digits.").format(value=value))
    return replace(found, trace_id=plain)


def _span(found: TraceFilter, value: str) -> TraceFilter:
    return replace(found, span=value)


_TERMS: dict[str, Callable[[TraceFilter, str], TraceFilter]] = {
    "is": _state,
    "duration": _duration,
    "spans": _least("spans"),
    "errors": _least("errors"),
    "transaction": _of_segment("name"),
    "status": _of_segment("status"),
    "release": _of_segment("release"),
    "user": _of_segment("user"),
    "environment": _environment,
    "env": _environment,
    "http.method": _of_segment("http_method"),
    "http.status": _http_status,
    "trace": _trace_id,
    "span": _span,
}


def _of_project(found: TraceFilter, term: Term, projects: Slugs) -> TraceFilter:
    slug = _unquoted(term.value).lower()
    number = projects.get(slug)
    if number is None:
        raise FilterError(tr("There is no project “{slug}”.").format(slug=slug))
    return replace(found, projects=(number,))


def _unquoted(text: str) -> str:
    if len(text) > 1 and text.startswith('"') and text.endswith('"'):
        return text[1:-1].replace('\\"', '"').replace("\\\\", "\\")
    return text


def quoted(value: str) -> str:
    """Return *value* as it is written after a name in the field."""
    if value and not re.search(r'[\s"\\]', value):
        return value
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def with_term(text: str, name: str, value: str) -> str:
    """Return *text* with ``name:value`` instead of what it said of that name."""
    kept = [str(term) for term in split_terms(text) if term.key != f"{name}:"]
    return " ".join([*kept, f"{name}:{quoted(value)}"])


def of_segments(where: TraceFilter) -> SegmentFilter:
    """Return which segments *where* means, for the transactions beside the traces."""
    return replace(
        where.segment,
        projects=where.projects,
        run=where.run,
        since=where.since,
        until=where.until,
        min_duration=where.min_duration,
        max_duration=where.max_duration,
        only_failed=where.only_failed or bool(where.min_errors),
        text=where.text,
    )
