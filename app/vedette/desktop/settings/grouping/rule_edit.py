"""A field for rules, one a line: numbered, coloured, and underlined where a rule cannot be read."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QSyntaxHighlighter,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QToolTip, QWidget
from typing_extensions import override

from vedette.desktop.language import tr
from vedette.desktop.theme.theme import Theme

_PAD = 8
_PARTS = (
    (re.compile(r'"(?:[^"\\]|\\.)*"'), "code.string"),
    (re.compile(r"!?[\w.]+(?=:)"), "code.keyword"),
    (
        re.compile(r"(?:[v^]?[+-](?:app|group)|(?:category|min-frames|max-frames)=\S*)(?=\s|$)"),
        "code.function",
    ),
    (re.compile(r"->|\||(?<=\s)[\[\]]|^[\[]"), "text.muted"),
    (re.compile(r"\{\{[^}]*\}\}"), "code.type"),
)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in a text of rules: the line and column counted from 0, how long, and a sentence."""

    line: int
    column: int
    length: int
    sentence: str


class _Colours(QSyntaxHighlighter):
    def __init__(self, document: QTextDocument, theme: Theme) -> None:
        super().__init__(document)
        self._theme = theme

    @override
    def highlightBlock(self, text: str) -> None:
        if text.lstrip().startswith("#"):
            self._paint(0, len(text), "code.comment")
            return
        for pattern, token in _PARTS:
            for match in pattern.finditer(text):
                self._paint(match.start(), match.end() - match.start(), token)

    def _paint(self, start: int, length: int, token: str) -> None:
        self.setFormat(start, length, self._theme.color(token))


class _Numbers(QWidget):
    """The margin with the numbers; painted by the field, which knows where its lines are."""

    def __init__(self, field: "RuleEdit") -> None:
        super().__init__(field)
        self._field = field

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._field.numbers_width(), 0)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        self._field.paint_numbers(self, event)


class RuleEdit(QPlainTextEdit):
    """Rules as text. Tab leaves the field: no rule needs one."""

    def __init__(
        self, theme: Theme, *, name: str, title: str, hint: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._problems: tuple[Problem, ...] = ()
        self.setObjectName(name)
        self.setProperty("role", "field")
        self.setAccessibleName(title)
        self.setPlaceholderText(hint)
        self.setTabChangesFocus(True)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self._numbers = _Numbers(self)
        self._colours = _Colours(self.document(), theme)
        self.blockCountChanged.connect(lambda _: self._fit())
        self.updateRequest.connect(self._follow_scroll)
        self.cursorPositionChanged.connect(self._numbers.update)
        theme.changed.connect(self._follow_theme)
        self._follow_theme()

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Underline what is wrong; the sentences are tips, and told by the page."""
        self._problems = tuple(problems)
        marks = []
        for problem in self._problems:
            block = self.document().findBlockByNumber(problem.line)
            if not block.isValid():
                continue
            mark = QTextEdit.ExtraSelection()
            cursor = QTextCursor(block)
            at = min(problem.column, max(0, block.length() - 2))
            cursor.setPosition(block.position() + at)
            end = min(block.position() + block.length() - 1, cursor.position() + max(1, problem.length))
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            style = QTextCharFormat()
            style.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
            style.setUnderlineColor(self._theme.color("level.error.text"))
            style.setToolTip(problem.sentence)
            mark.cursor, mark.format = cursor, style
            marks.append(mark)
        self.setExtraSelections(marks)
        self._numbers.update()

    def go_to(self, problem: Problem) -> None:
        """Put the cursor where *problem* is and give the field the keyboard."""
        block = self.document().findBlockByNumber(problem.line)
        cursor = QTextCursor(block)
        cursor.setPosition(block.position() + min(problem.column, max(0, block.length() - 1)))
        self.setTextCursor(cursor)
        self.centerCursor()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def add_rule(self, rule: str) -> None:
        """Append *rule* as a line of its own and show it."""
        cursor = QTextCursor(self.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        before = self.toPlainText()
        cursor.insertText(rule if not before or before.endswith("\n") else f"\n{rule}")
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    # ---------------------------------------------------------------- the margin

    def numbers_width(self) -> int:
        """Return the width of the margin in pixels."""
        digits = max(2, len(str(self.blockCount())))
        return round(self._theme.metrics("code").horizontalAdvance("0") * digits) + 2 * _PAD

    def paint_numbers(self, margin: QWidget, event: QPaintEvent) -> None:
        """Paint the numbers of the lines in sight into *margin*."""
        painter = QPainter(margin)
        painter.fillRect(event.rect(), self._theme.color("bg.field"))
        painter.setFont(self._theme.font("code"))
        wrong = {problem.line for problem in self._problems}
        current = self.textCursor().blockNumber()
        block: QTextBlock = self.firstVisibleBlock()
        while block.isValid():
            box = self.blockBoundingGeometry(block).translated(self.contentOffset())
            if box.top() > event.rect().bottom():
                break
            number = block.blockNumber()
            painter.setPen(self._ink(number, number in wrong, number == current))
            place = QRect(0, round(box.top()), margin.width() - _PAD, round(box.height()))
            painter.drawText(place, Qt.AlignmentFlag.AlignRight, str(number + 1))
            block = block.next()
        painter.end()

    def _ink(self, _number: int, is_wrong: bool, is_current: bool) -> QColor:
        if is_wrong:
            return self._theme.color("level.error.text")
        return self._theme.color("text" if is_current else "text.muted")

    def _fit(self) -> None:
        self.setViewportMargins(self.numbers_width(), 0, 0, 0)
        inside = self.contentsRect()
        self._numbers.setGeometry(QRect(inside.left(), inside.top(), self.numbers_width(), inside.height()))

    def _follow_scroll(self, area: QRect, by: int) -> None:
        if by:
            self._numbers.scroll(0, by)
        else:
            self._numbers.update(0, area.y(), self._numbers.width(), area.height())

    def _follow_theme(self) -> None:
        self.setFont(self._theme.font("code"))
        self._colours.rehighlight()
        self.show_problems(self._problems)
        self._fit()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        QToolTip.hideText()

    def describe_problems(self) -> str:
        """Return the problems as text for people: a line each."""
        return "\n".join(
            tr("Line {line}: {sentence}").format(line=problem.line + 1, sentence=problem.sentence)
            for problem in self._problems
        )
