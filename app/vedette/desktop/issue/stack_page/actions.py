"""What can be done with the current frame, as commands, and doing it."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QMenu

from vedette.desktop.bridge.in_flight import InFlight
from vedette.desktop.commands.command import Command
from vedette.desktop.commands.registry import CommandRegistry
from vedette.desktop.editor import installed_editors, open_in_editor, reveal_file
from vedette.desktop.issue.source.looking import LocalSource
from vedette.desktop.issue.stack.frames import Frame
from vedette.desktop.issue.stack_page.file_panel import FilePanel
from vedette.desktop.issue.stack_page.frame_body import FrameBody
from vedette.desktop.issue.stack_page.frame_list import FrameList
from vedette.desktop.issue.stack_page.sources import PageSources
from vedette.desktop.language import tr
from vedette.desktop.shell.places import Place

if TYPE_CHECKING:
    from vedette.desktop.bridge.bridge import Bridge

FRAME_MENU = ("event.edit", "event.reveal_file", "event.whole_file", "event.difference", "event.find_frame")


class FramePage(Protocol):
    """What the actions need of the page."""

    sources: PageSources
    file: FilePanel

    def current_list(self) -> FrameList | None: ...
    def platform(self) -> str: ...
    def has_folder(self) -> bool: ...
    def is_in_sight(self) -> bool: ...


class FrameActions(QObject):
    """Acts on the current frame of one stack page."""

    navigate = Signal(object)
    """A Place to go to."""
    failed = Signal(str)
    """A sentence on what could not be done."""
    settled = Signal()

    def __init__(self, bridge: "Bridge", page: FramePage, parent: QObject) -> None:
        super().__init__(parent)
        self._preferences = bridge.preferences
        self._page = page
        self._asking = InFlight(bridge, self)
        self._asking.settled.connect(self.settled)
        self._has_looked = False

    @property
    def is_settled(self) -> bool:
        """Whether nothing is under way."""
        return self._asking.is_settled

    def prepare(self) -> None:
        """Look for editors, so that opening one later takes no time."""
        if not self._has_looked:
            self._has_looked = True
            self._asking.compute("editors", installed_editors, answer=_note, failed=_note)

    # What applies

    def frame(self) -> Frame | None:
        """Return the frame that is meant."""
        frames = self._page.current_list() if self._page.is_in_sight() else None
        return frames.current_frame() if frames is not None else None

    def local(self) -> LocalSource | None:
        """Return what is known of its file."""
        frame, frames = self.frame(), self._page.current_list()
        return frames.local_of(frame) if frames is not None and frame is not None else None

    def has_frame(self) -> bool:
        return self.frame() is not None

    def has_file(self) -> bool:
        local = self.local()
        return local is not None and local.path is not None

    def has_difference(self) -> bool:
        frame = self.frame()
        return frame is not None and frame.has_source and self.has_file()

    def has_variables(self) -> bool:
        body = self._body()
        return body is not None and body.shows_variables

    def _body(self) -> FrameBody | None:
        frame, frames = self.frame(), self._page.current_list()
        return frames.body(frame.at) if frame is not None and frames is not None else None

    # Doing it

    def edit(self) -> None:
        """Open the frame's file in the editor."""
        frame = self.frame()
        if frame is not None:
            self.edit_frame(frame, 0)

    def edit_frame(self, frame: Frame, line: int) -> None:
        """Open the file of *frame* at *line*, 0 for where the frame is; look for the file if need be."""
        self._with_file(frame, lambda path, local: self._open_at(frame, path, local, line))

    def _open_at(self, frame: Frame, path: Path, local: LocalSource, line: int) -> None:
        column = 0 if line else frame.colno or 0
        self.edit_file(path, line or local.line or frame.lineno or 1, column)

    def edit_file(self, path: Path, line: int, column: int = 0) -> None:
        """Open *path* in the editor."""
        self._asking.compute(
            "edit", open_in_editor, self._preferences, path, line, column or None,
            answer=self._say, failed=lambda sentence, _: self.failed.emit(sentence),
        )  # fmt: skip

    def reveal(self) -> None:
        """Show the frame's file in the file manager."""
        frame = self.frame()
        if frame is not None:
            self._with_file(frame, lambda path, _: self._say(reveal_file(path)))

    def show_whole_file(self, frame: Frame | None = None) -> None:
        """Show the whole file at the frame's line."""
        frame = frame or self.frame()
        if frame is not None:
            platform = self._page.platform()
            self._with_file(
                frame,
                lambda path, local: self._page.file.show_file(path, local.line or frame.lineno, platform),
            )

    def show_difference(self, frame: Frame | None = None) -> None:
        """Show what the event saw beside what the file holds now."""
        frame = frame or self.frame()
        if frame is not None:
            platform = self._page.platform()
            self._with_file(
                frame,
                lambda path, local: self._page.file.show_difference(path, frame, local.line, platform),
            )

    def copy(self, form: str) -> None:
        """Copy the frame's ``place``, ``text``, ``function`` or ``variables``."""
        frames = self._page.current_list()
        if frames is not None:
            frames.copy(form)

    def can_find(self) -> bool:
        return self._file_has_keyboard() or self.has_variables()

    def find(self) -> None:
        """Find among the frame's variables, or in the whole file while the keyboard is there."""
        body = self._body()
        if self._file_has_keyboard():
            self._page.file.begin_find()
        elif body is not None:
            body.find_variable()

    def _file_has_keyboard(self) -> bool:
        focus = QApplication.focusWidget()
        return focus is not None and self._page.file.isAncestorOf(focus)

    def find_frame(self) -> None:
        """Show the issues that come from the frame's function."""
        frame = self.frame()
        if frame is None:
            return
        terms = [
            ("stack.filename", str(frame.data.get("filename") or "")),
            ("stack.function", frame.function),
        ]
        query = " ".join(f'{key}:"{value}"' for key, value in terms if value and '"' not in value)
        self.navigate.emit(Place("issues", query=query))

    def _with_file(self, frame: Frame, then: Callable[[Path, LocalSource], object]) -> None:
        """Call *then* with the file of *frame* as soon as it is known; say so if there is none."""
        frames = self._page.current_list()
        local = frames.local_of(frame) if frames is not None else None
        if local is not None:
            self._use(local, then)
        elif not self._page.has_folder():
            self.failed.emit(
                tr("Where this project's source lies is not known. Choose its folder in Settings › Projects.")
            )
        else:
            self._page.sources.locate(frame, lambda found: self._use(found, then))

    def _use(self, local: LocalSource | None, then: Callable[[Path, LocalSource], object]) -> None:
        if local is None or local.path is None:
            why = local.why if local is not None else tr("The frame names no file.")
            self.failed.emit(tr("The file was not found. {why}").format(why=why))
            return
        then(local.path, local)

    def _say(self, sentence: str) -> None:
        if sentence:
            self.failed.emit(sentence)

    def extend_menu(self, commands: CommandRegistry, menu: QMenu) -> None:
        """Add what can be done with the frame to its menu."""
        commands.fill_menu(menu, FRAME_MENU)


