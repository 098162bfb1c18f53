"""The digest process: takes the spool in order, processes, writes the store, says what changed.

One thread does it all; the only other one reads the station's words. Each round takes what waits, up to a
few hundred entries, and writes it in one transaction together with the spool mark.
"""

import gc
import logging
import time
from collections.abc import Callable, Sequence

import orjson

from vedette.digest.bodies import remove
from vedette.digest.channel import Channel
from vedette.digest.clock import Clock
from vedette.digest.commands import Commands
from vedette.digest.entries import Entries
from vedette.digest.mark import WorkMark
from vedette.digest.ruling import Rulings
from vedette.digest.soundness import Soundness
from vedette.domain.changes import Change
from vedette.domain.json import JsonObject
from vedette.domain.times import Micros, now
from vedette.domain.workspace import Workspace
from vedette.protocol.limits import Limits
from vedette.store.deletion import Deletion
from vedette.store.errors import DiskFullError, StoreError
from vedette.store.retention import Retention, RetentionLimits
from vedette.store.spool import Spool, Spooled
from vedette.store.writer.command_error import CommandError
from vedette.store.writer.records import RequestRecord
from vedette.store.writer.writer import StoreWriter

log = logging.getLogger(__name__)

ENTRIES_A_BATCH = 400
BYTES_A_BATCH = 8 * 1024 * 1024
SMALL = 8 * 1024
"""Bytes of a body, as it came, of most errors; recordings and profiles have more."""
WORTH_A_BATCH = 32 * 1024
"""Bytes of larger bodies that take longer than the commit of another batch does."""
IDLE_AFTER = 0.5
_POLL = 1.0
_RETRY = 2.0


