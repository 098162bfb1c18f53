"""The page of issues: the labels they can carry, and what is not wanted again."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer

from vedette.desktop.bridge.state import StationState
from vedette.desktop.language import tr
from vedette.desktop.settings.discarded_list import DiscardedList
from vedette.desktop.settings.labels_panel import LabelList, LabelPanel
from vedette.desktop.settings.page import SettingsPage
from vedette.desktop.settings.read import Discarded, IssueSettings, read_issue_settings
from vedette.desktop.theme.theme import Theme
from vedette.domain.changes import Change, ChangeKind
from vedette.domain.json import JsonValue

if TYPE_CHECKING:
    from vedette.desktop.bridge.bridge import Bridge

LABELS = "/organizations/desk/labels/"
DISCARDED = "/organizations/desk/discarded-hashes/"
REFRESH_MS = 1_000
"""How soon after issues changed their labels are counted again."""


class IssuesPage(SettingsPage):
    def __init__(self, bridge: "Bridge", theme: Theme) -> None:
        super().__init__(bridge, theme, "issues", tr("Issues"))
        self._found: IssueSettings | None = None
        self._wanted: int | None = None  # a label to choose once it is there
        self._refresh = QTimer(self)
        self._refresh.setSingleShot(True)
        self._refresh.setInterval(REFRESH_MS)
        self._refresh.timeout.connect(self._reread)
        self.begin_group(tr("Labels"))
        self.labels = LabelList(theme)
        self.panel = LabelPanel(theme)
        self.add(self.labels)
        self.add(self.panel)
        self.panel.hide()
        self.begin_group(tr("Discarded"))
        self.discarded = DiscardedList(theme)
        self.add(self.discarded)
        self.labels.list.currentRowChanged.connect(lambda _: self.panel.show_label(self.labels.chosen()))
        self.labels.wanted.connect(self._make)
        self.panel.changed.connect(lambda label, change: self._call("PUT", f"{LABELS}{label}/", change))
        self.panel.deleted.connect(lambda label: self._call("DELETE", f"{LABELS}{label}/"))
        self.discarded.letIn.connect(self._let_in)
        bridge.changed.connect(self._take_changes)
        self.show_station(bridge.station)

    def open(self) -> None:
        self._asking.ask("issues", read_issue_settings, answer=self._take, failed=self.failed.emit)

    def show_station(self, station: StationState) -> None:
        for part in (self.labels, self.panel, self.discarded):
            part.set_listening(station.listening)

    def _take(self, found: IssueSettings) -> None:
        before, self._found = self._found, found
        if before is None or before.labels != found.labels:
            self.labels.show_labels(found.labels)
        if before is None or before.discarded != found.discarded:
            self.discarded.show_discarded(found.discarded)
        if self._wanted is not None and self.labels.choose(self._wanted):
            self._wanted = None
        self.panel.show_label(self.labels.chosen())

    def _take_changes(self, changes: tuple[Change, ...]) -> None:
        if not self.isVisible():
            return
        kinds = {change.kind for change in changes}
        if ChangeKind.SETTINGS in kinds:
            self.open()
        elif ChangeKind.ISSUE in kinds and not self._refresh.isActive():
            self._refresh.start()

    def _reread(self) -> None:
        if self.isVisible():
            self.open()

    # ---------------------------------------------------------------- changing

    def _make(self, name: str) -> None:
        def made(answer: Any) -> None:
            self.labels.new_name.clear()
            self._wanted = int(answer["id"])
            self.open()

        self._bridge.call("POST", LABELS, {"name": name}, answer=made, failed=self.failed.emit, owner=self)

    def _let_in(self, one: Discarded) -> None:
        self.discarded.list.setFocus()  # the button may go away under the keyboard
        self._call("DELETE", f"{DISCARDED}{one.project_id}/{one.hash}/")

    def _call(self, method: str, path: str, body: JsonValue = None) -> None:
        def fail(sentence: str, details: str) -> None:
            self.panel.refuse()
            self.failed.emit(sentence, details)
            self.open()

        self._bridge.call(method, path, body, answer=lambda _: self.open(), failed=fail, owner=self)
