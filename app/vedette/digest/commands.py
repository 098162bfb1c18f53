"""Commands that need processing: requests that are in the store already, put through it again.

What was stored stays as it is, so doing it twice changes nothing; what was not gets another chance, in the
place of its request. All other commands are the store's.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from urllib.parse import unquote

import orjson

from vedette.digest.entries import Entries
from vedette.digest.regrouping import Regroupings
from vedette.digest.regrouping_commands import COMMANDS as REGROUPING
from vedette.digest.regrouping_commands import Declarations
from vedette.digest.rule_regrouping import RuleRegrouping
from vedette.digest.splits import split_rules
from vedette.digest.stored_events import StoredEvents
from vedette.domain.changes import Change
from vedette.domain.json import JsonObject, JsonValue
from vedette.domain.outcomes import Outcome, Reason
from vedette.domain.workspace import Workspace
from vedette.processing.rules import RulesError, checked_rules, read_rules, rules_json
from vedette.protocol.endpoints import find_door
from vedette.store.engine import Reader
from vedette.store.queries.payloads import PayloadGoneError, read_body
from vedette.store.queries.projects import key_known
from vedette.store.queries.requests import ItemRow, RequestRow, get_request, items_of, refused_with_key
from vedette.store.writer import commands
from vedette.store.writer.command_error import CommandError
from vedette.store.writer.regrouping_rows import RegroupingRows
from vedette.store.writer.writer import StoreWriter

MOST_TAKEN = 1_000
"""Refused requests that are taken when their key is adopted; a command must end while somebody waits."""

# Refused for what may be different now.
_MAY_BE_TAKEN = frozenset({Reason.UNKNOWN_KEY.value, Reason.UNSUPPORTED_ENCODING.value})


class Commands:
    """Runs every command there is on the writer's thread."""

    def __init__(self, writer: StoreWriter, entries: Entries, workspace: Workspace) -> None:
        self._writer = writer
        self._entries = entries
        self._workspace = workspace
        self._events = StoredEvents(workspace)
        self._reload_splits()
        rules_of = entries.rulings.grouping_of
        by_rules = RuleRegrouping(writer, entries.rulings.set)
        self.regroupings = Regroupings(
            writer,
            workspace,
            rules_of,
            Declarations(self._events, rules_of, by_rules).of,
            by_rules=by_rules,
            changed=self._reload_splits,
        )

    def _reload_splits(self, changed: int | None = None) -> None:
        """Let the splits that the store has of projects count for what comes, those of *changed* too."""
        found = split_rules(RegroupingRows(self._writer.raw).splits())
        for project in {*found, *([] if changed is None else [changed])}:
            self._entries.rulings.set_splits(project, found.get(project, ()))

    def run(self, name: str, args: JsonObject) -> tuple[JsonValue, list[Change]]:
        """Run command *name*; returns its answer and what changed.

        Raises CommandError, and then nothing has changed.
        """
        if name == "request.parse_again":
            return self._parse_again(int(args["id"]))
        if name == "request.adopt":
            return self._adopt(args)
        if name == "project.rules":
            return self._change_rules(args)
        if name in REGROUPING:
            try:
                return REGROUPING[name](self._writer, self.regroupings, args)
            finally:
                self._events.close()
        return commands.run_command(self._writer, name, args)

    def close(self) -> None:
        """Let go of the database."""
        self.regroupings.close()
        self._events.close()

    def _change_rules(self, args: JsonObject) -> tuple[JsonValue, list[Change]]:
        """`project.rules` {id, change} → {}: members of processing.rules, for what comes from now on."""
        number, change = int(args["id"]), args["change"]
        if not isinstance(change, dict):
            raise CommandError("bad_argument", "`change` must be an object.")
        with self._writer.batch() as changes:
            projects = self._writer.projects
            if not projects.is_there(number):
                raise CommandError("not_found", "That project does not exist.")
            stored = projects.rules().get(number)
            try:
                rules = checked_rules(read_rules(orjson.loads(stored) if stored else None), change)
            except RulesError as error:
                raise CommandError("bad_argument", f"{error}.") from error
            found = rules_json(rules)
            projects.set_rules(number, orjson.dumps(found).decode())
        self._entries.rulings.set(number, found)
        return {}, list(changes)

    def _parse_again(self, number: int) -> tuple[JsonValue, list[Change]]:
        """`request.parse_again` {id} → {outcome}: try again what did not end as stored."""
        with self._reading() as reader:
            row = get_request(reader.db, number)
            if row is None:
                raise CommandError("not_found", "That request is not here any more.")
            self._check_may_be_taken(reader, row)
            try:
                body = self._kept(reader, row)
            except PayloadGoneError as error:
                raise CommandError("gone", str(error)) from error
            items = items_of(reader.db, number)
        changes = self._take([(row, items, body)])
        return {"outcome": row.outcome.value}, changes

    def _check_may_be_taken(self, reader: Reader, row: RequestRow) -> None:
        if row.outcome is Outcome.NOT_INGEST:
            raise CommandError("bad_argument", "That request took its data nowhere: its path takes none.")
        if row.outcome is not Outcome.REFUSED:
            return
        if row.reason not in _MAY_BE_TAKEN:
            raise CommandError(
                "bad_argument", "That request was refused for what parsing it again does not change."
            )
        project = self._entries.project_of(row.path, row.public_key)
        if project is None or not key_known(reader.db, row.public_key or "", project):
            raise CommandError("bad_argument", "Its key is not known here. Adopt the project first.")

    def _adopt(self, args: JsonObject) -> tuple[JsonValue, list[Change]]:
        """`request.adopt` {id} → {project, taken, left}: let a key in, and take what was refused for it.

        Of more than MOST_TAKEN requests the oldest are taken, and the others counted as `left`.
        """
        answer, changes = commands.run_command(self._writer, "request.adopt", args)
        project = answer["project"] if isinstance(answer, dict) else None
        with self._reading() as reader:
            adopted = get_request(reader.db, int(args["id"]))
            key = adopted.public_key if adopted is not None else None
            found: list[tuple[RequestRow, Sequence[ItemRow], bytes]] = []
            left = 0
            for row in refused_with_key(reader.db, key or "", Reason.UNKNOWN_KEY):
                if self._entries.project_of(row.path, row.public_key) != project:
                    continue
                if len(found) == MOST_TAKEN:
                    left += 1
                    continue
                try:
                    body = self._kept(reader, row)
                except PayloadGoneError:
                    continue  # it was too large to be kept when it was refused
                if body or _says_all(row):
                    found.append((row, items_of(reader.db, row.id), body))
        changes = [*changes, *self._take(found)]
        return {"project": project, "taken": len(found), "left": left}, changes

    def _kept(self, reader: Reader, row: RequestRow) -> bytes:
        """Return the bytes that are kept of a request. Raises PayloadGoneError."""
        return b"" if _says_all(row) else read_body(reader.db, self._workspace, row.id)

    def _take(self, requests: Sequence[tuple[RequestRow, Sequence[ItemRow], bytes]]) -> list[Change]:
        """Put *requests* through processing once more, all in one transaction."""
        changes: Sequence[Change] = ()
        try:
            with self._writer.batch() as changes:
                for row, items, body in requests:
                    done = {item.n for item in items if _is_done(item)}
                    record = self._entries.record_again(row, body, done)
                    is_new = record.body is not body and record.body != body
                    self._writer.add_again(record, row.run, row.sender, done=done, is_new_body=is_new)
        finally:
            self._entries.release()
            self._entries.drop_used(is_stored=bool(changes))
        return list(changes)

    @contextmanager
    def _reading(self) -> Iterator[Reader]:
        """Give a reader of what is committed; the writer's own connection is for writing."""
        reader = Reader(self._workspace.database)
        try:
            yield reader
        finally:
            reader.close()


def _says_all(row: RequestRow) -> bool:
    """Whether the request's address is all of it: a check-in without a body."""
    return row.wire_size == row.size == 0 and find_door(unquote(row.path.partition("?")[0])).slug is not None


def _is_done(item: ItemRow) -> bool:
    """Whether what *item* brought is in the store."""
    return item.outcome is Outcome.STORED and (item.ref is not None or item.kind == "client_report")
