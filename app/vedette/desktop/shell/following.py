"""Links that arrive from outside, from another start or from the desktop, shown in a window."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QEvent, QObject, QUrl, Signal
from PySide6.QtGui import QFileOpenEvent
from typing_extensions import override

from vedette.desktop.bridge.in_flight import InFlight
from vedette.desktop.language import tr
from vedette.desktop.shell.links import is_link, workspace_name
from vedette.desktop.shell.scope import Scope
from vedette.desktop.shell.targets import Landing

if TYPE_CHECKING:
    from vedette.desktop.bridge.bridge import Bridge


class Scoped(Protocol):
    """What holds the scope of a window."""

    def set_scope(self, scope: Scope) -> None: ...


class Followed(Protocol):
    """The window a link is shown in."""

    @property
    def sections(self) -> Mapping[str, object]: ...
    @property
    def scope(self) -> Scoped: ...
    def go_to(self, place: object) -> None: ...
    def say_trouble(self, sentence: str, details: str = "") -> None: ...


class LinkFollower(QObject):
    """Shows links in *window*: the last one asked for, or a sentence above the section why not."""

    def __init__(self, bridge: "Bridge", window: Followed, parent: QObject) -> None:
        super().__init__(parent)
        self._window = window
        self._name = workspace_name(bridge.workspace.folder)
        self._asking = InFlight(bridge, self)

    def follow(self, link: str) -> None:
        """Go where *link* leads; what a link is made of is taken from no one on trust."""
        self._asking.ask(
            "link",
            _find_landing,
            link,
            self._name,
            answer=lambda landing: self._land(landing, link),
            failed=self._window.say_trouble,
        )

    def _land(self, landing: Landing, link: str) -> None:
        target = landing.target
        if target.place is None:
            self._window.say_trouble(target.title, link)
            return
        if target.place.section not in self._window.sections:
            sentence = tr("There is no section “{section}” here.")
            self._window.say_trouble(sentence.format(section=target.place.section), link)
            return
        if target.scope is not None:
            self._window.scope.set_scope(target.scope)
        self._window.go_to(target.place)
        if landing.trouble:
            self._window.say_trouble(landing.trouble, link)


def _find_landing(db: Any, link: str, workspace: str) -> Landing:
    """Return where *link* leads; in a worker, where the store may be loaded."""
    from vedette.desktop.shell.finding import find_landing

    return find_landing(db, link, workspace)


class OpenedLinks(QObject):
    """Hears of links that macOS gives to the application itself, by its event for opened files."""

    linkOpened = Signal(str)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FileOpen and isinstance(event, QFileOpenEvent):
            text = event.url().toString(QUrl.ComponentFormattingOption.FullyEncoded)
            if is_link(text):
                self.linkOpened.emit(text)
                return True
        return super().eventFilter(watched, event)
