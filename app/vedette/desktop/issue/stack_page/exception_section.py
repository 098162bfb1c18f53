"""One exception of an event, or a thread: what it says, how it hangs together, its frames."""

from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from vedette.desktop.issue.clamped_text import ClampedText
from vedette.desktop.issue.read import EventPage
from vedette.desktop.issue.stack.frames import Frame, StackShow, arrange, crash_frame
from vedette.desktop.issue.stack.outline import OutlineRow
from vedette.desktop.issue.stack_page.frame_list import FrameList
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.json_values import Step, inner_meta
from vedette.desktop.widgets.labels import label
from vedette.domain.json import JsonObject


class ExceptionSection(QWidget):
    """One exception or thread: how it hangs together with the one before, what it says, its frames."""

    def __init__(self, theme: Theme, number: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._page: EventPage | None = None
        self._stack: tuple[Frame, ...] = ()
        self._key = ""
        self._is_filled = False
        self.at = -1
        self.setObjectName(f"event.exception.{number}")
        self._relation = label("", "caption", name=f"event.exception.{number}.relation")
        self._title = ClampedText(theme, "title", name=f"event.exception.{number}.title")
        self._value = ClampedText(
            theme, "body", "text.muted", name=f"event.exception.{number}.value", lines=4
        )
        self._facts = label("", "caption", name=f"event.exception.{number}.facts")
        self.frames = FrameList(theme, name=f"event.frames.{number}", title="Stack trace", parent=self)
        self._none = label("No stack trace came with it.", "caption")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 6)
        column.setSpacing(2)
        for part in (self._relation, self._title, self._value, self._facts):
            column.addWidget(part)
        column.addSpacing(4)
        column.addWidget(self.frames)
        column.addWidget(self._none)

    def show_exception(self, page: EventPage, row: OutlineRow, exception: JsonObject, *, alone: bool) -> None:
        """Show an exception; *alone*, the issue's header says its type and value already."""
        self.at = row.at
        self._page, self._key = page, f"exception {row.at}"
        self._stack = page.stacks.get(self._key, ())
        self._is_filled = False
        self._relation.setText(row.relation)
        self._relation.setVisible(bool(row.relation))
        self._title.set_text(
            "" if alone else str(exception.get("type") or exception.get("module") or "Exception")
        )
        self._title.setVisible(not alone)
        value = str(exception.get("value") or "")
        self._value.set_text("" if alone else value)
        facts = _mechanism_words(exception)
        self._facts.setText(facts)
        self._facts.setVisible(bool(facts) and not alone)
        self.frames.setAccessibleName(f"Stack trace of {row.title}")

    def show_stack(self, page: EventPage, title: str, key: str, stack: tuple[Frame, ...]) -> None:
        """Show a stack trace without an exception: a thread's or the event's own."""
        self.at = -1
        self._page, self._key, self._stack, self._is_filled = page, key, stack, False
        self._relation.hide()
        self._value.hide()
        self._facts.hide()
        self._title.set_text(title)
        self._title.setVisible(bool(title))
        self.frames.setAccessibleName(f"Stack trace of {title}" if title else "Stack trace")

    def fill(self, show: StackShow, *, newest_first: bool, variables: bool) -> None:
        """Show the frames in the way asked for."""
        if self._page is None:
            return
        rows = arrange(self._stack, show, newest_first=newest_first)
        self.frames.set_shows_variables(variables)
        if self._is_filled:
            self.frames.set_rows(rows)
        else:
            opened = crash_frame(self._stack)
            local = {at: found for (key, at), found in self._page.sources.items() if key == self._key}
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
        path: tuple[Step, ...]
        if self.at >= 0:
            path = ("exception", "values", self.at, "stacktrace", "frames", frame.at, "vars")
        else:
            path = ("stacktrace", "frames", frame.at, "vars")
        for step in path:
            meta = inner_meta(meta, step)
        return meta


def _mechanism_words(exception: JsonObject) -> str:
    mechanism = exception.get("mechanism")
    if not isinstance(mechanism, dict):
        return ""
    words = [str(mechanism["type"])] if mechanism.get("type") not in (None, "generic", "chained") else []
    handled = mechanism.get("handled")
    if handled is not None:
        words.append("handled" if handled else "unhandled")
    if mechanism.get("synthetic"):
        words.append("made up by the SDK")
    return " · ".join(words)
