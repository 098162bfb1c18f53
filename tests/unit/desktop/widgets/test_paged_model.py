from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from vedette.desktop.widgets.paged_model import Column, PageAnswer, PagedModel, RowRole


@dataclass(frozen=True, slots=True)
class Line:
    id: int
    text: str


COLUMNS = (
    Column[Line]("Text", text=lambda line: line.text),
    Column[Line]("Id", text=lambda line: str(line.id), right=True),
)


class Source:
    """Answers when told to, like a reader thread would."""

    def __init__(self, rows: Sequence[Line]) -> None:
        self.rows = list(rows)
        self.waiting: list[tuple[Line | None, int, PageAnswer[Line]]] = []

    def fetch(self, after: Line | None, limit: int, answer: PageAnswer[Line]) -> None:
        self.waiting.append((after, limit, answer))

    def deliver(self) -> None:
        after, limit, answer = self.waiting.pop(0)
        start = 0 if after is None else self.rows.index(after) + 1
        answer(self.rows[start : start + limit])


def lines(*ids: int) -> list[Line]:
    return [Line(n, f"line {n}") for n in ids]


def build(source: Source, page: int = 3) -> PagedModel[Line]:
    return PagedModel(COLUMNS, source.fetch, key=lambda line: line.id, page=page)


def test_pages_arrive_one_after_the_other_until_a_short_one_ends_the_list(qtmodeltester: ModelTester) -> None:
    source = Source(lines(9, 8, 7, 6, 5))
    model = build(source)
    qtmodeltester.check(model)
    model.reload()
    source.deliver()
    assert [line.id for line in model.rows] == [9, 8, 7]
    assert model.canFetchMore()
    model.fetchMore()
    assert source.waiting[0][0] == Line(7, "line 7")
    source.deliver()
    assert [line.id for line in model.rows] == [9, 8, 7, 6, 5]
    assert model.is_exhausted
    assert not model.canFetchMore()


def test_an_answer_to_an_earlier_query_is_dropped(qtbot: QtBot) -> None:
    source = Source(lines(3, 2, 1))
    model = build(source)
    model.reload()
    late = source.waiting.pop(0)[2]
    model.reload()
    late(lines(77, 76))
    assert len(model.rows) == 0
    source.deliver()
    assert [line.id for line in model.rows] == [3, 2, 1]


def test_one_changed_row_is_announced_as_one_row_and_never_as_a_reset(qtbot: QtBot) -> None:
    source = Source(lines(3, 2, 1))
    model = build(source)
    model.reload()
    source.deliver()
    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.dataChanged) as changed:
        assert model.update_row(Line(2, "other"))
    assert [index.row() for index in changed.args[:2]] == [1, 1]
    assert model.row_by_key(2) == Line(2, "other")
    assert not model.update_row(Line(44, "unknown"))


def test_rows_inserted_above_keep_the_known_ones_and_their_positions(qtmodeltester: ModelTester) -> None:
    source = Source(lines(3, 2, 1))
    model = build(source)
    qtmodeltester.check(model)
    model.reload()
    source.deliver()
    model.insert_above([*lines(5, 4), Line(2, "again")])
    assert [line.id for line in model.rows] == [5, 4, 3, 2, 1]
    assert model.position_of(2) == 3
    assert model.row(3).text == "again"


def test_set_rows_reorders_under_persistent_indexes_without_a_reset(
    qtbot: QtBot, qtmodeltester: ModelTester
) -> None:
    source = Source(lines(5, 4, 3, 2, 1))
    model = build(source, page=10)
    qtmodeltester.check(model)
    model.reload()
    source.deliver()
    from PySide6.QtCore import QPersistentModelIndex

    held = QPersistentModelIndex(model.index(1, 0))
    with qtbot.assertNotEmitted(model.modelReset):
        model.set_rows(lines(9, 1, 5, 4))
    assert [line.id for line in model.rows] == [9, 1, 5, 4]
    assert held.row() == 3
    assert held.data(RowRole) == Line(4, "line 4")


def test_a_failed_page_waits_for_retry(qtbot: QtBot) -> None:
    source = Source(lines(2, 1))
    model = build(source)
    model.reload()
    with qtbot.waitSignal(model.failed) as failure:
        source.waiting.pop(0)[2].failed("The store is busy.", "timeout after 5 s")
    assert failure.args == ["The store is busy.", "timeout after 5 s"]
    assert not model.canFetchMore()
    model.retry()
    source.deliver()
    assert [line.id for line in model.rows] == [2, 1]


@pytest.mark.parametrize("gone", [[1], [3, 1], [3, 2, 1]])
def test_removed_keys_are_forgotten(qtmodeltester: ModelTester, gone: list[int]) -> None:
    source = Source(lines(3, 2, 1))
    model = build(source)
    qtmodeltester.check(model)
    model.reload()
    source.deliver()
    model.remove([*gone, 99])
    assert [line.id for line in model.rows] == [n for n in (3, 2, 1) if n not in gone]
    assert all(model.position_of(n) is None for n in gone)


def test_a_painted_column_says_what_is_in_it_and_headers_have_names(qtbot: QtBot) -> None:
    columns = (
        Column[Line]("Line", text=lambda line: str(line.id)),
        Column[Line]("24 h", spoken=lambda line: "rising" if line.id else "", name="Trend"),
    )
    model: PagedModel[Line] = PagedModel(
        columns, lambda after, limit, answer: answer([Line(0, "a"), Line(1, "b")]), key=lambda line: line.id
    )
    model.reload()
    spoken = Qt.ItemDataRole.AccessibleTextRole
    assert model.index(1, 1).data(spoken) == "Trend rising"
    assert model.index(0, 1).data(spoken) is None
    assert model.headerData(1, Qt.Orientation.Horizontal, spoken) == "Trend"
    with qtbot.waitSignal(model.headerDataChanged):
        model.rename_column(1, "7 d", "Trend of a week")
    assert model.headerData(1, Qt.Orientation.Horizontal) == "7 d"
    assert model.headerData(1, Qt.Orientation.Horizontal, spoken) == "Trend of a week"
