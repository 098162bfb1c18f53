"""What the inspector's commands do to the chosen request or sender."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from vedette.desktop.commands.registry import CommandRegistry
from vedette.desktop.ingest.actions import MENU, SENDER_MENU
from vedette.desktop.ingest.calls import StationCalls
from vedette.desktop.ingest.deeds import Deeds
from vedette.desktop.ingest.wording import Deed, Listed, can_adopt, can_parse

if TYPE_CHECKING:
    from vedette.desktop.bridge.bridge import Bridge
    from vedette.desktop.ingest.panes import Panes
    from vedette.desktop.ingest.request_list import RequestList
    from vedette.desktop.ingest.senders import SendersTab


class Inspector(Protocol):
    """The view around the lists."""

    def current_tab(self) -> str: ...
    def chosen(self) -> Listed | None: ...
    def show_tab(self, key: str) -> None: ...
    def add_filter(self, key: str, value: str) -> None: ...
    def focus_filter(self) -> None: ...
    def reload(self) -> None: ...
    def read_chosen(self) -> None: ...


class Acting(QObject):
    """Answers to every command of `actions`; says how each ended."""

    done = Signal(str, object)
    """A sentence, and what takes it back or None."""
    failed = Signal(str, str)
    settled = Signal()

    def __init__(
        self,
        bridge: "Bridge",
        commands: CommandRegistry,
        view: Inspector,
        window: QWidget,
    ) -> None:
        """Nothing applies before `join`: the panes hold buttons for the commands, so they come after them."""
        super().__init__(window)
        self._is_joined = False
        self._commands = commands
        self._view = view
        self._window = window
        self.calls = StationCalls(bridge, window)
        self.deeds = Deeds(bridge, window)
        self.calls.done.connect(self.done)
        self.calls.failed.connect(self.failed)
        self.calls.ended.connect(self.settled)
        self.deeds.said.connect(lambda said: self.done.emit(said, None))
        self.deeds.failed.connect(self.failed)
        self.deeds.asking.settled.connect(self.settled)

    def join(self, requests: "RequestList", panes: "Panes", senders: "SendersTab") -> None:
        """Act on what is chosen in these."""
        self._list, self._panes, self._senders = requests, panes, senders
        self._is_joined = True
        self._list.deedChosen.connect(self._do)
        for view_list, show in (
            (self._list, self._show_request_menu), (self._senders.list, self._show_sender_menu),
        ):  # fmt: skip
            view_list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            view_list.customContextMenuRequested.connect(show)

    @property
    def is_settled(self) -> bool:
        """Whether nothing is under way."""
        return self.calls.is_settled and self.deeds.asking.is_settled

    # ---------------------------------------------------------------- the view's own

    def focus_filter(self) -> None:
        self._view.focus_filter()

    def reload(self) -> None:
        self._view.reload()

    def show_tab(self, key: str) -> None:
        self._view.show_tab(key)

    # ---------------------------------------------------------------- the chosen one

    def has_request(self) -> bool:
        return self._is_joined and self._view.current_tab() != "senders" and self._view.chosen() is not None

    def has_detail(self) -> bool:
        return self.has_request() and self._panes.detail is not None

    def has_sender(self) -> bool:
        is_there = self._is_joined and self._view.current_tab() == "senders"
        return is_there and self._senders.current_sending() is not None

    def leads_somewhere(self) -> bool:
        return self.has_request() and self._panes.leading_part() is not None

    def open_issue(self) -> None:
        """Go to the issue or trace the chosen request became."""
        self._panes.open_issue()

    def can_adopt(self) -> bool:
        chosen = self._view.chosen()
        return self.has_request() and chosen is not None and can_adopt(chosen)

    def adopt(self) -> None:
        """Let the unknown key of the chosen request in, and take what was refused for it."""
        chosen = self._view.chosen()
        if chosen is not None and can_adopt(chosen):
            self.calls.adopt(chosen.request.id, chosen.request.client)

    def can_parse(self) -> bool:
        chosen = self._view.chosen()
        return self.has_request() and chosen is not None and can_parse(chosen)

    def parse_again(self) -> None:
        """Put the chosen request through processing once more."""
        chosen = self._view.chosen()
        if chosen is not None and can_parse(chosen):
            self.calls.parse_again(chosen.request.id)

    def _target_sender(self) -> tuple[int, str, bool] | None:
        """Return id, client and whether blocked of the sender meant by the chosen row."""
        if not self._is_joined:
            return None
        if self._view.current_tab() == "senders":
            one = self._senders.current_sending()
            return None if one is None else (one.row.id, one.row.client, one.row.blocked)
        chosen = self._view.chosen()
        if chosen is None:
            return None
        blocked = self._panes.detail is not None and self._panes.detail.is_blocked
        return chosen.request.sender, chosen.request.client, blocked

    def can_block(self) -> bool:
        return self._target_sender() is not None

    def block(self) -> None:
        """Take nothing from the chosen sender any more, or again."""
        target = self._target_sender()
        if target is not None:
            self.calls.block(target[0], target[1], blocked=not target[2])

    def filter_sender(self) -> None:
        """Show only what the chosen request's sender sent."""
        chosen = self._view.chosen()
        if chosen is not None:
            self._view.add_filter("sender", chosen.request.client or chosen.request.ip)

    def filter_kind(self) -> None:
        """Show only requests with the chosen one's first item."""
        chosen = self._view.chosen()
        if chosen is not None and chosen.request.kinds:
            self._view.add_filter("item", chosen.request.kinds.partition(",")[0].partition(" ×")[0])

    def copy_curl(self, *, as_received: bool = False) -> None:
        """Put a command on the clipboard that sends the chosen request again, scrubbed or *as_received*."""
        chosen = self._view.chosen()
        if chosen is not None:
            self.deeds.copy_curl(chosen.request.id, as_received=as_received)

    def copy_rows(self) -> None:
        """Put the chosen request on the clipboard as a line."""
        chosen = self._view.chosen()
        if chosen is not None:
            self.deeds.copy_line(chosen.request)

    def save_envelope(self, *, as_received: bool = False) -> None:
        """Ask where to save the chosen request's body, scrubbed or *as_received*."""
        chosen = self._view.chosen()
        if chosen is not None:
            self.deeds.ask_for_envelope(chosen.request.id, as_received=as_received)

    def make_fixture(self) -> None:
        """Ask where to write the chosen request as a test fixture."""
        chosen = self._view.chosen()
        if chosen is not None:
            self.deeds.ask_for_fixture(chosen.request.id)

    def toggle_raw(self) -> None:
        """Switch the chosen item between tree and bytes."""
        self._panes.items.content.toggle_raw()

    def save_bytes(self, *, as_received: bool = False) -> None:
        """Ask where to save the chosen item's bytes, scrubbed or *as_received*."""
        self._panes.items.save_as(as_received=as_received)

    def show_requests(self) -> None:
        """Show what the chosen sender sent."""
        self._senders.list.open_current()

    # ---------------------------------------------------------------- rows and menus

    def _do(self, key: int, deed: Deed) -> None:
        """Do what a row's button says."""
        self._list.select_key(key)
        if deed is Deed.ADOPT:
            self.adopt()
        elif deed is Deed.BYTES:
            self._panes.want_bytes(key)
            self._view.read_chosen()
        else:
            self._view.show_tab("senders")
            listed = self._view.chosen()
            if listed is not None:
                self._senders.list.select_key(listed.request.sender)

    def _show_request_menu(self, at: QPoint) -> None:
        if self._list.row_at(at) >= 0:
            self._pop_up(MENU, self._list.viewport().mapToGlobal(at))

    def _show_sender_menu(self, at: QPoint) -> None:
        if self._senders.list.row_at(at) >= 0:
            self._pop_up(SENDER_MENU, self._senders.list.viewport().mapToGlobal(at))

    def _pop_up(self, commands: Sequence[str | None], at: QPoint) -> None:
        self._commands.refresh()
        menu = self._commands.fill_menu(QMenu(self._window), commands)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(at)

    def show_menu(self) -> None:
        """Show the chosen row's menu at the row."""
        view = self._senders.list if self._view.current_tab() == "senders" else self._list
        index = view.currentIndex()
        if index.isValid():
            at = view.row_rect(index.row()).bottomLeft() + QPoint(24, 0)
            show = self._show_sender_menu if view is self._senders.list else self._show_request_menu
            show(at if view.row_at(at) >= 0 else view.row_rect(index.row()).center())
