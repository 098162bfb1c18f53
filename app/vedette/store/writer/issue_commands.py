"""`issue.update`: what a person decides about issues, and how it can be taken back.

The answer tells what each issue was in the members that were changed; sending that back undoes it, with the
very conditions there were: what was archived until ten events more does not begin to count anew.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import orjson
from sqlalchemy import bindparam, select, update

from vedette.domain.changes import Change, ChangeKind
from vedette.domain.issues import Priority, Status, Substatus, initial_priority
from vedette.domain.json import JsonObject, JsonValue
from vedette.domain.levels import Level
from vedette.domain.times import MINUTE, Micros, from_iso
from vedette.store import schema
from vedette.store.engine import sql_of
from vedette.store.writer import arguments
from vedette.store.writer.command_error import CommandError
from vedette.store.writer.conditions import Archive, Resolution
from vedette.store.writer.issue_notes import note_activity
from vedette.store.writer.labelling import Labelling, label_change
from vedette.store.writer.workflow import ANY_RELEASE
from vedette.store.writer.writer import StoreWriter

_READ = (
    "status", "substatus", "status_details", "substatus_at", "resolved_at", "regressed_release_term",
    "starred", "seen", "priority", "priority_locked_at", "project", "n", "users", "level", "handled",
)  # fmt: skip
_STATUS_COLUMNS = (
    "status",
    "substatus",
    "status_details",
    "substatus_at",
    "resolved_at",
    "regressed_release_term",
)
_ARCHIVED = {
    Substatus.ARCHIVED_FOREVER,
    Substatus.ARCHIVED_UNTIL_ESCALATING,
    Substatus.ARCHIVED_UNTIL_CONDITION_MET,
}
_OPEN = {Substatus.NEW, Substatus.ONGOING, Substatus.REGRESSED, Substatus.ESCALATING}
_RESOLVED_BY = ("inNextRelease", "inRelease", "inNextRun", "inCommit")
_COUNTS = ("ignoreCount", "ignoreUserCount", "ignoreWindow", "ignoreUserWindow")
_ENDS = ("ignoreUntil", "ignoreCount", "ignoreUserCount", "untilNextRun", "untilNextRelease")
_MOST_COUNT = 10_000_000


@dataclass(frozen=True, slots=True)
class _StatusChange:
    """A checked change of status; ``basis`` is there when a change is taken back."""

    status: Status
    substatus: Substatus | None
    details: JsonObject
    basis: JsonObject | None
    until: int | None
    at: Micros


def update_issues(writer: StoreWriter, args: JsonObject, changes: list[Change]) -> JsonValue:
    """`issue.update` {ids, status?, substatus?, status_details?, basis?, starred?, seen?, priority?,
    priority_locked?, labels?, add_labels?, remove_labels?} → {before: {id: …}}.

    ``basis`` is what an answer's ``before`` holds of conditions. Labels are ids; ``labels`` are to be all.
    """
    ids = arguments.numbers(args)
    changing = _Changing(writer, args)
    before: dict[str, JsonObject] = {}
    issue = schema.issue
    read = sql_of(select(*(issue.c[name] for name in _READ)).where(issue.c.id == 0, issue.c.status <= 0))
    last = Status.IGNORED.number
    for number in ids:
        found = writer.raw.execute(read, (number, last)).fetchone()
        if found is not None:
            before[str(number)] = changing.change(number, dict(zip(_READ, found, strict=True)))
    if not before:
        raise CommandError("not_found", "None of these issues exists any more.")
    changes.append(Change(ChangeKind.ISSUE, tuple(int(number) for number in before)))
    return {"before": before}


class _Changing:
    """One `issue.update`, issue by issue."""

    def __init__(self, writer: StoreWriter, args: JsonObject) -> None:
        self._writer = writer
        self._at = writer.clock()
        self._status = _status_change(args, self._at)
        self._flags = {name: int(bool(args[name])) for name in ("starred", "seen") if name in args}
        self._priority = _priority(args)
        self._unlocks = "priority_locked" in args and not args["priority_locked"]
        self._labels = label_change(writer.raw, args)
        self._labelling = Labelling(writer.raw)
        self._newest: dict[int, tuple[int, str] | None] = {}
        priority = self._priority is not None or self._unlocks
        if not (self._status or self._flags or priority or self._labels):
            raise CommandError("bad_argument", "Nothing to change was given.")

    def change(self, number: int, row: dict[str, Any]) -> JsonObject:
        """Change the issue *number* and return what it was."""
        before: JsonObject = {}
        values: dict[str, Any] = {}
        if self._status is not None:
            before |= self._was(number, row)
            values |= self._set_status(number, row, self._status)
        for name, value in self._flags.items():
            before[name] = bool(row[name])
            values[name] = value
        if self._priority is not None or self._unlocks:
            before["priority"] = Priority(row["priority"]).name.lower()
            before["priority_locked"] = row["priority_locked_at"] is not None
            values |= self._set_priority(number, row)
        if self._labels is not None:
            before["labels"] = self._labelling.change(number, self._labels, self._note_labels)
        if values:
            self._write(number, values)
        return before

    def _write(self, number: int, values: dict[str, Any]) -> None:
        issue = schema.issue
        ordered = [values[column.name] for column in issue.columns if column.name in values]
        sql = sql_of(
            update(issue)
            .values({name: bindparam(f"new_{name}") for name in values})
            .where(issue.c.id == bindparam("which"))
        )
        self._writer.raw.execute(sql, (*ordered, number))

    def _note(self, issue: int, kind: str, data: JsonObject) -> None:
        note_activity(self._writer.raw, issue, self._at, kind, data)

    def _note_labels(self, issue: int, added: Sequence[str], removed: Sequence[str]) -> None:
        self._note(issue, "set_labels", {"added": list(added), "removed": list(removed)})

    # ---------------------------------------------------------------- status

    def _was(self, number: int, row: dict[str, Any]) -> JsonObject:
        basis = self._writer.workflow.conditions.basis(number)
        basis |= {name: row[name] for name in _STATUS_COLUMNS[3:] if row[name] is not None}
        return {
            "status": Status.of(row["status"]).value,
            "substatus": row["substatus"],
            "status_details": _details_of(row),
            "basis": basis,
        }

    def _set_status(self, number: int, row: dict[str, Any], change: _StatusChange) -> dict[str, Any]:
        conditions, pace = self._writer.workflow.conditions, self._writer.workflow.pace
        was = Status.of(row["status"])
        if change.status is was is Status.UNRESOLVED and change.substatus is None:
            return {}
        pace.drop(number)
        if change.basis is not None:
            details = change.details
            try:
                conditions.restore(number, change.basis)
            except (TypeError, ValueError) as error:
                raise CommandError(
                    "bad_argument", f"`basis` is not what was there before: {error}."
                ) from error
        else:
            conditions.drop(number)
            details = self._put_conditions(number, row, change)
        basis = change.basis or {}
        resolved = change.status is Status.RESOLVED
        substatus = None if resolved else change.substatus or Substatus.ONGOING
        values: dict[str, Any] = {
            "status": change.status.number,
            "substatus": substatus and substatus.value,
            "status_details": orjson.dumps(details).decode() if details else None,
            "substatus_at": basis.get("substatus_at", self._at),
            "resolved_at": basis.get("resolved_at", self._at) if resolved else None,
        }
        if "regressed_release_term" in basis:
            values["regressed_release_term"] = basis["regressed_release_term"]
        if (values["status"], values["substatus"], details) != (
            row["status"],
            row["substatus"],
            _details_of(row) or {},
        ):
            self._note(number, *_activity(change.status, details))
        return values

    def _put_conditions(self, number: int, row: dict[str, Any], change: _StatusChange) -> JsonObject:
        """Write what the new status of the issue waits for; returns the details it is told with."""
        details = change.details
        if change.status is Status.RESOLVED:
            return self._put_resolution(number, row, details)
        if change.status is not Status.IGNORED or change.substatus is Substatus.ARCHIVED_FOREVER:
            return {}
        newest = self._newest_of(row["project"]) if details.get("untilNextRelease") else None
        archive = Archive(
            number,
            self._at,
            until=change.until,
            count=details.get("ignoreCount"),
            window=_span(details.get("ignoreWindow")),
            user_count=details.get("ignoreUserCount"),
            user_window=_span(details.get("ignoreUserWindow")),
            run=self._writer.runs.current_at(self._at) if details.get("untilNextRun") else None,
            escalates=int(change.substatus is Substatus.ARCHIVED_UNTIL_ESCALATING),
            n=row["n"],
            users=row["users"],
        )
        if details.get("untilNextRelease"):
            archive = replace(archive, release_term=newest[0] if newest else ANY_RELEASE)
        self._writer.workflow.conditions.archives.put(archive)
        return details

    def _put_resolution(self, number: int, row: dict[str, Any], details: JsonObject) -> JsonObject:
        resolution: Resolution | None = None
        if details.get("inNextRun"):
            run = self._writer.runs.current_at(self._at)
            resolution = Resolution(number, self._at, "next_run", run=run)
            details = {"inNextRun": True}
        elif details.get("inNextRelease"):
            newest = self._newest_of(row["project"])
            resolution = Resolution(
                number, self._at, "next_release", release_term=newest[0] if newest else None
            )
            details = {"inNextRelease": True} | ({"currentRelease": newest[1]} if newest else {})
        elif details.get("inRelease"):
            term, name = self._release(row["project"], details["inRelease"])
            resolution = Resolution(number, self._at, "release", release_term=term)
            details = {"inRelease": name}
        if resolution is not None:
            self._writer.workflow.conditions.resolutions.put(resolution)
        return details

    def _release(self, project: int, name: str) -> tuple[int, str]:
        if name != "latest":
            return self._writer.term("release", name), name
        newest = self._newest_of(project)
        if newest is None:
            raise CommandError("bad_argument", "There is no release in this project yet.")
        return newest

    def _newest_of(self, project: int) -> tuple[int, str] | None:
        if project not in self._newest:
            self._newest[project] = self._writer.workflow.newest_release(project)
        return self._newest[project]

    # ---------------------------------------------------------------- priority

    def _set_priority(self, number: int, row: dict[str, Any]) -> dict[str, Any]:
        priority = self._priority
        if priority is None:
            handled = None if row["handled"] is None else bool(row["handled"])
            priority = initial_priority(Level.of(row["level"]), handled=handled)
        if priority != row["priority"]:
            self._note(number, "set_priority", {"priority": priority.name.lower()})
        return {"priority": int(priority), "priority_locked_at": None if self._unlocks else self._at}


def _priority(args: JsonObject) -> Priority | None:
    if "priority" not in args:
        return None
    try:
        return Priority[str(args["priority"]).upper()]
    except KeyError as error:
        raise CommandError("bad_argument", f"Not a priority an issue can have: {error}.") from error


def _status_change(args: JsonObject, at: Micros) -> _StatusChange | None:
    if args.get("status") is None and args.get("substatus") is None:
        return None
    try:
        substatus = None if args.get("substatus") is None else Substatus(args["substatus"])
        status = Status(args["status"]) if args.get("status") is not None else _status_of(substatus)
    except ValueError as error:
        raise CommandError("bad_argument", f"Not a value an issue can have: {error}.") from error
    basis, details = args.get("basis"), args.get("status_details") or {}
    if not isinstance(details, dict) or not (basis is None or isinstance(basis, dict)):
        raise CommandError("bad_argument", "`status_details` and `basis` must be objects.")
    if basis is None:
        details = _checked_details(status, details)
    elif any(type(basis.get(name, 0)) is not int for name in _STATUS_COLUMNS[3:]):
        raise CommandError("bad_argument", "`basis` is not what was there before.")
    if status is Status.IGNORED and substatus is None:
        met = any(details.get(name) for name in _ENDS)
        substatus = Substatus.ARCHIVED_UNTIL_CONDITION_MET if met else Substatus.ARCHIVED_UNTIL_ESCALATING
    allowed = {Status.IGNORED: _ARCHIVED, Status.UNRESOLVED: _OPEN, Status.RESOLVED: set()}[status]
    if substatus is not None and substatus not in allowed:
        raise CommandError("bad_argument", f"An issue that is {status} cannot be {substatus}.")
    until = details.get("ignoreUntil")
    try:
        moment = None if until is None else from_iso(until)
    except (ValueError, TypeError, OverflowError) as error:
        raise CommandError("bad_argument", f"`ignoreUntil` must be an ISO date: {until!r}.") from error
    return _StatusChange(status, substatus, details, basis, moment, at)


def _status_of(substatus: Substatus | None) -> Status:
    return Status.IGNORED if substatus in _ARCHIVED else Status.UNRESOLVED


def _checked_details(status: Status, details: JsonObject) -> JsonObject:
    """Return the members of *details* that mean something for *status*."""
    if status is Status.UNRESOLVED:
        return {}
    if status is Status.RESOLVED:
        found = {name: details[name] for name in _RESOLVED_BY if details.get(name)}
        release = details.get("inRelease")
        named = isinstance(release, str) and 0 < len(release.strip()) <= arguments.LONGEST_NAME
        if release is not None and not named:
            # Taken for nothing, an empty name would resolve at once what was meant for a release.
            raise CommandError("bad_argument", "`inRelease` must be the name of a release.")
        return found
    found = {name: details[name] for name in (*_ENDS, *_COUNTS) if details.get(name)}
    for name in _COUNTS:
        if name in found:
            arguments.number(found, name, least=1, most=_MOST_COUNT)
    return found


def _details_of(row: dict[str, Any]) -> JsonObject | None:
    return orjson.loads(row["status_details"]) if row["status_details"] else None


def _span(minutes: int | None) -> int | None:
    return None if minutes is None else minutes * MINUTE


def _activity(status: Status, details: JsonObject) -> tuple[str, JsonObject]:
    """Return the kind and data, in the protocol's words, of an activity that set *status*."""
    if status is Status.UNRESOLVED:
        return "set_unresolved", {}
    if status is Status.IGNORED:
        return "set_ignored", details
    if "inRelease" in details:
        return "set_resolved_in_release", {"version": details["inRelease"]}
    if "inNextRelease" in details:
        # An empty version is the protocol's word for the next release.
        current = details.get("currentRelease")
        return "set_resolved_in_release", {"version": "", "current_release_version": current}
    if "inCommit" in details:
        return "set_resolved_in_commit", {"commit": details["inCommit"]}
    return "set_resolved", details
