"""What the window around the views asks the store."""

from dataclasses import dataclass
from typing import Any

from vedette.domain.workspace import Workspace
from vedette.store.queries.projects import ProjectRow, list_projects
from vedette.store.queries.runs import RunRow, list_runs
from vedette.store.queries.stats import Sizes, Totals, database_size, totals
from vedette.store.queries.terms import newest_values

_MOST_ENVIRONMENTS = 40


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything the shell shows of the workspace."""

    totals: Totals
    sizes: Sizes
    projects: list[ProjectRow]
    runs: list[RunRow]
    environments: tuple[str, ...] = ()


def read_overview(db: Any, workspace: Workspace) -> Overview:
    """Return counts, sizes and the choices of the scope bar."""
    return Overview(
        totals(db),
        database_size(workspace),
        list_projects(db),
        list_runs(db, limit=30),
        tuple(sorted(newest_values(db, "environment", limit=_MOST_ENVIRONMENTS))),
    )
