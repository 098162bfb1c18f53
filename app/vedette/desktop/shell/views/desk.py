"""What can be done with saved views: open, save, rename, duplicate, move, delete and take that back, hide."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QInputDialog, QMenu, QWidget

from vedette.desktop.language import tr
from vedette.desktop.shell.views.feed import ViewsFeed
from vedette.desktop.shell.views.view import PATH, Looked, View, body_of
from vedette.desktop.widgets.plain_text import plain_title
from vedette.domain.json import JsonObject

if TYPE_CHECKING:
    from vedette.desktop.bridge.bridge import Bridge

_LONGEST_NAME = 200


class Window(Protocol):
    """What of a window the views need."""

    def looked(self) -> Looked | None:
        """Return what is looked at in the list, None while another section is shown."""
        ...

    def look_at(self, looked: Looked) -> None:
        """Show the list so."""
        ...

    def say_trouble(self, sentence: str, details: str = "") -> None: ...


class ViewsDesk(QObject):
    """The views of one window; which of them one is in."""

    changed = Signal()
    """Another view is current, it was changed, or there are others."""
    done = Signal(str, object)
    """A sentence, and what takes it back."""

    def __init__(self, bridge: "Bridge", window: Window, parent: QWidget) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._window = window
        self._parent = parent
        self.feed = ViewsFeed(bridge, self)
        self._opened: int | str | None = None
        self.feed.changed.connect(self.look)

    # ---------------------------------------------------------------- which one is in

    @property
    def current(self) -> View | None:
        """The view one is in: the one that shows just this, else the one opened last; None for none."""
        return self.feed.find(self._opened)

    @property
    def is_modified(self) -> bool:
        """Whether something else is looked at than the current view keeps."""
        view, looked = self.current, self._window.looked()
        return view is not None and looked is not None and not view.looked.is_like(looked)

    @property
    def can_save(self) -> bool:
        """Whether something is looked at that a view can keep."""
        return self._window.looked() is not None

    def look(self) -> None:
        """See which view one is in, after something else is looked at."""
        looked = self._window.looked()
        if looked is None:
            self._opened = None
        else:
            opened = self.current
            if opened is None or not opened.looked.is_like(looked):
                alike = next((view.id for view in self.feed.views() if view.looked.is_like(looked)), None)
                # A view of one's own stays the current one while it is changed; those always there do not.
                if alike is not None or opened is None or not opened.is_own:
                    self._opened = alike
        self.changed.emit()

    def open(self, number: int | str) -> None:
        """Look at what a view keeps."""
        view = self.feed.find(number)
        if view is not None:
            self._opened = number
            self._window.look_at(view.looked)
            self.look()

    def ways(self) -> list[tuple[str, Callable[[], object]]]:
        """Return the views by name, each with what opens it."""
        return [(view.name, partial(self.open, view.id)) for view in self.feed.views()]

    def reset(self) -> None:
        """Look again at what the current view keeps."""
        if self.current is not None:
            self.open(self.current.id)

    # ---------------------------------------------------------------- changing them

    def save(self) -> None:
        """Keep what is looked at in the current view."""
        view, looked = self.current, self._window.looked()
        if view is None or looked is None or not view.is_own:
            self.ask_to_save()
            return
        before = body_of(view.looked)
        self._change(
            view.id,
            body_of(looked),
            tr("“{name}” saved").format(name=view.name),
            lambda: self._change(view.id, before, ""),
        )

    def ask_to_save(self) -> None:
        """Ask for a name and save what is looked at under it."""
        name = self._ask_name(tr("Save view"), "")
        if name:
            self.save_as(name)

    def save_as(self, name: str) -> None:
        """Save what is looked at as a new view."""
        looked = self._window.looked()
        if looked is not None:
            self._create({**body_of(looked), "name": name}, opens=True)

    def duplicate(self, view: View) -> None:
        """Save a copy of *view*."""
        self._create({**body_of(view.looked), "name": tr("{name} (copy)").format(name=view.name)})

    def ask_to_rename(self, view: View) -> None:
        """Ask for another name."""
        name = self._ask_name(tr("Rename view"), view.name)
        if name and name != view.name:
            self.rename(view, name)

    def rename(self, view: View, name: str) -> None:
        """Give *view* another name."""
        self._change(
            view.id, {"name": name}, tr("“{name}” renamed").format(name=view.name),
            lambda: self._change(view.id, {"name": view.name}, ""),
        )  # fmt: skip

    def move(self, view: View, by: int) -> None:
        """Move *view* so many places down in the list, up with a negative number."""
        order = [one.id for one in self.feed.own()]
        if view.id in order:
            place = max(0, min(len(order) - 1, order.index(view.id) + by))
            self._change(view.id, {"position": place}, "", None)

    def delete(self, view: View) -> None:
        """Delete *view*, or hide one that is always there; both can be taken back."""
        if not view.is_own:
            self.feed.hide(str(view.id))
            self.done.emit(tr("“{name}” hidden").format(name=view.name), self.feed.unhide)
            return
        place = [one.id for one in self.feed.own()].index(view.id)
        body: JsonObject = {**body_of(view.looked), "name": view.name, "position": place}
        sentence = tr("“{name}” deleted").format(name=view.name)
        self._call(
            "DELETE",
            f"{PATH}{view.id}/",
            None,
            lambda _: self.done.emit(sentence, lambda: self._create(body)),
        )

    def _create(self, body: JsonObject, *, opens: bool = False) -> None:
        def take(answer: object) -> None:
            if opens and isinstance(answer, dict):
                self._opened = int(str(answer.get("id")))
            self.feed.read()

        self._call("POST", PATH, body, take)

    def _change(
        self, number: int | str, body: JsonObject, sentence: str, undo: Callable[[], object] | None = None
    ) -> None:
        def take(_: object) -> None:
            self.feed.read()
            if sentence:
                self.done.emit(sentence, undo)

        self._call("PUT", f"{PATH}{number}/", body, take)

    def _call(
        self, method: str, path: str, body: JsonObject | None, answer: Callable[[object], object]
    ) -> None:
        self._bridge.call(method, path, body, answer=answer, failed=self._window.say_trouble, owner=self)

    def _ask_name(self, title: str, name: str) -> str:
        text, fine = QInputDialog.getText(self._parent, title, tr("Name"), text=name)
        return " ".join(text.split())[:_LONGEST_NAME] if fine else ""

    # ---------------------------------------------------------------- menus

    def fill_bar_menu(self, menu: QMenu) -> None:
        """Put what can be done with what is looked at into *menu*, and the views there are."""
        menu.clear()
        view, modified = self.current, self.is_modified
        if view is not None and modified:
            if view.is_own:
                menu.addAction(tr("Save “{name}”").format(name=plain_title(view.name))).triggered.connect(
                    self.save
                )
            menu.addAction(tr("Reset to “{name}”").format(name=plain_title(view.name))).triggered.connect(
                self.reset
            )
        menu.addAction(tr("Save as a new view…")).triggered.connect(self.ask_to_save)
        menu.addSeparator()
        if view is not None:
            self._fill_deeds(menu, view)
            menu.addSeparator()
        for one in self.feed.views():
            action = menu.addAction(plain_title(one.name))
            action.setCheckable(True)
            action.setChecked(view is not None and one.id == view.id)
            action.triggered.connect(lambda _=False, number=one.id: self.open(number))
        self._fill_hidden(menu)

    def fill_row_menu(self, menu: QMenu, view: View) -> None:
        """Put what can be done with *view* into *menu*."""
        menu.addAction(tr("Open", "verb")).triggered.connect(lambda: self.open(view.id))
        if view.is_own and self._window.looked() is not None:
            menu.addAction(tr("Save what is shown here")).triggered.connect(lambda: self._save_into(view))
        menu.addSeparator()
        self._fill_deeds(menu, view)
        self._fill_hidden(menu)

    def _save_into(self, view: View) -> None:
        self._opened = view.id
        self.save()

    def _fill_deeds(self, menu: QMenu, view: View) -> None:
        deeds = [(tr("Duplicate"), lambda: self.duplicate(view))]
        if view.is_own:
            order = [one.id for one in self.feed.own()]
            at = order.index(view.id) if view.id in order else 0
            deeds.insert(0, (tr("Rename…"), lambda: self.ask_to_rename(view)))
            if at > 0:
                deeds.append((tr("Move up"), lambda: self.move(view, -1)))
            if at < len(order) - 1:
                deeds.append((tr("Move down"), lambda: self.move(view, 1)))
        deeds.append((tr("Delete") if view.is_own else tr("Hide"), lambda: self.delete(view)))
        for title, deed in deeds:
            menu.addAction(title).triggered.connect(lambda _=False, deed=deed: deed())

    def _fill_hidden(self, menu: QMenu) -> None:
        if self.feed.hidden():
            menu.addSeparator()
            menu.addAction(tr("Show hidden views again")).triggered.connect(self.feed.unhide)
