"""What the list was asked for: search, scope, order; as a question to the store and as one to the station."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from vedette.desktop.issues.read import ListQuestion, build_filter
from vedette.desktop.issues.tabs import FIRST, tab_of
from vedette.desktop.shell.scope import Scope
from vedette.domain.times import Micros, to_iso
from vedette.store.queries.issue_rows import IssueFilter

if TYPE_CHECKING:
    from vedette.desktop.issues.changes import Wanted


class Searched:
    """Search and scope as they were chosen; ``question`` is what `render` made of them."""

    def __init__(self, clock: Callable[[], int]) -> None:
        self._clock = clock
        self._query: str | None = None  # nothing was asked for yet
        self.scope = Scope()
        self.question = ListQuestion(IssueFilter())

    @property
    def has_begun(self) -> bool:
        """Whether anything was asked for yet."""
        return self._query is not None

    @property
    def query(self) -> str:
        """The query."""
        return FIRST if self._query is None else self._query

    @property
    def tab(self) -> str:
        """The tab the query belongs to."""
        return tab_of(self.query)

    def ask(self, text: str) -> bool:
        """Take another query; return whether it is another one."""
        before, self._query = self._query, text.strip()
        return self._query != before

    def change(self, **parts: Any) -> bool:
        """Ask for another order, or for more beside the rows; return whether that is something else."""
        before, self.question = self.question, replace(self.question, **parts)
        return self.question != before

    def render(self) -> None:
        """Make the question anew. Raises QueryError, and then it stays what it was."""
        self.question = replace(self.question, where=build_filter(self.query, self.scope))

    def span(self) -> tuple[int, int]:
        """Return the time whose course is shown."""
        return self.question.span(Micros(self._clock()))

    def wanted(self) -> "Wanted":
        """Return all that fits as parameters of the API, for a change that goes to what is searched."""
        where = self.question.where
        wanted = [("query", self.query)]
        wanted += [("project", str(number)) for number in self.scope.projects]
        wanted += [("environment", name) for name in self.scope.environments]
        wanted += [("run", str(number)) for number in where.runs]
        for name, moment in (("start", where.since), ("end", where.until)):
            if moment is not None:
                wanted.append((name, to_iso(moment)))
        return wanted
