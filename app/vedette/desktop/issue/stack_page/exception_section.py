"""One exception of an event, or a thread: what it says, how it hangs together, its frames."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from vedette.desktop.issue.clamped_text import ClampedText
from vedette.desktop.issue.folding import FoldMemory
from vedette.desktop.issue.read import EventPage
from vedette.desktop.issue.source.looking import LocalSource
from vedette.desktop.issue.stack.frames import Frame, StackShow, arrange, crash_frame
from vedette.desktop.issue.stack.native import registers_of
from vedette.desktop.issue.stack.outline import OutlineRow
from vedette.desktop.issue.stack_page.frame_list import FrameList
from vedette.desktop.issue.stack_page.native_parts import RegisterSection
from vedette.desktop.language import tr
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.json_values import Step, inner_meta
from vedette.desktop.widgets.labels import label
from vedette.domain.json import JsonObject


class ExceptionSection(QWidget):
    """One exception or thread: how it hangs together with the one before, what it says, its frames."""

    def __init__(self, theme: Theme, memory: FoldMemory, number: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._page: EventPage | None = None
        self._stack: tuple[Frame, ...] = ()
        self._path: tuple[Step, ...] = ()
        self.key = ""
        """The name of the stack trace in the event, as its sources are kept by."""
        self._is_filled = False
        self.at = -1
        self.setObjectName(f"event.exception.{number}")
        self._relation = label("", "caption", name=f"event.exception.{number}.relation")
        self._title = ClampedText(theme, "title", name=f"event.exception.{number}.title")
        self._value = ClampedText(
            theme, "body", "text.muted", name=f"event.exception.{number}.value", lines=4
        )
        self._facts = label("", "caption", name=f"event.exception.{number}.facts")
        self.frames = FrameList(theme, name=f"event.frames.{number}", title=tr("Stack trace"), parent=self)
        self._none = label(tr("No stack trace came with it."), "caption")
        self._registers = RegisterSection(theme, memory)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 6)
        column.setSpacing(2)
        for part in (self._relation, self._title, self._value, self._facts):
            column.addWidget(part)
        column.addSpacing(4)
        column.addWidget(self.frames)
        column.addWidget(self._none)
        column.addWidget(self._registers)

    def show_exception(self, page: EventPage, row: OutlineRow, exception: JsonObject, *, alone: bool) -> None:
        """Show an exception; *alone*, the issue's header says its type and value already."""
        self.at = row.at
        self._page, self.key = page, f"exception {row.at}"
        self._path = ("exception", "values", row.at, "stacktrace")
        self._stack = page.stacks.get(self.key, ())
        self._is_filled = False
        self._registers.set_registers(registers_of(exception.get("stacktrace")))
        self._relation.setText(row.relation)
        self._relation.setVisible(bool(row.relation))
        self._title.set_text(
            "" if alone else str(exception.get("type") or exception.get("module") or tr("Exception"))
        )
        self._title.setVisible(not alone)
        value = str(exception.get("value") or "")
        self._value.set_text("" if alone else value)
        facts = _mechanism_words(exception)
        self._facts.setText(facts)
        self._facts.setVisible(bool(facts) and not alone)
        self.frames.setAccessibleName(tr("Stack trace of {title}").format(title=row.title))

    def show_stack(
        self,
        page: EventPage,
        title: str,
        key: str,
        stack: tuple[Frame, ...],
        stacktrace: JsonObject | None,
        path: tuple[Step, ...],
    ) -> None:
        """Show a stack trace without an exception: a thread's or the event's own, at *path* in the event."""
        self.at = -1
        self._page, self.key, self._stack, self._is_filled = page, key, stack, False
        self._path = path
        self._registers.set_registers(registers_of(stacktrace))
        self._relation.hide()
        self._value.hide()
        self._facts.hide()
        self._title.set_text(title)
        self._title.setVisible(bool(title))
        spoken = tr("Stack trace of {title}").format(title=title) if title else tr("Stack trace")
        self.frames.setAccessibleName(spoken)

    def fill(
        self,
        show: StackShow,
        *,
        newest_first: bool,
        variables: bool,
        local: Mapping[int, LocalSource],
    ) -> None:
        """Show the frames in the way asked for, with what is known of their files."""
        if self._page is None:
            return
        rows = arrange(self._stack, show, newest_first=newest_first)
        self.frames.set_shows_variables(variables)
        if self._is_filled:
            self.frames.set_rows(rows)
        else:
            opened = crash_frame(self._stack)
            self.frames.set_stack(
                rows,
                platform=self._page.platform,
                opened=opened.at if opened is not None else None,
                local=local,
                meta_of=self._meta_of,
            )
        self._is_filled = True
        self.frames.setVisible(bool(self._stack))
        self._none.setVisible(not self._stack)

    def _meta_of(self, frame: Frame) -> Any:
        """Return what the event's ``_meta`` says about the variables of *frame*."""
        if self._page is None:
            return None
        meta = self._page.event.get("_meta")
        for step in (*self._path, "frames", frame.at, "vars"):
            meta = inner_meta(meta, step)
        return meta


def _mechanism_words(exception: JsonObject) -> str:
    mechanism = exception.get("mechanism")
    if not isinstance(mechanism, dict):
        return ""
    words = [str(mechanism["type"])] if mechanism.get("type") not in (None, "generic", "chained") else []
    handled = mechanism.get("handled")
    if handled is not None:
        words.append(tr("handled") if handled else tr("unhandled"))
    if mechanism.get("synthetic"):
        words.append(tr("made up by the SDK"))
    return " · ".join(words)
