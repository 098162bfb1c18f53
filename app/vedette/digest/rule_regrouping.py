"""Stored events regrouped by other rules of a project: planned, then the rules change, then events move.

While it is planned all is as it was. At the change every new hash is given its issue, so that no event that
comes afterwards begins an issue which older ones belong to: a hash that is known leads where it does, and of
what leads nowhere yet the issue most of it comes from goes on. People's decisions count before and after:
moved events stay, and what is looked at is the issue a hash leads to, before merges and splits.
"""

from collections import Counter
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import orjson

from vedette.digest.stored_events import RulesOf, StoredEvents
from vedette.domain.changes import Change, ChangeKind
from vedette.domain.json import JsonObject
from vedette.processing.grouping import CONFIG, GroupingRules, with_splits
from vedette.processing.rules import RulesError, checked_rules, read_rules, rules_json
from vedette.store.writer.command_error import CommandError
from vedette.store.writer.journal import Entry, Journal, State
from vedette.store.writer.overrulings import Overrulings
from vedette.store.writer.regrouping_rows import EventRow, RegroupingRows
from vedette.store.writer.relocation import Relocation
from vedette.store.writer.vanishing import new_issue
from vedette.store.writer.writer import StoreWriter

_PAGE = 200
_FEW = 20
"""So many events that came while planning are planned in the transaction of the change itself."""
TEXTS = ("stack_trace_rules", "fingerprint_rules")


class Work(Protocol):
    """What works regroupings of any kind (``digest.regrouping``), as far as it is asked here."""

    journal: Journal
    relocation: Relocation
    events: StoredEvents
    rules_of: RulesOf

    @property
    def overrulings(self) -> Overrulings: ...
    def look_at(self, entry: Entry, rows: Sequence[EventRow], /) -> Iterator[list[Change]]: ...
    def settle(self, entry: Entry, /) -> Iterator[list[Change]]: ...
    def finish(self, entry: Entry, state: State | None = None, /) -> list[Change]: ...
    def end(self, entry: Entry, state: State, /) -> None: ...


@dataclass
class _Group:
    """Events whose hash changes and that belong together by the new one."""

    homes: Counter[int] = field(default_factory=Counter)  # where they come from
    hashes: dict[str, None] = field(default_factory=dict)


@dataclass
class _Plan:
    groups: list[_Group] = field(default_factory=list)
    at: dict[str, int] = field(default_factory=dict)  # hash: its group
    stays: dict[str, int] = field(default_factory=dict)  # hash: issue whose events keep it
    staying: set[int] = field(default_factory=set)
    through: int = 0  # the last event looked at

    def group_of(self, hashes: Sequence[str]) -> _Group:
        place = next((self.at[digest] for digest in hashes if digest in self.at), None)
        if place is None:
            place = len(self.groups)
            self.groups.append(_Group())
        for digest in hashes:
            self.at.setdefault(digest, place)
        return self.groups[place]


