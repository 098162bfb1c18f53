import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.value_tree import BATCH, ValueModel, ValueTree

EVENT = {
    "level": "error",
    "exception": {"values": [{"type": "TypeError", "frames": [{"lineno": 44}, {"lineno": 12}]}]},
    "tags": {"os": "Linux"},
    "n": None,
}


@pytest.fixture
def tree(qtbot: QtBot, theme: Theme) -> ValueTree:
    found = ValueTree(theme, name="event.raw", title="Event")
    qtbot.addWidget(found)
    found.resize(500, 300)
    found.set_value(EVENT, {"level": {"": {"len": 900}}})
    found.show()
    return found


def test_the_model_keeps_qt_s_rules_while_it_grows(theme: Theme, qtmodeltester: ModelTester) -> None:
    model = ValueModel(theme)
    model.set_value(EVENT)
    exception = model.index(1, 0)
    assert model.hasChildren(exception)
    assert model.rowCount(exception) == 0
    qtmodeltester.check(model)
    model.index_of(("exception", "values", 0, "frames", 1))
    assert model.rowCount(exception) == 1


def test_another_value_replaces_the_first(theme: Theme) -> None:
    model = ValueModel(theme)
    model.set_value(EVENT)
    model.set_value([1, 2, 3])
    assert [model.index(row, 1).data() for row in range(model.rowCount())] == ["1", "2", "3"]


def test_a_large_list_is_made_in_batches(theme: Theme) -> None:
    model = ValueModel(theme)
    model.set_value(list(range(1_000)))
    assert model.rowCount() == BATCH
    assert model.canFetchMore(QModelIndex())
    assert model.index_of([950]).row() == 950


def test_cells_say_name_value_and_what_was_cut(tree: ValueTree) -> None:
    model = tree.model()
    assert model.index(0, 0).data() == "level"
    assert model.index(0, 1).data() == '"error"   cut by SDK: 5 of 900 letters'
    assert model.index(3, 1).data() == "null"
    assert model.index(2, 1).data() == '1  {os: "Linux"}'


def test_open_path_unfolds_the_way_and_selects(tree: ValueTree) -> None:
    assert tree.open_path(("exception", "values", 0, "frames", 1, "lineno"))
    assert tree.current_path() == ("exception", "values", 0, "frames", 1, "lineno")
    assert tree.isExpanded(tree.model().index(1, 0))
    assert not tree.open_path(("exception", "nothing"))


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("value", "TypeError"),
        ("path", "exception.values[0].type"),
        ("json", '"TypeError"'),
        ("pair", "exception.values[0].type = TypeError"),
    ],
)
def test_the_current_value_is_copied_in_each_form(tree: ValueTree, form: str, text: str) -> None:
    tree.open_path(("exception", "values", 0, "type"))
    tree.copy(form)
    assert QGuiApplication.clipboard().text() == text


def test_search_goes_round_its_matches(tree: ValueTree) -> None:
    assert tree.find_text("lineno") == 2
    assert tree.current_path()[-2:] == (0, "lineno")
    tree.find_next()
    assert tree.current_path()[-2:] == (1, "lineno")
    tree.find_next()
    assert tree.current_path()[-2:] == (0, "lineno")
    assert tree.find_text("no such thing") == 0


def test_the_menu_asks_for_a_filter_with_path_and_value(qtbot: QtBot, tree: ValueTree) -> None:
    tree.open_path(("tags", "os"))
    menu = tree.build_menu()
    with qtbot.waitSignal(tree.filterRequested) as asked:
        menu.actions()[0].trigger()
    assert asked.args == [("tags", "os"), "Linux"]


def test_a_fitted_tree_is_as_high_as_its_open_rows(qtbot: QtBot, theme: Theme) -> None:
    tree = ValueTree(theme, name="vars", title="Variables", fit=True, reprs=True)
    qtbot.addWidget(tree)
    tree.set_value(EVENT)
    closed = tree.sizeHint().height()
    tree.open_path(("tags", "os"))
    assert tree.sizeHint().height() > closed
    qtbot.keyClick(tree, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "Linux"


def test_the_row_the_keyboard_comes_to_by_tab_is_seen(tree: ValueTree, qtbot: QtBot) -> None:
    tree.clearFocus()
    tree.activateWindow()
    qtbot.waitUntil(tree.isActiveWindow)
    tree.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(tree.hasFocus)
    assert [index.row() for index in tree.selectionModel().selectedRows()] == [0]
