"""What the lists show of a request and of its items: columns, fonts, sentences. No SQL."""

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont
from typing_extensions import override

from vedette.desktop.ingest.read import WHOLE_BODY, Part
from vedette.desktop.ingest.wording import (
    TOKENS,
    Listed,
    client_name,
    join_parts,
    plain_detail,
    read_aloud,
    what_happened,
    word_of,
)
from vedette.desktop.item_kinds import kind_name
from vedette.desktop.language import tr
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets import relative_time, units
from vedette.desktop.widgets.paged_model import Column, FetchPage, PagedModel, RowT
from vedette.domain.outcomes import Outcome

Index = QModelIndex | QPersistentModelIndex


def request_columns() -> tuple[Column[Listed], ...]:
    """Return the columns of the list of requests; the last is painted."""
    return (
        Column(
            tr("Time"),
            text=lambda row: relative_time.clock(row.request.received),
            tip=lambda row: relative_time.exact(row.request.received),
            token=lambda _: "text.muted",
        ),
        Column(tr("From"), text=lambda row: row.request.ip or units.NO_VALUE),
        Column(
            tr("Sender"), text=lambda row: client_name(row.request.client), tip=lambda row: row.request.client
        ),
        Column(
            tr("Items"),
            text=lambda row: row.request.kinds or units.NO_VALUE,
            tip=lambda row: row.request.kinds,
        ),
        Column(
            tr("Size"),
            text=lambda row: units.size(row.request.wire_size),
            right=True,
            tip=lambda row: sizes_text(row),
        ),
        Column(
            tr("Outcome"),
            text=outcome_word,
            token=outcome_token,
        ),
        Column(tr("What happened"), tip=lambda row: what_happened(row)),
    )


def outcome_word(listed: Listed) -> str:
    return word_of(listed.request.outcome)


def outcome_token(listed: Listed) -> str:
    return TOKENS[listed.request.outcome]


def part_word(part: Part) -> str:
    return word_of(part.outcome) if part.outcome else units.NO_VALUE


def part_token(part: Part) -> str:
    return TOKENS[part.outcome] if part.outcome else "text.muted"


def sizes_text(listed: Listed) -> str:
    """Return a request's size on the wire, and decoded if that differs: ``2,041 bytes gzip → 9,310``."""
    row = listed.request
    wire = tr("%n byte(s)", "", row.wire_size)
    if row.encoding and row.encoding != "identity":
        wire = f"{wire} {row.encoding}"
        return f"{wire} → {units.count(row.size)}" if row.size != row.wire_size else wire
    return wire


def request_key(listed: Listed) -> int:
    return listed.request.id


def describe_request(listed: Listed) -> str:
    """Return a request as a sentence."""
    return read_aloud(listed, relative_time.clock(listed.request.received))


def part_columns() -> tuple[Column[Part], ...]:
    """Return the columns of a request's items; the last takes the room there is."""
    return (
        Column(tr("Item"), text=part_name, tip=lambda part: part.kind),
        Column(tr("Size"), text=lambda part: units.size(part.length), right=True),
        Column(
            tr("Outcome"),
            text=part_word,
            token=part_token,
        ),
        Column(tr("What happened"), tip=lambda part: part_sentence(part)),
    )


def part_name(part: Part) -> str:
    """Return what an item is, in words."""
    return tr("Whole body") if part.n == WHOLE_BODY else kind_name(part.kind)


def part_sentence(part: Part) -> str:
    """Return what became of an item."""
    if part.issue_short:
        return part.issue_short
    if part.trace and part.outcome is Outcome.STORED and not part.detail:
        return tr("trace {id}").format(id=part.trace[:8])
    return plain_detail(part.detail, part.reason)


def describe_part(part: Part) -> str:
    """Return an item as a sentence."""
    outcome = word_of(part.outcome) if part.outcome else ""
    return join_parts([part_name(part), units.size(part.length), outcome, part_sentence(part)])


class FontModel(PagedModel[RowT]):
    """A paged model whose columns may have fonts of their own."""

    def __init__(
        self,
        theme: Theme,
        fonts: dict[int, str],
        columns: "tuple[Column[RowT], ...]",
        fetch: FetchPage[RowT],
        **options: Any,
    ) -> None:
        """*fonts* are font roles by column."""
        super().__init__(columns, fetch, color=theme.color, **options)
        self._theme = theme
        self._fonts = fonts

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.FontRole and index.isValid():
            return self._font(index.column())
        return super().data(index, role)

    def _font(self, column: int) -> QFont | None:
        role = self._fonts.get(column)
        return self._theme.font(role) if role else None