class RuleRegrouping:
    """Plans and works regroupings by rules; *set_rules* lets rules of a project count for what comes."""

    def __init__(self, writer: StoreWriter, set_rules: Callable[[int, JsonObject], None]) -> None:
        self._writer = writer
        self._set_rules = set_rules
        self._rows = RegroupingRows(writer.raw)

    # ---------------------------------------------------------------- declaring

    def declare(self, writer: StoreWriter, relocation: Relocation, entry: Entry) -> None:
        """Check the rules; nothing counts yet."""
        self._changed_rules(entry)
        entry.data |= {"phase": "plan", "sources": []}

    def _stored(self, project: int) -> JsonObject:
        text = self._writer.projects.rules().get(project)
        found: JsonObject = orjson.loads(text) if text else {}
        return found

    def _changed_rules(self, entry: Entry) -> JsonObject:
        """Return the project's rules with the texts of *entry*. Raises CommandError."""
        args = entry.data["args"]
        texts = {name: args[name] for name in TEXTS if name in args}
        try:
            return rules_json(checked_rules(read_rules(self._stored(entry.project)), texts))
        except RulesError as error:
            raise CommandError("bad_argument", f"{error}.") from error

    def _grouping(self, work: Work, entry: Entry) -> GroupingRules:
        now = work.rules_of(entry.project)
        return with_splits(read_rules(self._changed_rules(entry)).grouping(), now.splits if now else ())

    # ---------------------------------------------------------------- working

    def run(self, work: Work, entry: Entry) -> Iterator[list[Change]]:
        """Plan, change, move; or take that back."""
        if entry.state is State.UNDOING:
            yield from self._back(work, entry)
        elif entry.data["phase"] == "plan":
            plan = yield from self._plan(work, entry)
            if plan is None:
                with self._writer.batch():
                    self._rows.drop_plan(entry.id)
                    work.end(entry, State.CANCELLED)
                yield []
                return
            self._set_rules(entry.project, entry.data["rules"])
            yield [Change(ChangeKind.PROJECT, (entry.project,))]
        if entry.state is not State.UNDOING:
            yield from self._forth(work, entry)
        yield from work.settle(entry)
        stopped = entry.data.get("stop") and entry.state is not State.UNDOING
        yield work.finish(entry, State.CANCELLED if stopped else None)

    def _plan(self, work: Work, entry: Entry) -> Generator[list[Change], None, _Plan | None]:
        """Look at all events of the project; returns the plan, None if that was stopped."""
        rules, plan = self._grouping(work, entry), _Plan()
        with self._writer.batch():
            self._rows.drop_plan(entry.id)
            entry.done = entry.moved = 0
            entry.total = self._rows.count(entry.project)
            work.journal.save(entry)
        while True:
            if entry.data.get("stop"):
                return None
            ids = self._rows.ids_after(entry.project, plan.through, _PAGE)
            if len(ids) <= _FEW and len(ids) < _PAGE:
                break
            for at in range(0, len(ids), _FEW):
                with self._writer.batch():
                    self._look(work, entry, plan, rules, ids[at : at + _FEW])
                    work.journal.save_progress(entry)
                yield []
        with self._writer.batch():
            self._look(work, entry, plan, rules, ids)
            self._change(work, entry, plan)
        return plan

    def _look(self, work: Work, entry: Entry, plan: _Plan, rules: GroupingRules, ids: Sequence[int]) -> None:
        for row in self._rows.rows(ids):
            plan.through = row.id
            entry.done += 1
            if work.overrulings.pin(row.project, row.eid) is not None:
                continue
            read = work.events.read(row, rules)
            if read is None:
                continue
            hashes, home = read.grouping.hashes, row.home or row.issue
            if row.hash is not None and hashes[0] == row.hash.hex():
                plan.staying.add(home)
                plan.stays.setdefault(hashes[0], home)
                continue
            group = plan.group_of(hashes)
            group.homes[home] += 1
            group.hashes |= dict.fromkeys(hashes)
            self._rows.plan(entry.id, row, hashes[0])

    def _change(self, work: Work, entry: Entry, plan: _Plan) -> None:
        """Give every new hash its issue, and let the rules count; inside the batch of the last look."""
        known = {id(group): self._known_home(entry.project, plan, group) for group in plan.groups}
        taken = plan.staying | {home for home in known.values() if home is not None}
        led: dict[str, int] = {}
        for group in sorted(plan.groups, key=lambda group: -group.homes.total()):
            home = known[id(group)]
            if home is None:
                home = next((one for one, _ in group.homes.most_common() if one not in taken), None)
            if home is None:
                like = work.relocation.row(work.overrulings.place(group.homes.most_common(1)[0][0]))
                if like is None:
                    continue
                home = new_issue(self._writer, like)
            taken.add(home)
            for digest in group.hashes:
                if self._rows.lead(entry.project, digest, home):
                    led[digest] = home
        before = self._stored(entry.project)
        rules = self._changed_rules(entry)
        self._writer.projects.set_rules(entry.project, orjson.dumps(rules).decode())
        entry.data |= {
            "phase": "move",
            "through": plan.through,
            "rules": rules,
            "before": {name: before.get(name, "") for name in TEXTS},
            "led": led,
        }
        entry.done, entry.total = 0, sum(group.homes.total() for group in plan.groups)
        work.journal.save(entry)
        self._writer.issues.relearn()

    def _known_home(self, project: int, plan: _Plan, group: _Group) -> int | None:
        for digest in group.hashes:
            if digest in plan.stays:
                return plan.stays[digest]
            found = self._rows.home(project, digest)
            if found is not None:
                return found
        return None

    def _forth(self, work: Work, entry: Entry) -> Iterator[list[Change]]:
        yield from self._rehash(work, entry, 2)

    def _rehash(self, work: Work, entry: Entry, which: int) -> Iterator[list[Change]]:
        """Give the planned events their hash after (2) or before (1) the change, and move them."""
        at = 0
        while not (entry.data.get("stop") and entry.state is not State.UNDOING):
            planned = self._rows.planned(entry.id, at, _PAGE)
            if not planned:
                return
            with self._writer.batch():
                self._rows.set_hashes([(before if which == 1 else after, n) for n, before, after in planned])
            yield from work.look_at(entry, self._rows.rows([n for n, _, _ in planned]))
            at = planned[-1][0]

    # ---------------------------------------------------------------- back

    def _back(self, work: Work, entry: Entry) -> Iterator[list[Change]]:
        """Let the rules be what they were, and the events where they were; newer ones are read again."""
        data = entry.data
        stored = self._stored(entry.project)
        rules = rules_json(checked_rules(read_rules(stored), data["before"]))
        with self._writer.batch():
            self._writer.projects.set_rules(entry.project, orjson.dumps(rules).decode())
            entry.done = 0
            work.journal.save(entry)
        self._set_rules(entry.project, rules)
        yield from self._rehash(work, entry, 1)
        at = data["through"]
        while ids := self._rows.ids_after(entry.project, at, _FEW):
            with self._writer.batch():
                for row in self._rows.rows(ids):
                    read = work.events.read(row, work.rules_of(entry.project))
                    if read is not None:
                        digest = read.grouping.hashes[0]
                        self._rows.set_hashes([(bytes.fromhex(digest), row.id)])
                        self._rows.lead(entry.project, digest, row.home or row.issue)
            yield from work.look_at(entry, self._rows.rows(ids))
            at = ids[-1]
        with self._writer.batch():
            self._rows.forget_hashes(entry.project, data["led"])
            self._writer.issues.relearn()
        yield [Change(ChangeKind.PROJECT, (entry.project,))]

    def remember_edition(self, project: int) -> None:
        """Note that the issues of *project* are grouped by the edition of now; inside a batch."""
        self._rows.set_edition(project, CONFIG)