class Digest:
    """Everything one digest process holds."""

    def __init__(
        self,
        workspace: Workspace,
        channel: Channel,
        *,
        shipped_dictionary: bytes | None = None,
        wall_clock: Callable[[], Micros] = now,
    ) -> None:
        """Open the workspace. *wall_clock* judges monitors and issues, and is the time of commands."""
        self._channel = channel
        self._workspace = workspace
        self._soundness = Soundness(workspace)
        self._writer = StoreWriter(workspace, shipped_dictionary=shipped_dictionary, clock=wall_clock)
        with self._writer.batch():
            self._writer.projects.ensure_first()
        workspace.incoming.mkdir(exist_ok=True)
        self._reached = self._writer.mark
        self._spool = Spool(workspace.spool, after=self._reached)
        rules = {number: orjson.loads(text) for number, text in self._writer.projects.rules().items()}
        self._entries = Entries(self._writer.projects, workspace.incoming, rulings=Rulings(rules))
        self._commands = Commands(self._writer, self._entries, workspace)
        self._work = WorkMark(workspace.mark)
        self._retention = Retention(self._writer, workspace)
        self._clock = Clock(self._writer, wall_clock)
        self._deletion = Deletion(self._writer, workspace)
        self._undropped = 0
        self._limits: JsonObject = {}

    def run(self) -> None:
        """Work until the station goes away, then finish what was begun."""
        # What start-up made stays for ever; looking at it again and again is what makes collections slow.
        gc.collect()
        gc.freeze()
        gc.set_threshold(50_000, 20, 50)
        self._channel.say({"ready": True, "mark": self._reached})
        try:
            while not self._channel.is_closed:
                self._round()
            self._drain()
        finally:
            self._close()

    def _round(self) -> None:
        self._judge(self._clock.see)
        busy = self._step()
        busy = self._regroup() or busy
        is_deleting = self._delete()
        for call in self._channel.wait(0.0 if busy or is_deleting else IDLE_AFTER):
            self._answer(call)
        if not busy and not is_deleting and not self._step():
            self._rest()

    def _regroup(self) -> bool:
        """Do a step of regrouping between two batches; False if there is none to do."""
        regroupings = self._commands.regroupings
        try:
            self._say(regroupings.step())
        except StoreError as error:
            log.error("%s", error)  # noqa: TRY400 - the sentence is all there is to say
            self._channel.say({"trouble": str(error), "disk_full": isinstance(error, DiskFullError)})
            return False
        return regroupings.is_busy

    def _rest(self) -> None:
        """Use a quiet moment for upkeep, then wait for the next word."""
        self._drop(0)
        self._writer.between_batches(idle=True)
        self._spool.checkpoint()
        self._retention.change_limits(_limits(self._channel.limits))
        self._say(self._retention.step())
        self._judge(self._clock.tick)
        self._soundness.start()
        if trouble := self._soundness.take_trouble():
            log.error("%s", trouble)
            self._channel.say({"trouble": trouble})
        self._channel.say({"alive": self._reached})
        for call in self._channel.wait(_POLL):
            self._answer(call)

    def _judge(self, how: Callable[[], list[Change]]) -> None:
        try:
            self._say(how())
        except StoreError as error:
            log.error("%s", error)  # noqa: TRY400 - the sentence is all there is to say
            self._channel.say({"trouble": str(error), "disk_full": isinstance(error, DiskFullError)})

    def _delete(self) -> bool:
        """Take a step at deleting what people deleted; whether there was something to do."""
        steps: list[list[Change] | None] = []

        def step() -> list[Change]:
            steps.append(self._deletion.step(self._writer.clock()))
            return steps[0] or []

        self._judge(step)
        return bool(steps and steps[0])

    def _say(self, changes: Sequence[Change]) -> None:
        if changes:
            self._channel.say_changes(self._reached, changes)

    def _drain(self) -> None:
        while self._step():
            pass

    # ---------------------------------------------------------------- one step

    def _step(self) -> bool:
        """Write one batch; False if nothing waits."""
        if self._channel.limits is not self._limits:
            self._limits = self._channel.limits
            self._entries.use_limits(Limits.of(self._limits.get("sizes")))
        entries = until_last_small(self._spool.read(self._reached, ENTRIES_A_BATCH, BYTES_A_BATCH))
        if not entries:
            return False
        try:
            changes = self._write(entries)
        except StoreError as error:
            log.error("%s", error)  # noqa: TRY400 - the sentence is all there is to say
            self._entries.drop_used(is_stored=False)
            self._channel.say({"trouble": str(error), "disk_full": isinstance(error, DiskFullError)})
            time.sleep(_RETRY)
            return True
        self._channel.say_changes(self._reached, changes)
        self._drop(ENTRIES_A_BATCH)
        self._writer.between_batches(idle=False)
        return True

    def _write(self, entries: Sequence[Spooled]) -> list[Change]:
        if any(self._work.is_suspect(entry.id) for entry in entries):
            return self._write_singly(entries)
        self._work.begin(entries[0].id, entries[-1].id)
        try:
            changes = self._write_batch(entries)
        except StoreError:
            raise
        except Exception:
            # Our bug somewhere in this batch. Find the entry; the others must not suffer for it.
            log.exception("writing a batch failed, trying its entries one by one")
            return self._write_singly(entries)
        self._work.end()
        return changes

    def _write_batch(self, entries: Sequence[Spooled]) -> list[Change]:
        last = entries[-1].id
        with self._writer.batch(mark=last) as changes:
            for entry in entries:
                self._add(self._entries.record, entry)
        self._finish(entries, last)
        return list(changes)

    def _write_singly(self, entries: Sequence[Spooled]) -> list[Change]:
        """Write each entry in a transaction of its own, setting aside what has killed digest before."""
        changes: list[Change] = []
        until = entries[-1].id
        if self._work.suspect is not None:
            until = max(until, self._work.suspect.last)
        for entry in entries:
            if self._work.is_poison(entry.id):
                changes.extend(self._set_aside(entry, "Vedette's digest died at this three times."))
                continue
            self._work.begin_single(entry.id, until)
            try:
                changes.extend(self._write_batch([entry]))
            except StoreError:
                raise
            except Exception as error:
                log.exception("entry %s cannot be written", entry.id)
                changes.extend(self._set_aside(entry, f"Vedette could not store this: {error!r}"))
        if self._reached >= until:
            self._work.suspect = None
            self._work.end()
        return changes

    def _set_aside(self, entry: Spooled, why: str) -> list[Change]:
        self._entries.drop_used(is_stored=False)
        with self._writer.batch(mark=entry.id) as changes:
            self._add(lambda entry: self._entries.poisoned(entry, why), entry)
        self._finish([entry], entry.id)
        return list(changes)

    def _add(self, read: Callable[[Spooled], RequestRecord], entry: Spooled) -> None:
        try:
            self._writer.add(read(entry))
        except BaseException:
            self._entries.drop_used(is_stored=False)
            raise
        finally:
            self._entries.release()

    def _finish(self, entries: Sequence[Spooled], last: int) -> None:
        self._reached = last
        self._undropped += len(entries)
        for entry in entries:
            if entry.file is not None:
                remove(self._workspace.incoming / entry.file)
        self._entries.drop_used(is_stored=True)

    def _drop(self, at_least: int) -> None:
        """Forget what is stored, but not for every few entries: it takes the spool's write lock."""
        if self._undropped and self._undropped >= at_least:
            self._spool.drop_through(self._reached)
            self._undropped = 0

    # ---------------------------------------------------------------- calls

    def _answer(self, call: JsonObject) -> None:
        number, name, args = call["call"], call.get("name"), call.get("args")
        if name == "retention.hurry":
            self._retention.change_limits(_limits(self._channel.limits))
            self._retention.hurry()
            self._channel.reply(number, {})
            return
        try:
            result, changes = self._commands.run(str(name), args if isinstance(args, dict) else {})
        except CommandError as error:
            self._channel.refuse(number, error.code, str(error))
        except StoreError as error:
            self._channel.refuse(number, "store", str(error))
        except (KeyError, ValueError, TypeError) as error:
            self._channel.refuse(number, "bad_argument", f"{name}: {error!r}")
        else:
            self._channel.say_changes(self._reached, changes)
            self._channel.reply(number, result)

    def _close(self) -> None:
        self._soundness.wait(1.0)
        self._commands.close()
        try:
            self._drop(0)
            self._spool.checkpoint()
            self._spool.close()
            self._writer.close()
        except StoreError:
            log.exception("closing the store failed; nothing acknowledged is lost")


def until_last_small(entries: list[Spooled]) -> list[Spooled]:
    """Return *entries* without the large ones at their end, where a small one comes before these.

    An error is told of once its batch is written: it need not wait for replays and profiles behind it.
    """
    last = max((n for n, entry in enumerate(entries) if _is_small(entry)), default=-1)
    behind = sum(len(entry.body or b"") for entry in entries[last + 1 :])
    return entries[: last + 1] if last >= 0 and behind >= WORTH_A_BATCH else entries


def _is_small(entry: Spooled) -> bool:
    return entry.file is None and len(entry.body or b"") <= SMALL


def _limits(said: JsonObject) -> RetentionLimits:
    """Return what the station said of keeping; the defaults for what it did not say."""
    usual = RetentionLimits()
    days, gigabytes = said.get("days"), said.get("gigabytes")
    return RetentionLimits(
        days=days if isinstance(days, int) and days >= 0 else usual.days,
        bytes=round(gigabytes * 1024**3)
        if isinstance(gigabytes, int | float) and gigabytes > 0
        else usual.bytes,
    )
