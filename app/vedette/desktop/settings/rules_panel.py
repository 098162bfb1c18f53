"""Privacy and filters of one project: what is scrubbed, what is not wanted, what is trimmed."""

from collections.abc import Sequence

import orjson
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from vedette.desktop.language import tr
from vedette.desktop.settings.calm import CalmCombo
from vedette.desktop.settings.lines_edit import LinesEdit
from vedette.desktop.settings.match_label import MatchLabel
from vedette.desktop.settings.page import make_switch
from vedette.desktop.settings.row import SettingRow
from vedette.desktop.theme.theme import Theme
from vedette.domain.json import JsonObject, JsonValue
from vedette.processing.rules import ProjectRules, rules_json

_USUAL = rules_json(ProjectRules())
_FILTERS = frozenset(name for name in _USUAL if "-" in name) | {"localhost"}


class RulesPanel(QWidget):
    """Shows a project's rules; ``wanted`` carries what the user changed: a path below the project, a body."""

    wanted = Signal(str, object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._rules: JsonObject = dict(_USUAL)
        self.rows: list[SettingRow] = []
        self.headings: list[tuple[MatchLabel, list[SettingRow]]] = []
        self._switches: dict[str, QCheckBox] = {}
        self._fields: dict[str, LinesEdit] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self.setObjectName("settings.project.rules")
        self._add_privacy()
        self._add_filters()

    # ---------------------------------------------------------------- rows

    def _add_privacy(self) -> None:
        self._begin(tr("Privacy"), "privacy")
        self._switch(
            "scrubOnExport",
            tr("Scrub what leaves"),
            tr("Passwords, keys, card numbers and the like are replaced in what you copy or save."),
            "copy export markdown curl redact pii secret",
        )
        self._switch(
            "scrubOnIngest",
            tr("Scrub before storing"),
            tr(
                "They are replaced in what comes in from now on, before it is stored. The bytes as they came "
                "are then not kept."
            ),
            "ingest redact pii secret raw",
        )
        self._switch(
            "dataScrubberDefaults",
            tr("Usual rules"),
            tr(
                "Values of keys like password, token or auth, session cookies, card numbers, IBANs, private "
                "keys, bearer tokens, passwords in addresses."
            ),
            "default rules creditcard iban bearer cookie",
        )
        self._switch(
            "scrubIPAddresses",
            tr("IP addresses too"),
            tr("Of users, requests, and wherever they stand in text."),
            "ip",
        )
        self._lines(
            "sensitiveFields",
            tr("More sensitive fields"),
            tr("One a line: keys that contain it lose their value."),
            "keys names redact",
            "ssid",
        )
        self._lines(
            "safeFields",
            tr("Safe fields"),
            tr("One a line: keys whose value always stays."),
            "keep allow",
            "auth_method",
        )
        self._lines(
            "relayPiiConfig",
            tr("Rules of your own"),
            tr("As under Sentry's Advanced Data Scrubbing: JSON with rules and the places they are for."),
            "json pii config advanced selectors",
            '{"applications": {"$frame.vars.**": ["@email"]}}',
            least=2,
        )
        self.trimming = CalmCombo(
            "settings.project.trimming",
            tr("Long values"),
            (("none", tr("Kept whole")), ("reference", tr("Trimmed as Sentry does"))),
        )
        self.trimming.chosen.connect(lambda key: self.put("trimming", key))
        self._add(
            "trimming",
            tr("Long values"),
            self.trimming,
            tr("Trimmed ones are stored trimmed; the bytes as they came are then not kept."),
            "limit size cut",
        )

    def _add_filters(self) -> None:
        self._begin(
            tr("Filters"),
            "filters",
            tr("What they filter makes no event. It is kept with its bytes and says why under Ingest."),
        )
        self._switch(
            "browser-extensions", tr("Browser extensions"), tr("Errors they make in pages."), "javascript"
        )
        self._switch(
            "legacy-browsers", tr("Old browsers"), tr("Ones Sentry calls legacy."), "ie safari chrome"
        )
        self._switch("web-crawlers", tr("Web crawlers"), tr("Known by their user agents."), "bots google")
        self._switch(
            "localhost", tr("This machine"), tr("Pages at localhost, users at 127.0.0.1."), "localhost local"
        )
        self._switch(
            "filtered-transaction",
            tr("Health checks"),
            tr("Transactions like /healthz, /ready, /ping."),
            "ping live",
        )
        self._switch("react-hydration-errors", tr("Hydration errors"), tr("Of React's pages."), "react ssr")
        self._switch(
            "chunk-load-error", tr("Chunks not loaded"), tr("Parts of a page after a deploy."), "webpack vite"
        )
        self._switch("invalid-csp", tr("Security reports"), tr("Of what extensions load into pages."), "csp")
        self._lines(
            "error-message",
            tr("Messages"),
            tr("One a line, * for anything: type and value, or the message."),
            "error glob",
            "TypeError: *undefined*",
        )
        self._lines(
            "log-message",
            tr("Logs"),
            tr("One a line, * for anything."),
            "log glob",
            "GET /*",
        )
        self._lines(
            "trace-metric-name",
            tr("Metrics"),
            tr("One a line, * for anything."),
            "metric name glob",
            "http.*",
        )
        self._lines(
            "release-version", tr("Releases"), tr("One a line, * for anything."), "version glob", "1.*"
        )
        self._lines(
            "ip-address",
            tr("Addresses"),
            tr("One a line: addresses or networks, of clients and users."),
            "ip cidr network",
            "10.0.0.0/8",
        )

    def _begin(self, title: str, name: str, about: str = "") -> None:
        heading = MatchLabel(self._theme, title, "title", name=f"settings.project.{name}.heading")
        heading.setContentsMargins(0, 14, 0, 2)
        self._column.addWidget(heading)
        self.headings.append((heading, []))
        if about:
            said = MatchLabel(self._theme, about, "muted", name=f"settings.project.{name}.about")
            said.setContentsMargins(12, 0, 0, 4)
            self._column.addWidget(said)

    def _add(self, member: str, title: str, control: QWidget, about: str, words: str) -> None:
        row = SettingRow(
            self._theme,
            title,
            control,
            name=f"settings.project.{member}",
            about=about,
            words=words,
            usual=_in_words(_USUAL[member]),
            is_usual=lambda: bool(self._rules[member] == _USUAL[member]),
            reset=lambda: self.put(member, _USUAL[member]),
        )
        self.rows.append(row)
        self.headings[-1][1].append(row)
        self._column.addWidget(row)

    def _switch(self, member: str, title: str, about: str, words: str) -> None:
        box = make_switch(f"settings.project.{member}", title)
        box.clicked.connect(lambda on: self.put(member, bool(on)))
        self._switches[member] = box
        self._add(member, title, box, about, words)

    def _lines(self, member: str, title: str, about: str, words: str, hint: str, *, least: int = 1) -> None:
        field = LinesEdit(f"settings.project.{member}", title, hint, least=least)
        field.edited.connect(
            lambda text: self.put(member, text if member == "relayPiiConfig" else field.lines())
        )
        self._fields[member] = field
        self._add(member, title, field, about, words)

    # ---------------------------------------------------------------- showing

    def show_rules(self, rules: ProjectRules, *, is_other: bool) -> None:
        """Show *rules*, of another project than before if *is_other*."""
        self._rules = rules_json(rules)
        for member, box in self._switches.items():
            box.setChecked(bool(self._rules[member]))
        for member, field in self._fields.items():
            field.show_text(_as_text(member, self._rules[member]), anew=is_other)
        self.trimming.choose(str(self._rules["trimming"]))
        for row in self.rows:
            row.show_state()

    def set_listening(self, listening: bool) -> None:
        """Let rules be changed only while a station runs."""
        for control in (*self._switches.values(), *self._fields.values(), self.trimming):
            control.setEnabled(listening)

    def apply_filter(self, words: Sequence[str], around: str = "") -> int:
        """Show the rows that fit, and the headings above them; returns how many rows do."""
        found = 0
        for heading, rows in self.headings:
            fitting = sum(row.apply_filter(words, f"{around} {heading.plain}") for row in rows)
            heading.setVisible(bool(fitting))
            found += fitting
        return found

    # ---------------------------------------------------------------- changing

    def put(self, member: str, value: JsonValue) -> None:
        """Ask for *member* to become *value*."""
        if member not in _FILTERS:
            self.wanted.emit("", {member: value})
        elif isinstance(value, bool) or not value:
            self.wanted.emit(f"filters/{member}/", {"active": bool(value)})
        else:
            self.wanted.emit(f"filters/{member}/", {"subfilters": value})


def _as_text(member: str, value: JsonValue) -> str:
    if member == "relayPiiConfig":
        if not value:
            return ""
        return orjson.dumps(orjson.loads(value), option=orjson.OPT_INDENT_2).decode()
    return "\n".join(value) if isinstance(value, list) else ""


def _in_words(value: JsonValue) -> str:
    if value is True:
        return tr("on")
    return tr("Kept whole") if value == "none" else tr("off") if value is False else tr("none")
