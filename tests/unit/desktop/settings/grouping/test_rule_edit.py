"""The field for rules: numbers, underlines, appended rules."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCharFormat
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from vedette.desktop.issue.grouping.drafts import RuleKind
from vedette.desktop.settings.grouping.checking import problems_in
from vedette.desktop.settings.grouping.rule_edit import Problem, RuleEdit
from vedette.desktop.theme.theme import Theme


@pytest.fixture
def field(theme: Theme, qtbot: QtBot) -> RuleEdit:
    found = RuleEdit(theme, name="rules", title="Rules")
    qtbot.addWidget(found)
    found.resize(500, 200)
    found.show()
    return found


def test_a_rule_that_cannot_be_read_is_underlined_where_it_cannot(field: RuleEdit) -> None:
    text = "error.type:A -> a\nerror.type: -> b\n"
    field.setPlainText(text)
    problems = problems_in(RuleKind.FINGERPRINT, text)
    field.show_problems(problems)
    assert [problem.line for problem in problems] == [1]
    (mark,) = field.extraSelections()
    style = mark.format
    assert style.underlineStyle() == QTextCharFormat.UnderlineStyle.WaveUnderline
    assert mark.cursor.blockNumber() == 1
    assert field.describe_problems().startswith("Line 2: ")


@pytest.mark.parametrize("kind", list(RuleKind))
def test_rules_that_can_be_read_have_no_problem(kind: RuleKind) -> None:
    rule = "stack.module:vendor.* -group" if kind is RuleKind.STACK_TRACE else "type:A -> a"
    assert problems_in(kind, f"# why\n\n{rule}\n") == ()


def test_going_to_a_problem_puts_the_cursor_there(field: RuleEdit, qtbot: QtBot) -> None:
    field.setPlainText("one\ntwo three\n")
    field.go_to(Problem(1, 4, 5, "no"))
    assert (field.textCursor().blockNumber(), field.textCursor().positionInBlock()) == (1, 4)


def test_a_problem_beyond_the_text_is_no_harm(field: RuleEdit) -> None:
    field.setPlainText("one")
    field.show_problems([Problem(0, 90, 4, "no"), Problem(7, 0, 1, "no")])
    assert len(field.extraSelections()) == 1


def test_a_drafted_rule_becomes_a_line_of_its_own(field: RuleEdit) -> None:
    field.add_rule("type:A -> a")
    field.add_rule("type:B -> b")
    assert field.toPlainText() == "type:A -> a\ntype:B -> b"


def test_the_margin_grows_with_the_number_of_lines(field: RuleEdit) -> None:
    before = field.viewportMargins().left()
    field.setPlainText("\n" * 1200)
    assert field.viewportMargins().left() > before > 0


def test_tab_leaves_the_field(theme: Theme, qtbot: QtBot) -> None:
    both = QWidget()
    column = QVBoxLayout(both)
    field, after = RuleEdit(theme, name="rules", title="Rules"), QLineEdit()
    column.addWidget(field)
    column.addWidget(after)
    qtbot.addWidget(both)
    both.show()
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Tab)
    assert field.toPlainText() == ""
    assert both.focusWidget() is after