def _note(*_: object) -> None:
    """Nothing to do: what was found is remembered where it was looked for."""


def frame_commands(at: FrameActions) -> tuple[Command, ...]:
    """Return the commands of the current frame."""

    def command(
        verb: str,
        title: str,
        run: Callable[[], object],
        when: Callable[[], bool],
        *keys: str,
        icon: str = "",
        words: str = "",
        context: str = "event",
    ) -> Command:
        return Command(f"event.{verb}", title, run, keys, icon, context, when, words=words)

    return (
        command(
            "edit", tr("Open in editor"), at.edit, at.has_frame, "Ctrl+E", "Ctrl+Return",
            icon="external-link", words="code source ide",
        ),
        command(
            "reveal_file", tr("Reveal in file manager"), at.reveal, at.has_file, icon="folder-open",
            words="finder explorer folder",
        ),
        command(
            "whole_file", tr("Show whole file"), at.show_whole_file, at.has_file, icon="file-code",
            words="source",
        ),
        command(
            "difference", tr("Show difference with the file"), at.show_difference, at.has_difference,
            icon="git-compare", words="diff edited changed",
        ),
        command(
            "find_frame", tr("Find issues from this function"), at.find_frame, at.has_frame, icon="search",
            words="filter frame",
        ),
        command(
            "copy_place", tr("Copy path:line"), lambda: at.copy("place"), at.has_frame, icon="copy",
            words="frame file location",
        ),
        command(
            "copy_frame", tr("Copy frame as text"), lambda: at.copy("text"), at.has_frame, words="function",
        ),
        command(
            "copy_variables", tr("Copy variables as JSON"), lambda: at.copy("variables"), at.has_variables,
            words="locals",
        ),
        command(
            "find_here", tr("Find in variables or file"), at.find, at.can_find, "/", "Ctrl+F", context="code",
            icon="search", words="locals filter",
        ),
    )  # fmt: skip
