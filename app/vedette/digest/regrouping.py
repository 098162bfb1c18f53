"""Regrouping at work: events that belong elsewhere since somebody merged, split or moved, in small steps.

What was decided counts at once, for new events; the stored ones follow between the batches of what comes in.
Every step asks where an event belongs as for a new one, so that a restart just begins the walk anew. One
regrouping is worked at a time, the others wait.
"""

import logging
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence

from vedette.digest.rule_regrouping import RuleRegrouping
from vedette.digest.stored_events import RulesOf, StoredEvents
from vedette.domain.changes import Change, ChangeKind
from vedette.domain.json import JsonObject
from vedette.domain.processed import ProcessedEvent
from vedette.domain.workspace import Workspace
from vedette.store import schema
from vedette.store.errors import StoreError
from vedette.store.writer.command_error import CommandError
from vedette.store.writer.event_text import find_row
from vedette.store.writer.interning import next_id
from vedette.store.writer.journal import Entry, Journal, Kind, State
from vedette.store.writer.overrulings import Overrulings
from vedette.store.writer.regrouping import undeclare
from vedette.store.writer.regrouping_rows import EventRow, RegroupingRows
from vedette.store.writer.relocation import Leaving, Relocation
from vedette.store.writer.vanishing import drop_counters, revive, vanish
from vedette.store.writer.writer import StoreWriter

log = logging.getLogger(__name__)

STEP_SECONDS = 0.05
"""How long a step looks at events; what it found is then written, which takes about as long again."""
_AT_ONCE = 0.15  # seconds a command works before it answers; small regroupings are done then
_PAGE = 500
_MOVED_A_STEP = 400
_COUNTERS_A_STEP = 4_000
_NOTED_EVERY = 2.0
_MOST_TOKENS = 500

Step = Iterator[list[Change]]
Declare = Callable[[StoreWriter, Relocation, Entry], None]


