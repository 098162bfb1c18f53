"""The commands that regroup: what their arguments must be, and what each declares."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from vedette.digest.regrouping import Declare, Regroupings
from vedette.digest.rule_regrouping import TEXTS, RuleRegrouping
from vedette.digest.stored_events import RulesOf, StoredEvents
from vedette.domain.changes import Change
from vedette.domain.json import JsonObject, JsonValue
from vedette.processing.grouping.rule_text import RuleTextError
from vedette.processing.grouping.rules import split_rule
from vedette.store.writer.command_error import CommandError
from vedette.store.writer.journal import Entry, Kind
from vedette.store.writer.overrulings import Overrulings
from vedette.store.writer.regrouping import (
    check_alike,
    declare_merge,
    declare_move,
    declare_split,
    declare_unmerge,
    issue_row,
)
from vedette.store.writer.regrouping_rows import RegroupingRows
from vedette.store.writer.relocation import Relocation
from vedette.store.writer.workflow import Row
from vedette.store.writer.writer import StoreWriter

MOST_MERGED = 1_000
MOST_MOVED = 1_000
MOST_HASHES = 1_000
MOST_SPLITS = 200
LONGEST_MATCHERS = 2_000

Command = Callable[[StoreWriter, Regroupings, JsonObject], tuple[JsonValue, list[Change]]]


def told(entry: Entry) -> JsonObject:
    """Return what a caller is told of a regrouping."""
    data = entry.data
    answer: JsonObject = {
        "regrouping": entry.id,
        "kind": entry.kind.value,
        "state": entry.state.value,
        "done": entry.done,
        "total": entry.total,
        "moved": entry.moved,
    }
    for name in ("issue", "issues", "target", "error"):
        if data.get(name) is not None:
            answer[name] = data[name]
    return answer


# -------------------------------------------------------------------- commands


def merge_issues(
    writer: StoreWriter, regroupings: Regroupings, args: JsonObject
) -> tuple[JsonValue, list[Change]]:
    """`issue.merge` {ids} → {regrouping, state, issue, issues}: the one with most events stays."""
    ids = _numbers(args, "ids", MOST_MERGED)
    if len(ids) < 2:
        raise CommandError("bad_argument", "Merging takes at least two issues.")
    rows = [issue_row(regroupings.relocation, number) for number in ids]
    check_alike(rows)
    return _begin(regroupings, Kind.MERGE, rows[0]["project"], {"ids": ids})


def unmerge_issue(
    writer: StoreWriter, regroupings: Regroupings, args: JsonObject
) -> tuple[JsonValue, list[Change]]:
    """`issue.unmerge` {id, hashes} → {regrouping, state, issue, target}: these become an issue."""
    row = issue_row(regroupings.relocation, int(args["id"]))
    hashes = args.get("hashes")
    if not isinstance(hashes, list) or not 0 < len(hashes) <= MOST_HASHES:
        raise CommandError("bad_argument", f"`hashes` must be a list of 1 to {MOST_HASHES:,} hashes.")
    named = list(dict.fromkeys(_hash(digest).hex() for digest in hashes))
    return _begin(regroupings, Kind.UNMERGE, row["project"], {"id": row["id"], "hashes": named})


def split_issue(
    writer: StoreWriter, regroupings: Regroupings, args: JsonObject
) -> tuple[JsonValue, list[Change]]:
    """`issue.split` {id, matchers, target?} → {regrouping, state, issue, target}.

    Events of the issue that fit the matchers, written as in fingerprint rules, belong to *target* or a new
    issue, also those that come.
    """
    relocation = regroupings.relocation
    row = issue_row(relocation, int(args["id"]))
    matchers = args.get("matchers")
    if not isinstance(matchers, str) or not matchers.strip() or len(matchers) > LONGEST_MATCHERS:
        raise CommandError(
            "bad_argument", f"`matchers` must be a text of at most {LONGEST_MATCHERS:,} characters."
        )
    try:
        split_rule(0, matchers)
    except RuleTextError as error:
        raise CommandError("bad_argument", str(error)) from error
    target = _target(relocation, args, [row])
    wanted = {"id": row["id"], "matchers": matchers.strip(), "target": target}
    return _begin(regroupings, Kind.SPLIT, row["project"], wanted)


def move_events(
    writer: StoreWriter, regroupings: Regroupings, args: JsonObject
) -> tuple[JsonValue, list[Change]]:
    """`event.move` {events, target?} → {regrouping, state, target}: events, by row id, go to an issue.

    That is *target*, or a new one.

    They stay there, whatever their hashes say.
    """
    ids = _numbers(args, "events", MOST_MOVED)
    relocation = regroupings.relocation
    found = _events(regroupings.rows, ids)
    rows = [issue_row(relocation, number) for number in sorted({issue for _, _, issue in found})]
    check_alike(rows)
    target = _target(relocation, args, rows)
    return _begin(regroupings, Kind.MOVE, rows[0]["project"], {"events": ids, "target": target})


def undo_regrouping(
    writer: StoreWriter, regroupings: Regroupings, args: JsonObject
) -> tuple[JsonValue, list[Change]]:
    """`regrouping.undo` {id} → {regrouping, state}: as if it had not been done, for later events too."""
    entry, changes = regroupings.undo(int(args["id"]))
    return told(entry), changes


def cancel_regrouping(
    writer: StoreWriter, regroupings: Regroupings, args: JsonObject
) -> tuple[JsonValue, list[Change]]:
    """`regrouping.cancel` {id} → {regrouping, state}: stop what is not finished."""
    entry, changes = regroupings.cancel(int(args["id"]))
    return told(entry), changes


def apply_rules(
    writer: StoreWriter, regroupings: Regroupings, args: JsonObject
) -> tuple[JsonValue, list[Change]]:
    """`regroup.apply` {project, stack_trace_rules?, fingerprint_rules?} → {regrouping, state, done, total}.

    Stored events of the project are grouped by these rules, which are its own from then on. Without texts by
    those it has: after a new edition of grouping.
    """
    project = int(args["project"])
    if not writer.projects.is_there(project):
        raise CommandError("not_found", "That project does not exist.")
    texts = {name: args[name] for name in TEXTS if name in args}
    return _begin(regroupings, Kind.RULES, project, texts)


COMMANDS: dict[str, Command] = {
    "regroup.apply": apply_rules,
    "issue.merge": merge_issues,
    "issue.unmerge": unmerge_issue,
    "issue.split": split_issue,
    "event.move": move_events,
    "regrouping.undo": undo_regrouping,
    "regrouping.cancel": cancel_regrouping,
}


def _begin(
    regroupings: Regroupings, kind: Kind, project: int, args: JsonObject
) -> tuple[JsonValue, list[Change]]:
    entry, changes = regroupings.begin(kind, project, args)
    return told(entry), changes


def _numbers(args: JsonObject, name: str, most: int) -> list[int]:
    found = args.get(name)
    if not isinstance(found, list) or not found or not all(type(number) is int for number in found):
        raise CommandError("bad_argument", f"`{name}` must be a list of numbers.")
    if len(found) > most:
        raise CommandError("too_many", f"At most {most:,} at once.")
    return list(dict.fromkeys(found))


def _hash(text: JsonValue) -> bytes:
    try:
        digest = bytes.fromhex(text) if isinstance(text, str) else b""
    except ValueError:
        digest = b""
    if len(digest) != 16:
        raise CommandError("bad_argument", "A hash is 32 hexadecimal digits.")
    return digest


def _target(relocation: Relocation, args: JsonObject, rows: Sequence[Any]) -> int | None:
    if args.get("target") is None:
        return None
    target = issue_row(relocation, int(args["target"]))
    check_alike([*rows, target])
    if [row["id"] for row in rows] == [target["id"]]:
        raise CommandError("bad_argument", "That is the issue they are in.")
    return int(target["id"])


def _events(rows: RegroupingRows, ids: Sequence[int]) -> list[tuple[int, bytes, int]]:
    found = rows.rows(ids)
    if len(found) < len(ids):
        raise CommandError("not_found", "Not all of these events are here any more.")
    return [(row.id, row.eid, row.issue) for row in found]


# -------------------------------------------------------------------- declaring


class Declarations:
    """What each kind of regrouping declares; events are read to find hashes that go together."""

    def __init__(self, events: StoredEvents, rules_of: RulesOf, by_rules: RuleRegrouping) -> None:
        self._by_rules = by_rules
        self._events = events
        self._rules_of = rules_of

    @property
    def of(self) -> dict[Kind, Declare]:
        """What to call for each kind; it raises CommandError if things are not any more as they were."""
        return {
            Kind.MERGE: self.merge,
            Kind.UNMERGE: self.unmerge,
            Kind.SPLIT: self.split,
            Kind.MOVE: self.move,
            Kind.RULES: self._by_rules.declare,
        }

    def merge(self, writer: StoreWriter, relocation: Relocation, entry: Entry) -> None:
        rows = [issue_row(relocation, number) for number in entry.data["args"]["ids"]]
        check_alike(rows)
        declare_merge(writer, entry, rows)

    def unmerge(self, writer: StoreWriter, relocation: Relocation, entry: Entry) -> None:
        args = entry.data["args"]
        row = issue_row(relocation, args["id"])
        hashes = [bytes.fromhex(digest) for digest in args["hashes"]]
        firsts = RegroupingRows(writer.raw).first_hashes(row["id"])
        if set(firsts) <= set(hashes):
            raise CommandError("bad_argument", "These are all hashes of the issue: nothing would stay.")
        declare_unmerge(writer, entry, row, [*hashes, *self._beside(writer, row, hashes, firsts)])

    def _beside(
        self, writer: StoreWriter, row: Row, hashes: Sequence[bytes], firsts: Mapping[bytes, int]
    ) -> list[bytes]:
        """Return the other hashes of events of *hashes*, which no event has first."""
        leading = Overrulings(writer.raw).leading_to(row["id"])
        rows = RegroupingRows(writer.raw)
        found: dict[bytes, None] = {}
        for digest in hashes:
            place = rows.event_with(row["id"], digest, firsts[digest]) if digest in firsts else None
            read = None if place is None else self._events.read(place, self._rules_of(row["project"]))
            for text in () if read is None else read.grouping.hashes:
                other = bytes.fromhex(text)
                if other not in hashes and other not in firsts and rows.home(row["project"], text) in leading:
                    found[other] = None
        return list(found)

    def split(self, writer: StoreWriter, relocation: Relocation, entry: Entry) -> None:
        args = entry.data["args"]
        row = issue_row(relocation, args["id"])
        splits = RegroupingRows(writer.raw).splits()
        if sum(project == row["project"] for _, project, _ in splits) >= MOST_SPLITS:
            raise CommandError("too_many", f"A project can have {MOST_SPLITS} splits at most.")
        if args["target"] is not None:
            check_alike([row, issue_row(relocation, args["target"])])
        declare_split(writer, entry, row, args["matchers"], args["target"])

    def move(self, writer: StoreWriter, relocation: Relocation, entry: Entry) -> None:
        args = entry.data["args"]
        found = _events(RegroupingRows(writer.raw), args["events"])
        rows = [issue_row(relocation, number) for number in {issue for _, _, issue in found}]
        if args["target"] is not None:
            check_alike([*rows, issue_row(relocation, args["target"])])
        declare_move(writer, entry, rows[0], found, args["target"])
