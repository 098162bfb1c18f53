"""What the pages ask the store and the disk, each in a worker thread."""

import shutil
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from vedette.api.reading import read_whole_event
from vedette.desktop.issue.read import stacks_of
from vedette.desktop.issue.source.roots import SourceRoots
from vedette.desktop.issue.stack.frames import Frame
from vedette.domain.outcomes import IngestError
from vedette.domain.times import Micros
from vedette.domain.workspace import Workspace
from vedette.processing.rules import ProjectRules, read_rules
from vedette.store.errors import DamagedError
from vedette.store.queries.events import page_events
from vedette.store.queries.labels import LabelRow, list_discarded, list_labels
from vedette.store.queries.payloads import PayloadGoneError
from vedette.store.queries.projects import (
    KeyRow,
    PathMapping,
    ProjectRow,
    list_projects,
    project_keys,
    project_mappings,
    project_rules,
)
from vedette.store.queries.stats import Sizes, Totals, database_size, totals

Db = Any  # the store's connection, which the desktop only hands through

EVENTS_LOOKED_AT = 20


@dataclass(frozen=True, slots=True)
class ProjectSettings:
    """One project with all that can be set of it."""

    project: ProjectRow
    keys: tuple[KeyRow, ...]
    mappings: tuple[PathMapping, ...]
    rules: ProjectRules = field(default_factory=ProjectRules)

    @property
    def roots(self) -> SourceRoots:
        """Where its source is looked for."""
        folder = Path(self.project.folder) if self.project.folder else None
        return SourceRoots(folder, tuple((found.prefix, Path(found.folder)) for found in self.mappings))


@dataclass(frozen=True, slots=True)
class FoundFiles:
    """How many of the files in a project's latest events lie where its source is looked for."""

    found: int
    of: int
    missing: tuple[str, ...]  # names of some that do not, as the events have them


@dataclass(frozen=True, slots=True)
class Storage:
    """What lies where; ``free`` is the room left on the disk in bytes, None if the system does not tell."""

    totals: Totals
    sizes: Sizes
    free: int | None


@dataclass(frozen=True, slots=True)
class Discarded:
    """Events of a project with this hash (32 hex digits) are filtered, since ``at``."""

    project_id: int
    project: str  # its short code
    hash: str
    title: str  # of the issue that was deleted
    at: Micros

    @property
    def key(self) -> tuple[int, str]:
        """What tells it from others."""
        return self.project_id, self.hash


@dataclass(frozen=True, slots=True)
class IssueSettings:
    """Labels by name, and what is discarded, the newest first."""

    labels: tuple[LabelRow, ...]
    discarded: tuple[Discarded, ...]


def read_issue_settings(db: Db) -> IssueSettings:
    """Return the labels, each with how many issues carry it, and what is discarded."""
    slugs = {row.id: row.slug for row in list_projects(db)}
    return IssueSettings(
        tuple(list_labels(db)),
        tuple(
            Discarded(row.project, slugs.get(row.project, str(row.project)), row.hash, row.title, row.at)
            for row in list_discarded(db)
        ),
    )


def read_projects(db: Db) -> tuple[ProjectSettings, ...]:
    """Return every project by short code."""
    return tuple(
        ProjectSettings(
            row,
            tuple(project_keys(db, row.id)),
            project_mappings(db, row.id),
            read_rules(project_rules(db, row.id)),
        )
        for row in list_projects(db)
    )


def read_storage(db: Db, workspace: Workspace) -> Storage:
    """Return how much there is and how much room it takes."""
    try:
        free = shutil.disk_usage(workspace.folder).free
    except OSError:
        free = None
    return Storage(totals(db), database_size(workspace), free)


def find_files(db: Db, workspace: Workspace, project: int, roots: SourceRoots) -> FoundFiles:
    """Look for the files of the application's frames in a project's latest events."""
    frames: dict[str, Frame] = {}
    for row in page_events(db, project=project, limit=EVENTS_LOOKED_AT):
        try:
            event = read_whole_event(db, workspace, row).event
        except (PayloadGoneError, DamagedError, IngestError):
            continue
        frames.update(_files(stacks_of(event).values()))
    missing = [name for name, frame in frames.items() if roots.find(frame.data) is None]
    return FoundFiles(len(frames) - len(missing), len(frames), tuple(missing[:5]))


def _files(stacks: Iterable[tuple[Frame, ...]]) -> dict[str, Frame]:
    """Return one frame of the application for each file."""
    return {
        str(frame.data.get("abs_path") or frame.data["filename"]): frame
        for frames in stacks
        for frame in frames
        if frame.in_app and frame.data.get("filename")
    }
