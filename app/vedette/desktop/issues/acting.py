"""What commands do to issues: to those marked, else to the selected one, else to the one that is open."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from vedette.api.outgoing import outgoing_issues
from vedette.desktop.issues import copying
from vedette.desktop.issues.changes import IssueChanges, Sentence, Wanted
from vedette.desktop.issues.terms import terms_of, with_term
from vedette.desktop.language import tr
from vedette.desktop.shell.places import Place
from vedette.domain.issues import Priority, Status, Substatus
from vedette.domain.json import JsonObject
from vedette.domain.times import Micros, to_iso
from vedette.store.queries.issue_rows import IssueRow

if TYPE_CHECKING:
    from vedette.desktop.bridge.bridge import Bridge


class Held(Protocol):
    """The list, as far as changes need it."""

    @property
    def query(self) -> str: ...
    def is_whole(self) -> bool:
        """Return whether all that is searched is meant, not only the rows held."""
        ...

    def has_targets(self) -> bool: ...
    def targets(self) -> list[IssueRow]: ...
    def wanted(self) -> Wanted: ...
    def foresee(self, ids: Sequence[int], **values: object) -> None: ...
    def read_again(self, ids: Sequence[int]) -> None: ...
    def clear_marks(self) -> None: ...


class IssueActing(QObject):
    """Changes, copies and filters for the commands; every change can be taken back."""

    navigate = Signal(object)
    queryWanted = Signal(str)
    done = Signal(str, object)
    """A sentence for the toast, and what undoes it."""
    failed = Signal(str, str)
    untilWanted = Signal()
    """Until when issues are to be archived has to be asked."""
    releaseWanted = Signal()
    """In which release issues are resolved has to be asked."""

    def __init__(
        self, bridge: "Bridge", held: Held, opened: Callable[[], IssueRow | None], parent: QObject
    ) -> None:
        """*opened* gives the open issue, None without one."""
        super().__init__(parent)
        self._bridge = bridge
        self._held = held
        self._opened = opened
        self.changes = IssueChanges(bridge, self)
        self.changes.done.connect(self.done)
        self.changes.failed.connect(self.failed)
        self.changes.refused.connect(held.read_again)

    def targets(self) -> list[IssueRow]:
        """Return the issues that are meant, as far as their rows are held."""
        rows = self._held.targets()
        opened = None if rows else self._opened()
        return rows if opened is None else [opened]

    def in_words(self) -> str:
        """Return how the issues that are meant are called, "" if there are none."""
        if self._held.is_whole():
            return tr("all issues found")
        rows = self.targets()
        return rows[0].short if len(rows) == 1 else tr("%n issue(s)", "", len(rows)) if rows else ""

    def has_target(self) -> bool:
        return self._held.has_targets() or self._opened() is not None

    def _change(self, sentence: Sentence, body: JsonObject, **seen_at_once: object) -> None:
        ids = [row.id for row in self.targets()]
        self._held.foresee(ids, **seen_at_once)
        if self._held.is_whole():
            self.changes.change_found(self._held.wanted(), ids, sentence, body)
        else:
            self.changes.change(ids, sentence, body)
        self._held.clear_marks()

    # ---------------------------------------------------------------- states

    def resolve(self) -> None:
        self._change(
            lambda n: tr("Resolved %n issue(s)", "", n),
            {"status": Status.RESOLVED.value},
            status=Status.RESOLVED,
            substatus=None,
        )

    def resolve_in_next(self, what: str) -> None:
        """Resolve in the next ``release`` or the next ``run``."""
        details: dict[str, JsonObject] = {
            "release": {"inNextRelease": True},
            "run": {"inNextRun": True},
        }
        said: dict[str, Sentence] = {
            "release": lambda n: tr("Resolved %n issue(s) in the next release", "", n),
            "run": lambda n: tr("Resolved %n issue(s) in the next run", "", n),
        }
        self._change(
            said[what],
            {"status": Status.RESOLVED.value, "statusDetails": details[what]},
            status=Status.RESOLVED,
            substatus=None,
        )

    def archive_until(self, escalating: bool) -> None:
        """Archive until issues escalate, or for ever."""
        substatus = Substatus.ARCHIVED_UNTIL_ESCALATING if escalating else Substatus.ARCHIVED_FOREVER
        self._archive({}, substatus)

    def archive_for_events(self, count: int) -> None:
        """Archive until issues happened so many times more."""
        self._archive({"ignoreCount": count}, Substatus.ARCHIVED_UNTIL_CONDITION_MET)

    def archive_for_minutes(self, minutes: int) -> None:
        """Archive for so many minutes."""
        self._archive({"ignoreDuration": minutes}, Substatus.ARCHIVED_UNTIL_CONDITION_MET)

    def archive_until_moment(self, moment: Micros) -> None:
        """Archive until *moment*."""
        self._archive({"ignoreUntil": to_iso(moment)}, Substatus.ARCHIVED_UNTIL_CONDITION_MET)

    def ask_until(self) -> None:
        self.untilWanted.emit()

    def _archive(self, details: JsonObject, substatus: Substatus) -> None:
        self._change(
            lambda n: tr("Archived %n issue(s)", "", n),
            {"status": Status.IGNORED.value, "statusDetails": details, "substatus": substatus.value},
            status=Status.IGNORED,
            substatus=substatus.value,
        )

    def archive_until_next(self, what: str) -> None:
        """Archive until the next ``release`` or the next ``run``."""
        name = {"release": "untilNextRelease", "run": "untilNextRun"}[what]
        self._archive({name: True}, Substatus.ARCHIVED_UNTIL_CONDITION_MET)

    def archive_until_met(self, details: JsonObject) -> None:
        """Archive until one of the conditions in *details*, in the API's words, is met."""
        self._archive(details, Substatus.ARCHIVED_UNTIL_CONDITION_MET)

    def resolve_in_release(self, release: str) -> None:
        """Resolve in the release called *release*, ``latest`` for the newest of each project."""
        self._change(
            lambda n: tr("Resolved %n issue(s) in {release}", "", n).format(release=release),
            {"status": Status.RESOLVED.value, "statusDetails": {"inRelease": release}},
            status=Status.RESOLVED,
            substatus=None,
        )

    def ask_release(self) -> None:
        self.releaseWanted.emit()

    def delete(self) -> None:
        """Delete issues with their events, after a while in which that can be taken back."""
        self._change(lambda n: tr("Deleted %n issue(s)", "", n), {"delete": True})

    def discard(self) -> None:
        """Delete issues and filter events like theirs from now on."""
        self._change(lambda n: tr("Deleted and discarded %n issue(s)", "", n), {"discard": True})

    def set_label(self, label: int, name: str, *, carried: bool) -> None:
        """Give the label *label* to issues, or take it away."""

        def said(n: int) -> str:
            if carried:
                return tr("Labelled %n issue(s) {name}", "", n).format(name=name)
            return tr("Took {name} off %n issue(s)", "", n).format(name=name)

        self._change(said, {"addLabels" if carried else "removeLabels": [str(label)]})

    def unlock_priority(self) -> None:
        """Let the priority follow the rule again."""
        self._change(lambda n: tr("Priority by rule for %n issue(s)", "", n), {"priorityLocked": False})

    def reopen(self) -> None:
        self._change(
            lambda n: tr("Reopened %n issue(s)", "", n),
            {"status": Status.UNRESOLVED.value},
            status=Status.UNRESOLVED,
            substatus=Substatus.ONGOING.value,
        )

    def set_priority(self, priority: str) -> None:
        """Set the priority ``high``, ``medium`` or ``low``."""
        said: dict[str, Sentence] = {
            "high": lambda n: tr("High priority for %n issue(s)", "", n),
            "medium": lambda n: tr("Medium priority for %n issue(s)", "", n),
            "low": lambda n: tr("Low priority for %n issue(s)", "", n),
        }
        self._change(said[priority], {"priority": priority}, priority=int(Priority[priority.upper()]))

    def star(self) -> None:
        """Star; or, if all have one, take the stars away."""
        starred = not all(row.starred for row in self.targets())

        def said(n: int) -> str:
            return tr("Starred %n issue(s)", "", n) if starred else tr("Unstarred %n issue(s)", "", n)

        self._change(said, {"isBookmarked": starred}, starred=starred)

    def toggle_read(self) -> None:
        """Mark as read; or, if all are, as unread."""
        seen = not all(row.seen for row in self.targets())

        def said(n: int) -> str:
            return tr("Marked %n issue(s) read", "", n) if seen else tr("Marked %n issue(s) unread", "", n)

        self._change(said, {"hasSeen": seen}, seen=seen)

    def undo(self) -> None:
        self.changes.undo_last()

    def redo(self) -> None:
        self.changes.redo_last()

    def can_undo(self) -> bool:
        return self.changes.can_undo

    def can_redo(self) -> bool:
        return self.changes.can_redo

    # ---------------------------------------------------------------- copying, filtering, comparing

    def copy_as(self, form: str) -> None:
        """Put the issues on the clipboard as text, or as *form*: id, link, title, markdown, json.

        They are called by what their projects' privacy rules let leave, a moment later.
        """
        rows = self.targets()
        if form in ("id", "link"):
            self._copy(form, rows)
            return
        self._bridge.ask(
            outgoing_issues, rows,
            answer=lambda left: self._copy(form, left), failed=self.failed.emit, owner=self,
        )  # fmt: skip

    def _copy(self, form: str, rows: list[IssueRow]) -> None:
        folder = self._bridge.workspace.folder
        text = {
            "": lambda: copying.as_text(rows),
            "id": lambda: copying.as_ids(rows),
            "link": lambda: copying.as_links(rows, folder),
            "title": lambda: copying.as_titles(rows),
            "markdown": lambda: copying.as_markdown(rows, folder),
            "json": lambda: copying.as_json(rows, folder),
        }[form]()
        QGuiApplication.clipboard().setText(text)

    def _term(self, name: str) -> str:
        rows = self.targets()
        return terms_of(rows[0]).get(name, "") if rows else ""

    def can_filter(self, name: str) -> bool:
        return bool(self._term(name))

    def filter_by(self, name: str) -> None:
        """Narrow the search to what shares file, function, release, level or project with the issue."""
        self.narrow(self._term(name))

    def narrow(self, term: str) -> None:
        """Narrow the search by *term*."""
        if term:
            self.queryWanted.emit(with_term(self._held.query, term))

    def can_compare(self) -> bool:
        return len(self._held.targets()) == 2 and not self._held.is_whole()

    def compare(self) -> None:
        """Set the newest events of the two marked issues side by side."""
        first, second = (row.last_event for row in self._held.targets())
        self.navigate.emit(Place("compare", extra=f"{first},{second}"))
