"""What can be set of one project."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from vedette.desktop.bridge.in_flight import InFlight
from vedette.desktop.language import tr
from vedette.desktop.settings.colour_picker import ColourPicker
from vedette.desktop.settings.keys_list import KeysList
from vedette.desktop.settings.mappings import ChooseFolder, MappingsEditor, ask_for_folder
from vedette.desktop.settings.read import FoundFiles, ProjectSettings, find_files
from vedette.desktop.settings.row import SettingRow
from vedette.desktop.settings.rules_panel import RulesPanel
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.buttons import Button
from vedette.desktop.widgets.elided_label import ElidedLabel
from vedette.domain.json import JsonObject, JsonValue
from vedette.store.queries.projects import PathMapping

if TYPE_CHECKING:
    from vedette.desktop.bridge.bridge import Bridge


class ProjectPanel(QWidget):
    """Shows the project it is given and changes it through the station."""

    failed = Signal(str, str)
    changed = Signal()

    def __init__(self, bridge: "Bridge", theme: Theme) -> None:
        super().__init__()
        self._bridge = bridge
        self._theme = theme
        self._asking = InFlight(bridge, self)
        self._shown: ProjectSettings | None = None
        self.choose_folder: ChooseFolder = ask_for_folder
        self.setObjectName("settings.project")
        self.name = _line_edit("settings.project.name", tr("Name of the project"), 200)
        self.slug = _line_edit("settings.project.slug", tr("Short code of the project"), 50)
        self.colour = ColourPicker(theme, name="settings.project.colour", title=tr("Colour of the project"))
        self.mappings = MappingsEditor(theme, name="settings.project.mappings")
        self.keys = KeysList(theme, name="settings.project.keys")
        self.rules = RulesPanel(theme)
        self.rows: list[SettingRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 6, 0, 0)
        self._column.setSpacing(2)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self._add(tr("Name"), self.name, "name")
        self._add(
            tr("Short code"),
            self.slug,
            "slug",
            about=tr("In front of issue numbers, as in DESK-12. Links with another one lead nowhere then."),
            words="slug id prefix",
        )
        self._add(tr("Colour"), self.colour, "colour", words="color dot")
        self.folder_row = self._add(
            tr("Source folder"),
            self._make_folder(),
            "folder",
            words="path code repository checkout local source",
        )
        self._add(
            tr("Path mappings"),
            self.mappings,
            "mappings",
            about=tr(
                "For source that lies elsewhere, or under another path where it ran: paths that begin like "
                "this in an event lie in that folder. The first that fits is used, before the source folder."
            ),
            words="prefix container docker webpack folder",
        )
        self._add(
            tr("Keys"),
            self.keys,
            "keys",
            about=tr("What SDKs are given to send here. A key that is off is refused."),
            words="dsn public key sdk client",
        )
        self._column.addWidget(self.rules)

    def _add(
        self, title: str, control: QWidget, name: str, *, about: str = "", words: str = ""
    ) -> SettingRow:
        row = SettingRow(
            self._theme, title, control, name=f"settings.project.{name}", about=about, words=words
        )
        self.rows.append(row)
        self._column.addWidget(row)
        return row

    def _make_folder(self) -> QWidget:
        self.folder = ElidedLabel(self._theme, "code", name="settings.project.folder")
        self.choose = Button(self._theme, tr("Choose…"), name="settings.project.choose", role="small")
        self.choose.setAccessibleName(tr("Choose the source folder"))
        self.forget = Button(self._theme, tr("Forget"), name="settings.project.forget", role="small")
        self.forget.setAccessibleName(tr("Forget the source folder"))
        control = QWidget()
        control.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        line = QHBoxLayout(control)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(self.folder, 1)
        line.addWidget(self.choose)
        line.addWidget(self.forget)
        return control

    def _connect(self) -> None:
        self.name.editingFinished.connect(lambda: self._put_text("name", self.name))
        self.slug.editingFinished.connect(lambda: self._put_text("slug", self.slug))
        self.colour.chosen.connect(lambda colour: self.put({"colour": colour}))
        self.choose.clicked.connect(self._choose)
        self.forget.clicked.connect(self._forget)
        self.mappings.changed.connect(self._put_mappings)
        self.rules.wanted.connect(lambda path, body: self._call("PUT", path, body))
        self.keys.addWanted.connect(lambda: self._call("POST", "keys/", {}))
        self.keys.switched.connect(lambda key, on: self._call("PUT", f"keys/{key}/", {"isActive": on}))

    # ---------------------------------------------------------------- showing

    @property
    def shown(self) -> ProjectSettings | None:
        """The project on show."""
        return self._shown

    def show_project(self, settings: ProjectSettings, address: str) -> None:
        """Show a project; *address* is where its DSNs lead, "" while no station runs."""
        before, self._shown = self._shown, settings
        project = settings.project
        is_other = before is None or before.project.id != project.id
        for field, text in ((self.name, project.name), (self.slug, project.slug)):
            if is_other or not field.hasFocus():
                field.setText(text)
        self.colour.choose(project.colour)
        self.folder.set_text(project.folder or tr("No folder yet"))
        self.forget.setEnabled(bool(project.folder))
        self.mappings.show_mappings(settings.mappings)
        self.keys.show_keys(settings.keys, address)
        self.rules.show_rules(settings.rules, is_other=is_other)
        if is_other or before is None or before.roots != settings.roots:
            self._look_for_files(settings)

    def set_listening(self, listening: bool) -> None:
        """Let things be changed only while a station runs."""
        for control in (self.name, self.slug, self.colour, self.choose, self.mappings, self.keys.add):
            control.setEnabled(listening)
        self.rules.set_listening(listening)
        has_folder = self._shown is not None and bool(self._shown.project.folder)
        self.forget.setEnabled(listening and has_folder)

    def _look_for_files(self, settings: ProjectSettings) -> None:
        self.folder_row.say_help(
            tr("Where the project's source lies on this disk: stack traces then show it and open it.")
        )
        if settings.roots:
            self._asking.ask(
                "files",
                find_files,
                self._bridge.workspace,
                settings.project.id,
                settings.roots,
                answer=self._say_found,
                failed=lambda sentence, _: self.folder_row.say_help(sentence),
            )
        else:
            self._asking.cancel("files")

    def _say_found(self, files: FoundFiles) -> None:
        self.folder_row.say_help(say_found(files))

    def apply_filter(self, words: Sequence[str], around: str = "") -> int:
        """Show the rows that fit and return how many do."""
        if self._shown is not None:
            project = self._shown.project
            around = f"{around} {project.slug} {project.name}"
        return sum(row.apply_filter(words, around) for row in self.rows) + self.rules.apply_filter(
            words, around
        )

    # ---------------------------------------------------------------- changing

    def _choose(self) -> None:
        if self._shown is None:
            return
        project = self._shown.project
        title = tr("Source folder of {project}").format(project=project.slug)
        folder = self.choose_folder(self, title, project.folder or "")
        if folder:
            self.put({"folder": folder})

    def _forget(self) -> None:
        self.choose.setFocus()
        self.put({"folder": None})

    def _put_text(self, member: str, field: QLineEdit) -> None:
        if self._shown is None:
            return
        text, now = field.text().strip(), str(getattr(self._shown.project, member))
        if not text:
            field.setText(now)
        elif text != now:
            self.put({member: text}, lambda: field.setText(now))

    def _put_mappings(self, mappings: tuple[PathMapping, ...]) -> None:
        self.put({"mappings": [{"prefix": one.prefix, "folder": one.folder} for one in mappings]})

    def put(self, change: JsonObject, undo: Callable[[], object] | None = None) -> None:
        """Change the project on show; *undo* is called when the station refuses."""
        self._call("PUT", "", change, undo)

    def _call(
        self, method: str, path: str, body: JsonValue, undo: Callable[[], object] | None = None
    ) -> None:
        if self._shown is None:
            return

        def fail(sentence: str, details: str) -> None:
            if undo is not None:
                undo()
            self.failed.emit(sentence, details)
            self.changed.emit()

        self._bridge.call(
            method,
            f"/projects/desk/{self._shown.project.id}/{path}",
            body,
            answer=lambda _: self.changed.emit(),
            failed=fail,
            owner=self,
        )


def say_found(files: FoundFiles) -> str:
    """Return in words how much of the source lies where it is looked for."""
    if files.of == 0:
        return tr("The project has no events with files of its own yet, so nothing could be looked for.")
    said = tr("{found} of the %n file(s) in the latest events found here.", "", files.of).format(
        found=files.found
    )
    if files.missing:
        said += " " + tr("Not found, for example: {names}").format(names=", ".join(files.missing[:2]))
    return said


def _line_edit(name: str, title: str, longest: int) -> QLineEdit:
    field = QLineEdit()
    field.setObjectName(name)
    field.setAccessibleName(title)
    field.setMaxLength(longest)
    field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return field