class Regroupings:
    """Declares, works and undoes regroupings, on the writer's thread."""

    def __init__(
        self,
        writer: StoreWriter,
        workspace: Workspace,
        rules_of: RulesOf,
        declare: dict[Kind, Declare],
        *,
        by_rules: RuleRegrouping | None = None,
        changed: Callable[[int], None] = lambda project: None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """*rules_of* a project are asked for often; *changed* is told a project whose splits are new."""
        self._writer = writer
        self.rules_of = rules_of
        self._declare = declare
        self._by_rules = by_rules
        self._changed = changed
        self._clock = clock
        self.events = StoredEvents(workspace)
        self.journal = Journal(writer.raw)
        self.relocation = Relocation(writer.raw)
        self.rows = RegroupingRows(writer.raw)
        self._entry: Entry | None = None
        self._work: Step | None = None
        self._is_idle = False
        self._went: dict[int, Counter[int]] = defaultdict(Counter)
        self._through, self._noted = 0, 0.0

    # ---------------------------------------------------------------- commands

    def begin(self, kind: Kind, project: int, args: JsonObject) -> tuple[Entry, list[Change]]:
        """Declare a regrouping and work a moment at it; it waits if another one is not finished.

        Raises CommandError, and then nothing has changed.
        """
        waits = next(self.journal.unfinished(), None) is not None
        state = State.WAITING if waits else State.RUNNING
        with self._writer.batch():
            entry = self.journal.begin(kind, project, self._writer.clock(), state, {"args": args})
            if not waits:
                self._start(entry)
        self._is_idle = False
        if not waits:
            self._changed(project)
            self._take(entry, is_new=True)
        changes = self.work_for(_AT_ONCE)
        return self._known(entry.id), changes

    def undo(self, number: int) -> tuple[Entry, list[Change]]:
        """Begin to undo a regrouping. Raises CommandError."""
        entry = self._known(number)
        if entry.state in (State.UNDONE, State.UNDOING):
            raise CommandError("bad_argument", "That is undone already.")
        if entry.kind is Kind.RULES and entry.data.get("phase") != "move":
            raise CommandError("bad_argument", "That has changed nothing yet.")
        if entry.state is State.WAITING:
            return self._end(entry, State.UNDONE), []
        if entry.state is State.FAILED and "sources" not in entry.data:
            raise CommandError("bad_argument", "That failed before it changed anything.")
        is_mine = self._entry is not None and self._entry.id == number
        with self._writer.batch():
            entry.state = State.UNDOING
            entry.data["undeclared"] = False
            self.journal.save(entry)
        self._is_idle = False
        if is_mine:
            self._drop()
        changes = self.work_for(_AT_ONCE)
        return self._known(number), changes

    def cancel(self, number: int) -> tuple[Entry, list[Change]]:
        """Stop a regrouping that is not finished; what it did is undone. Raises CommandError.

        By rules it is not undone: what has not moved yet stays, and the new rules count for what comes.
        """
        entry = self._known(number)
        if entry.is_finished or entry.state is State.UNDOING:
            raise CommandError("bad_argument", "That is not under way any more.")
        if entry.state is State.WAITING:
            return self._end(entry, State.CANCELLED), []
        if entry.kind is Kind.RULES:
            entry.data["stop"] = True
            with self._writer.batch():
                self.journal.save(entry)
            changes = self.work_for(_AT_ONCE)
            return self._known(number), changes
        return self.undo(number)

    def _known(self, number: int) -> Entry:
        if self._entry is not None and self._entry.id == number:
            return self._entry
        entry = self.journal.find(number)
        if entry is None:
            raise CommandError("not_found", "There is no such regrouping.")
        return entry

    def _end(self, entry: Entry, state: State) -> Entry:
        with self._writer.batch():
            entry.state = state
            self.journal.save(entry)
        if self._entry is not None and self._entry.id == entry.id:
            self._drop()
        return entry

    # ---------------------------------------------------------------- working

    def work_for(self, seconds: float) -> list[Change]:
        """Work that long at what is not finished; returns what changed."""
        until = self._clock() + seconds
        changes: list[Change] = []
        while True:
            changes += self.step()
            if not self.is_busy or self._clock() >= until:
                return changes

    @property
    def is_busy(self) -> bool:
        """Whether there is more to do."""
        return self._work is not None or not self._is_idle

    def step(self) -> list[Change]:
        """Do one step of what is not finished. Raises a StoreError; the work is then begun anew next time."""
        if self._work is None:
            entry = self._next()
            if entry is None:
                return []
            self._take(entry)
        entry, work = self._entry, self._work
        assert entry is not None
        assert work is not None
        try:
            changes = next(work, None)
        except StoreError:
            self._drop()
            raise
        except Exception as error:
            log.exception("regrouping %s failed", entry.id)
            entry.data["error"] = f"Vedette could not finish this: {error!r}"[:500]
            self._end(entry, State.FAILED)
            return []
        if changes is None:
            self._drop()
            return []
        return changes

    def _next(self) -> Entry | None:
        if self._is_idle:
            return None
        entry = next(self.journal.unfinished(), None)
        self._is_idle = entry is None
        return entry

    def _take(self, entry: Entry, *, is_new: bool = False) -> None:
        self._entry, self._went = entry, defaultdict(Counter)
        # A step that was cut off may have moved events of which no reader was told.
        self._through = 0 if is_new else next_id(self._writer.raw, schema.event)
        self._work = self._run(entry)

    def _drop(self) -> None:
        self._entry = self._work = None
        self.events.close()

    def close(self) -> None:
        """Let go of the database; what is not finished goes on when digest starts again."""
        self._drop()

    def _start(self, entry: Entry) -> None:
        """Declare *entry*; inside a batch."""
        self._declare[entry.kind](self._writer, self.relocation, entry)
        entry.state = State.RUNNING
        self._declared(entry)

    def _declared(self, entry: Entry) -> None:
        entry.done, entry.moved = 0, 0
        sources = entry.data.get("sources", [])
        entry.total = sum(map(self.relocation.count, sources)) + len(entry.data.get("events", ()))
        targets = {entry.data.get("issue"), entry.data.get("target")} - {None}
        entry.touched |= set(sources) | {number for number in targets if number is not None}
        self.journal.save(entry)
        self._writer.issues.relearn()

    def _run(self, entry: Entry) -> Step:
        if entry.state is State.WAITING:
            try:
                with self._writer.batch():
                    self._start(entry)
            except CommandError as error:
                entry.data["error"] = str(error)
                self._end(entry, State.FAILED)
                return
            self._changed(entry.project)
        if entry.kind is Kind.RULES and self._by_rules is not None:
            yield from self._by_rules.run(self, entry)
            return
        if entry.state is State.UNDOING:
            if entry.kind is Kind.MERGE and not entry.data.get("drained"):
                yield from self._forth(entry)
            if not entry.data.get("undeclared"):
                with self._writer.batch():
                    undeclare(self._writer, entry)
                    entry.data["undeclared"] = True
                    self._declared(entry)
                self._changed(entry.project)
        yield from self._forth(entry)
        yield from self.settle(entry)
        yield self.finish(entry)

    def finish(self, entry: Entry, state: State | None = None) -> list[Change]:
        """Note that *entry* is finished, as *state* or what follows from the one it had."""
        with self._writer.batch():
            if entry.kind is Kind.RULES and self._by_rules is not None:
                self._by_rules.remember_edition(entry.project)
            entry.state = state or (State.UNDONE if entry.state is State.UNDOING else State.DONE)
            if self._through:
                self.relocation.note(self._through)
            self.journal.save(entry)
        return [Change(ChangeKind.ISSUE)]

    def _forth(self, entry: Entry) -> Step:
        for source in entry.data.get("sources", ()):
            yield from self._walk(entry, source)
        yield from self.look_at(entry, self.rows.rows(entry.data.get("events", ())))
        if entry.kind is Kind.MERGE and not entry.data.get("drained"):
            yield from self._drain(entry)

    def _walk(self, entry: Entry, source: int) -> Step:
        """Look at every event of an issue, the oldest first, and move those that belong elsewhere."""
        last: EventRow | None = None
        while rows := self.rows.page(source, last, _PAGE):
            yield from self.look_at(entry, rows)
            last = rows[-1]

    def look_at(self, entry: Entry, rows: Sequence[EventRow]) -> Step:
        """Move those of *rows* that belong elsewhere, in steps."""
        at = 0
        while at < len(rows):
            seen, changes = self._move(entry, rows[at:])
            at += seen
            yield changes

    def end(self, entry: Entry, state: State) -> None:
        """Note that *entry* ended before it changed anything; inside a batch."""
        entry.state = state
        self.journal.save(entry)

    def _drain(self, entry: Entry) -> Step:
        """Let what was counted for merged issues count for the one that took them in."""
        for old in entry.data["issues"]:
            new, is_more = self.overrulings.place(old), True
            while is_more:
                with self._writer.batch():
                    is_more = self.relocation.take_over(old, new, _COUNTERS_A_STEP)
                yield [Change(ChangeKind.ISSUE, (new,))]
        with self._writer.batch():
            entry.data["drained"] = True
            self.journal.save(entry)

    @property
    def overrulings(self) -> Overrulings:
        return self._writer.issues.overrulings

    # ---------------------------------------------------------------- one step

    def _move(self, entry: Entry, rows: Sequence[EventRow]) -> tuple[int, list[Change]]:
        """Look at *rows* for as long as a step may take; returns how many those were and what changed."""
        until = self._clock() + STEP_SECONDS
        moves: list[tuple[EventRow, int, ProcessedEvent | None]] = []
        learned: list[tuple[bytes, int]] = []
        seen = 0
        while seen < len(rows):
            row = rows[seen]
            seen += 1
            target, read = self._place(row)
            if row.hash is None and read is not None:
                learned.append((bytes.fromhex(read.grouping.hashes[0]), row.id))
            if target != row.issue:
                moves.append((row, target, read))
            if self._clock() >= until or len(moves) >= _MOVED_A_STEP:
                break
        readable = self._led_by_token(moves)
        ready = self._read_for_moving(moves, readable)
        if len(ready) < len(moves):
            seen = rows.index(ready[-1][0]) + 1
        moves = ready
        entry.done += seen
        entry.moved += len(moves)
        with self._writer.batch():
            self.rows.set_hashes(learned)
            for target, like in {target: row.issue for row, target, _ in moves}.items():
                if not self._writer.issues.is_there(target):
                    revive(self._writer, target, like)
                    self._writer.issues.relearn()
            leaving = [self._leaving(row, target, read, readable) for row, target, read in moves]
            self.relocation.move(leaving, self.overrulings)
            for row, target, _ in moves:
                self._went[row.issue][target] += 1
                self._through = max(self._through, row.id)
                entry.touched |= {row.issue, target}
            if moves and self._clock() - self._noted > _NOTED_EVERY:
                self._noted = self._clock()
                self.relocation.note(self._through)
            self.journal.save_progress(entry)
        self._writer.issues.forget_users()
        touched = {number for row, target, _ in moves for number in (row.issue, target)}
        return seen, [Change(ChangeKind.ISSUE, tuple(sorted(touched)))] if touched else []

    def _place(self, row: EventRow) -> tuple[int, ProcessedEvent | None]:
        """Return the issue an event belongs to now, and the event where that asked for it.

        One whose bytes are gone stays where it is if they are needed.
        """
        overrulings = self.overrulings
        pin = overrulings.pin(row.project, row.eid)
        home, after = (row.home, 0) if pin is None else (pin.issue, pin.after)
        read = None
        if home is None or overrulings.meets_splits(home, after):
            read = self.events.read(row, self.rules_of(row.project))
            if read is None:
                return row.issue, None
            home = home or self._home_of(row.project, read.grouping.hashes)
        if home is None:
            return row.issue, read
        return overrulings.place(home, read.grouping.splits if read else (), after), read

    def _home_of(self, project: int, hashes: Sequence[str]) -> int | None:
        homes = (self.rows.home(project, digest) for digest in hashes)
        return next((home for home in homes if home is not None), None)

    def _led_by_token(self, moves: Sequence[tuple[EventRow, int, ProcessedEvent | None]]) -> set[int]:
        """Return the events of *moves* whose token in the full text leads to their target already."""
        found: set[int] = set()
        for target in {target for _, target, _ in moves}:
            ids = {row.id for row, to, _ in moves if to == target}
            leading = self.overrulings.leading_to(target)
            if len(leading) > _MOST_TOKENS:
                continue
            found |= self.rows.carrying(sorted(leading), min(ids), max(ids)) & ids
        return found

    def _read_for_moving(
        self, moves: Sequence[tuple[EventRow, int, ProcessedEvent | None]], readable: set[int]
    ) -> list[tuple[EventRow, int, ProcessedEvent | None]]:
        """Return *moves* with what has to be read to move them, as many as there is time for in a step."""
        until = self._clock() + STEP_SECONDS
        ready: list[tuple[EventRow, int, ProcessedEvent | None]] = []
        for row, target, read in moves:
            known = read
            if known is None and (row.id not in readable or self._lacks_terms(row, target)):
                known = self.events.read(row, self.rules_of(row.project))
            ready.append((row, target, known))
            if self._clock() >= until:
                break
        return ready

    def _goes_whole(self, row: EventRow, target: int) -> bool:
        """Return whether all of an event's issue goes to *target*: its counters then follow."""
        return self.overrulings.place(row.issue) == target != row.issue

    def _lacks_terms(self, row: EventRow, target: int) -> bool:
        return not self._goes_whole(row, target) and self.rows.terms(row.id) is None

    def _leaving(
        self, row: EventRow, target: int, read: ProcessedEvent | None, readable: set[int]
    ) -> Leaving:
        if self._goes_whole(row, target) and row.id in readable:
            return Leaving(row.id, row.issue, target, row.ts, row.user, row.stack)
        terms = self.rows.terms(row.id)
        if terms is None:
            terms = [] if read is None else self._writer.terms_of(read)
        words = None
        if row.id not in readable and read is not None:
            words = find_row(read, row.id, row.project, row.run, target, terms)
        return Leaving(row.id, row.issue, target, row.ts, row.user, row.stack, terms, words)

    # ---------------------------------------------------------------- afterwards

    def settle(self, entry: Entry) -> Step:
        """Let every issue that lost or got events say what its events say, and let empty ones go."""
        waiting = sorted(entry.touched)
        while waiting:
            until = self._clock() + STEP_SECONDS
            changed: list[int] = []
            with self._writer.batch():
                while waiting and self._clock() < until:
                    number = waiting.pop()
                    changed.append(number)
                    self._settle_one(entry, number)
                    entry.touched.discard(number)
                self.journal.save(entry)
            self._writer.issues.relearn()
            yield [Change(ChangeKind.ISSUE, tuple(changed))]

    def _settle_one(self, entry: Entry, number: int) -> None:
        if not self._writer.issues.is_there(number):
            return
        newest = self.relocation.newest(number)
        if newest is None:
            # Its later events begin it anew. To a split's own issue that has none yet nothing must lead away.
            waits = entry.kind is Kind.SPLIT and entry.state is not State.UNDOING
            heir = None if waits and number == entry.data["target"] else self._heir(entry, number)
            vanish(self._writer, entry, number, heir, keeps_count=True, follows=False)
            drop_counters(self._writer.raw, number)
            self._writer.issues.relearn()
            return
        self.relocation.settle(number, self.events.read(newest, self.rules_of(newest.project)))

    def _heir(self, entry: Entry, number: int) -> int | None:
        """Return where an issue that has become empty is found from now on."""
        wanted = [issue for issue, _ in self._went[number].most_common(1)]
        wanted += [entry.data[name] for name in ("issue", "target") if entry.data.get(name) is not None]
        for issue in wanted:
            found = self.overrulings.place(issue)
            if found != number and self._writer.issues.is_there(found):
                return found
        return None
