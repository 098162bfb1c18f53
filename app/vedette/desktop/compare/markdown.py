"""A comparison as Markdown, for a chat or a ticket. Pure."""

from collections.abc import Sequence

from vedette.desktop.compare.differences import Difference, Kind, counts
from vedette.desktop.compare.read import Comparison, Side
from vedette.desktop.language import tr
from vedette.desktop.widgets.json_values import one_line
from vedette.desktop.widgets.relative_time import exact

_MOST = 200
_LONGEST = 200


def comparison_markdown(found: Comparison, rows: Sequence[Difference]) -> str:
    """Return both sides' names, the counts, and a table of what differs among *rows*."""
    number = counts(rows)
    told = [row for row in rows if row.kind is not Kind.SAME and not row.is_noise]
    lines = [
        f"# {tr('Comparison of two events')}",
        "",
        f"- A: {_side(found.a)}",
        f"- B: {_side(found.b)}",
        "- "
        + tr("{differ} differ, {a} only in A, {b} only in B, {same} the same").format(
            differ=number.differ, a=number.only_a, b=number.only_b, same=number.same
        ),
    ]
    if told:
        lines += ["", f"| | {tr('What', 'column of a comparison')} | A | B |", "|---|---|---|---|"]
        lines += [
            f"| {row.kind.value} | {tr(row.part.value)} {_cell(row.label)} "
            f"| {_code(row.a)} | {_code(row.b)} |"
            for row in told[:_MOST]
        ]
        if len(told) > _MOST:
            lines += ["", tr("and {count} more").format(count=len(told) - _MOST)]
    return "\n".join(lines) + "\n"


def _side(side: Side) -> str:
    parts = (
        f"`{side.row.event_id}`",
        _cell(side.called),
        exact(side.row.ts),
        side.row.release,
        side.row.environment,
    )
    return ", ".join(part for part in parts if part)


def _code(value: str | None) -> str:
    if value is None:
        return ""
    text = one_line(value[:_LONGEST]).replace("`", "′").replace("|", "\\|")
    return f"`{text}`" if text else "` `"


def _cell(text: str) -> str:
    return one_line(text[:_LONGEST]).replace("|", "\\|").replace("`", "′")
