"""The page of grouping: a project's rules, what they would change of what is stored, and applying them."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from vedette.api.regroup_preview import SECONDS, RegroupPreview, preview_regrouping
from vedette.desktop.bridge.state import StationState
from vedette.desktop.issue.grouping.drafts import RuleKind
from vedette.desktop.language import tr
from vedette.desktop.settings.calm import CalmCombo
from vedette.desktop.settings.grouping.checking import problems_in
from vedette.desktop.settings.grouping.progress import RegroupingProgress
from vedette.desktop.settings.grouping.report import summary
from vedette.desktop.settings.grouping.report_list import ReportList
from vedette.desktop.settings.grouping.rule_edit import Problem, RuleEdit
from vedette.desktop.settings.page import SettingsPage
from vedette.desktop.settings.read import ProjectSettings, read_projects
from vedette.desktop.shell.places import Place
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.buttons import Button
from vedette.desktop.widgets.flow_layout import FlowLayout
from vedette.desktop.widgets.labels import label
from vedette.desktop.widgets.segmented import Segment, Segmented
from vedette.domain.changes import Change, ChangeKind

if TYPE_CHECKING:
    from vedette.desktop.bridge.bridge import Bridge

CHECK_MS = 250


class _Body(QWidget):
    """All of the page as one thing that the search finds."""

    def apply_filter(self, words: Sequence[str], around: str = "") -> int:
        """Show it if it fits."""
        about = tr("rules fingerprint stack trace enhancements in-app merge split regroup preview")
        fits = all(word in f"{around} {about}".casefold() for word in words)
        self.setVisible(fits)
        return int(fits)


class GroupingPage(SettingsPage):
    """Rules are tried first, then used: for new events only, or for what is stored as well.

    Unlike other settings nothing applies while it is written: half a rule would group by half a thought.
    """

    def __init__(self, bridge: "Bridge", theme: Theme) -> None:
        super().__init__(bridge, theme, "grouping", tr("Grouping"))
        self._projects: dict[int, ProjectSettings] = {}
        self._wanted: tuple[int, RuleKind, str] | None = None  # a drafted rule, until the projects are read
        self._stored: dict[RuleKind, str] = dict.fromkeys(RuleKind, "")
        self._problems: dict[RuleKind, tuple[Problem, ...]] = dict.fromkeys(RuleKind, ())
        self.project = CalmCombo("settings.grouping.project", tr("Project"), ())
        self.kind = Segmented(
            theme,
            [
                Segment(RuleKind.FINGERPRINT, tr("Fingerprints")),
                Segment(RuleKind.STACK_TRACE, tr("Stack traces")),
            ],
            name="settings.grouping.kind",
            title=tr("Kind of rules"),
        )
        self.about = label("", "muted", name="settings.grouping.about")
        self.fields = {
            RuleKind.FINGERPRINT: RuleEdit(
                theme,
                name="settings.grouping.fingerprint",
                title=tr("Fingerprint rules, one a line"),
                hint='error.type:TimeoutError logger:"shop.*" -> timeout, {{ logger }}',
            ),
            RuleKind.STACK_TRACE: RuleEdit(
                theme,
                name="settings.grouping.stack_trace",
                title=tr("Stack trace rules, one a line"),
                hint="stack.module:vendor.* -group",
            ),
        }
        self.problem = Button(theme, "", name="settings.grouping.problem", role="quiet", icon="circle-alert")
        # A long sentence is cut at the page's edge rather than widening the page; its tip has all of it.
        self.problem.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.preview = Button(theme, tr("Preview"), name="settings.grouping.preview", icon="eye")
        self.apply = Button(theme, tr("Use for new events"), name="settings.grouping.apply")
        self.regroup = Button(
            theme, tr("Regroup what is stored"), name="settings.grouping.regroup", role="primary"
        )
        self.discard = Button(theme, tr("Discard"), name="settings.grouping.discard", role="quiet")
        self.summary = label("", "title", name="settings.grouping.summary")
        self.report = ReportList(theme)
        self.progress = RegroupingProgress(bridge, theme)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(CHECK_MS)
        self._lay_out()
        self._connect()
        self._show_kind()
        self.show_station(bridge.station)

    def _lay_out(self) -> None:
        self.about.setWordWrap(True)
        self.summary.setWordWrap(True)
        top = FlowLayout(8)
        top.addWidget(self.project)
        top.addWidget(self.kind)
        self.stack = QStackedWidget()
        for field in self.fields.values():
            field.setMinimumHeight(140)
            self.stack.addWidget(field)
        buttons = FlowLayout(8)
        for button in (self.preview, self.apply, self.regroup, self.discard):
            buttons.addWidget(button)
        body = _Body()
        body.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        column = QVBoxLayout(body)
        column.setContentsMargins(12, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self.about)
        column.addWidget(self.stack, 3)
        column.addWidget(self.problem)
        column.addLayout(buttons)
        column.addWidget(self.progress)
        column.addWidget(self.summary)
        column.addWidget(self.report, 2)
        self.add(body, 1)
        self.problem.hide()
        self.summary.hide()
        self.report.hide()

    def _connect(self) -> None:
        self.project.chosen.connect(lambda _: self._show_project())
        self.kind.chosen.connect(lambda _: self._show_kind())
        for field in self.fields.values():
            field.textChanged.connect(self._take_text)
        self._typing.timeout.connect(self._check)
        self.problem.clicked.connect(self._go_to_problem)
        self.preview.clicked.connect(self._ask_preview)
        self.apply.clicked.connect(self._apply)
        self.regroup.clicked.connect(self._regroup)
        self.progress.ended.connect(self._say_state)
        self.progress.failed.connect(self.failed)
        self.discard.clicked.connect(self._discard)
        self.report.opened.connect(lambda issue: self.navigate.emit(Place("issue", issue)))
        self._bridge.changed.connect(self._take_changes)

    # ---------------------------------------------------------------- showing

    def open(self) -> None:
        """Read the projects with their rules."""
        self._asking.ask("projects", read_projects, answer=self._take_projects, failed=self.failed.emit)

    def go(self, extra: str) -> None:
        """Show the project and the rule of *extra*, ``project:kind:rule``, as a draft."""
        project, _, rest = extra.partition(":")
        kind, _, rule = rest.partition(":")
        if project.isdecimal() and kind in list(RuleKind):
            self._wanted = (int(project), RuleKind(kind), rule)
            self._take_wanted()

    def _take_projects(self, projects: Sequence[ProjectSettings]) -> None:
        self._projects = {one.project.id: one for one in projects}
        chosen = self._chosen()
        self.project.offer([(str(number), one.project.slug) for number, one in self._projects.items()])
        if chosen is not None:
            self.project.choose(str(chosen))
        self._show_project(keep=self.is_changed)
        self._take_wanted()

    def _take_wanted(self) -> None:
        if self._wanted is None or self._wanted[0] not in self._projects:
            return
        project, kind, rule = self._wanted
        self._wanted = None
        if project != self._chosen():
            self.project.choose(str(project))
            self._show_project()
        self.kind.choose(kind)
        self._show_kind()
        if rule and rule not in self.fields[kind].toPlainText().splitlines():
            self.fields[kind].add_rule(rule)

    def _chosen(self) -> int | None:
        key = self.project.current()
        return int(key) if key else None

    def _show_project(self, *, keep: bool = False) -> None:
        """Show the rules of the chosen project; with *keep*, what is being written stays."""
        one = self._projects.get(self._chosen() or 0)
        if one is None:
            return
        self._stored = {
            RuleKind.STACK_TRACE: one.rules.stack_trace_rules,
            RuleKind.FINGERPRINT: one.rules.fingerprint_rules,
        }
        if not keep:
            for kind, field in self.fields.items():
                field.setPlainText(self._stored[kind])
            self._forget_preview()
        self._say_state()

    def _show_kind(self) -> None:
        kind = self._kind()
        self.stack.setCurrentWidget(self.fields[kind])
        self.about.setText(
            tr(
                "What an event must fit, then -> and the fingerprint it gets. The first rule that fits "
                "counts, also against a fingerprint that the SDK sent."
            )
            if kind is RuleKind.FINGERPRINT
            else tr(
                "Which frames count: +app and -app say what is the app's own code, +group and -group what is "
                "grouped by. They come after the built-in rules, and the last one that fits wins."
            )
        )
        self._say_problem()

    def _kind(self) -> RuleKind:
        return RuleKind(self.kind.current())

    # ---------------------------------------------------------------- writing

    @property
    def is_changed(self) -> bool:
        """Whether what is written is not what the project has."""
        return any(field.toPlainText() != self._stored[kind] for kind, field in self.fields.items())

    def _take_text(self) -> None:
        self._typing.start()
        self._forget_preview()
        self._say_state()

    def _check(self) -> None:
        for kind, field in self.fields.items():
            self._asking.compute(
                f"check {kind}",
                problems_in,
                kind,
                field.toPlainText(),
                answer=partial(self._take_problems, kind),
                failed=self.failed.emit,
            )

    def _take_problems(self, kind: RuleKind, problems: tuple[Problem, ...]) -> None:
        self._problems[kind] = problems
        self.fields[kind].show_problems(problems)
        self._say_problem()
        self._say_state()

    def _say_problem(self) -> None:
        problems = self._problems[self._kind()] or next(filter(None, self._problems.values()), ())
        self.problem.setVisible(bool(problems))
        if problems:
            first = problems[0]
            self.problem.setText(
                tr("Line {line}: {sentence}").format(line=first.line + 1, sentence=first.sentence)
            )
            self.problem.setToolTip(first.sentence)

    def _go_to_problem(self) -> None:
        for kind in (self._kind(), *RuleKind):
            if self._problems[kind]:
                self.kind.choose(kind)
                self._show_kind()
                self.fields[kind].go_to(self._problems[kind][0])
                return

    def _discard(self) -> None:
        for kind, field in self.fields.items():
            field.setPlainText(self._stored[kind])
        self._forget_preview()
        self._say_state()

    def _say_state(self) -> None:
        listening = self._bridge.station.listening
        sound = not any(self._problems.values())
        changed = self.is_changed
        self.preview.setEnabled(sound and not self._asking.holds("preview"))
        free = listening and not self.progress.is_under_way
        self.apply.setEnabled(free and sound and changed)
        self.regroup.setEnabled(free and sound)
        self.discard.setEnabled(changed)

    def show_station(self, station: StationState) -> None:
        """Let rules be used only while a station runs."""
        super().show_station(station)
        if hasattr(self, "discard"):
            self._say_state()

    # ---------------------------------------------------------------- trying and using
    def _ask_preview(self) -> None:
        project = self._chosen()
        if project is None:
            return
        self.summary.setText(tr("Grouping what is stored by these rules…"))
        self.summary.show()
        self._asking.ask(
            "preview",
            preview_regrouping,
            self._bridge.workspace,
            project,
            self.fields[RuleKind.STACK_TRACE].toPlainText(),
            self.fields[RuleKind.FINGERPRINT].toPlainText(),
            answer=self._show_preview,
            failed=self._fail_preview,
            limit=2 * SECONDS,
        )
        self._say_state()

    def _show_preview(self, preview: RegroupPreview) -> None:
        self.summary.setText(summary(preview))
        self.report.show_preview(preview)
        self.report.setVisible(bool(preview.changes))
        self._say_state()

    def _fail_preview(self, said: str, details: str) -> None:
        self._forget_preview()
        self._say_state()
        self.failed.emit(said, details)

    def _take_changes(self, changes: Sequence[Change]) -> None:
        if self.isVisible() and any(change.kind is ChangeKind.PROJECT for change in changes):
            self.open()

    def _forget_preview(self) -> None:
        self._asking.cancel("preview")
        self.summary.hide()
        self.report.hide()

    def _regroup(self) -> None:
        """Let the project have the rules as written, and group what is stored by them in the background."""
        project = self._chosen()
        if project is None:
            return
        body = self._body()
        self.regroup.setEnabled(False)
        self._bridge.call(
            "POST",
            f"/projects/desk/{project}/regroup/",
            body,
            answer=lambda told: self._regrouping(told, body),
            failed=self._fail_regrouping,
            owner=self,
        )

    def _regrouping(self, told: Any, body: dict[str, str]) -> None:
        self._applied(body)
        if told:
            self.progress.follow(told)
        self._say_state()

    def _fail_regrouping(self, said: str, details: str) -> None:
        self._say_state()
        self.failed.emit(said, details)

    def _body(self) -> dict[str, str]:
        return {kind.value: field.toPlainText() for kind, field in self.fields.items()}

    def _apply(self) -> None:
        """Let the project have the rules as written, for what comes from now on."""
        project = self._chosen()
        if project is None:
            return
        body = self._body()
        self._bridge.call(
            "PUT",
            f"/projects/desk/{project}/",
            body,
            answer=lambda _: self._applied(body),
            failed=self.failed.emit,
            owner=self,
        )

    def _applied(self, body: dict[str, str]) -> None:
        self._stored = {kind: body[kind.value] for kind in RuleKind}
        self._forget_preview()
        self._say_state()
        self.open()
