"""What the list says of an item: its kind in words, what it is, when it came, how large it is. No SQL."""

from vedette.desktop.item_kinds import kind_name
from vedette.desktop.language import tr
from vedette.desktop.widgets.json_values import one_line
from vedette.desktop.widgets.paged_model import Column
from vedette.desktop.widgets.relative_time import exact
from vedette.desktop.widgets.units import NO_VALUE, count, size
from vedette.store.queries.linked_items import MOST_COUNTED, LinkedItem

KIND, WHAT, TIME, SIZE = range(4)
WIDTHS = {KIND: 19, TIME: 20, SIZE: 9}
"""In digits; what it is has the rest."""
_LOGS = ("log", "otlp_logs")
_METRICS = ("trace_metric", "otlp_metrics")
_PROFILES = ("profile_chunk", "profile_chunk_ui")


def columns() -> tuple[Column[LinkedItem], ...]:
    """Return the columns, in the order of KIND, WHAT, TIME, SIZE."""
    return (
        Column(tr("Item"), text=lambda row: kind_name(row.kind), tip=lambda row: row.kind),
        Column(tr("What"), text=what, tip=what),
        Column(
            tr("Time"),
            text=lambda row: exact(row.at)[:19],
            tip=lambda row: exact(row.at),
            token=lambda _: "text.muted",
        ),
        Column(tr("Size"), text=_size, right=True),
    )


def what(row: LinkedItem) -> str:
    """Return what an item is, in a line; where it stands for others, how many there are of what."""
    title = one_line(row.title)
    if row.count < 2:
        return title or NO_VALUE
    number = count(row.count) + ("+" if row.count >= MOST_COUNTED else "")
    if row.kind in _LOGS:
        return tr("{count} record(s), the first: {title}", "", row.count).format(count=number, title=title)
    if row.kind in _METRICS:
        return tr("{count} point(s), the first: {title}", "", row.count).format(count=number, title=title)
    if row.kind in _PROFILES:
        return tr("{count} sample(s)", "", row.count).format(count=number)
    spans = tr("{count} span(s)", "", row.count).format(count=count(row.count))
    return f"{title} · {spans}" if title else spans


def sentence(row: LinkedItem) -> str:
    """Return a row as it is read out."""
    parts = (kind_name(row.kind), row.title and what(row), exact(row.at)[:19], row.size and size(row.size))
    return ", ".join(part for part in parts if part)


def _size(row: LinkedItem) -> str:
    return NO_VALUE if row.size is None else size(row.size)
