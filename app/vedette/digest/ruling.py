"""A project's rules at work on what comes in: what is filtered, and what is stored instead of what was sent.

An item whose project scrubs or trims on ingest is written anew before anything reads it; from there on,
stored bytes included, nothing knows what it was. Projects without rules cost one look-up a request.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import orjson

from vedette.digest.kinds.incoming import Incoming
from vedette.domain.client_reports import Discard
from vedette.domain.json import JsonObject
from vedette.domain.outcomes import IngestError, Outcome
from vedette.domain.processed import Arrival
from vedette.processing import pipeline
from vedette.processing.depth import limit_depth
from vedette.processing.filters.inbound import Verdict
from vedette.processing.filters.records import filter_records
from vedette.processing.grouping import GroupingRules, SplitRule, grouping_rules, with_splits
from vedette.processing.normalise import settle_event
from vedette.processing.rules import ProjectRules, Trimming, read_rules
from vedette.processing.scrubbing.documents import EVENTS, attachment_rules, cover_text, scrub_payload
from vedette.processing.scrubbing.schema import EVENT
from vedette.processing.scrubbing.settings import ScrubbingError, make_scrubber
from vedette.processing.trimming import trim_event
from vedette.store.writer.records import DerivedEvent, ItemRecord, RequestRecord

REWRITTEN = "stored scrubbed, as the project's rules ask; the bytes as they came were not kept"
TRIMMED = "stored trimmed, as the project's rules ask; the bytes as they came were not kept"
_FOLLOWS = frozenset(["attachment", "user_report"])
"""Kinds that mean nothing without the event of their envelope."""
_CRASHES = frozenset(["attachment", "unreal_report"])
"""Kinds that are filtered themselves when the event made of them is."""
_RECORDS = frozenset((
    "log", "trace_metric", "span", "session", "sessions", "replay_event", "replay_video",
    "otlp_logs", "otlp_metrics", "otlp_traces",
))  # fmt: skip
"""Kinds whose entries are filtered one by one."""
_MORE_THAN_EVENTS = frozenset(["otlp_traces", "otlp_logs"])


class Ruling:
    """The rules of one project, ready for use."""

    def __init__(self, rules: ProjectRules) -> None:
        self._rules = rules
        self._scrubber = make_scrubber(rules.scrubbing) if rules.scrub_on_ingest else None
        self._trims = rules.trimming is Trimming.REFERENCE

    def admit(self, incoming: Incoming, found: ItemRecord) -> Incoming:
        """Return *incoming* as it is to be read and stored, or filter it, which *found* then says."""
        if incoming.item.type in EVENTS:
            event = self._settled(incoming.payload, incoming.item.type, incoming.arrival)
            if event is None:
                return self.conceal_item(incoming)
            verdict = self._rules.filters.verdict(event, incoming.arrival)
            if verdict is not None:
                _filter(found, verdict)
            return _written(incoming, self._event_bytes(event))
        return self._scrubbed(incoming)

    def _scrubbed(self, incoming: Incoming) -> Incoming:
        kind, name = incoming.item.type, incoming.text("filename") or ""
        if self._scrubber is None or (kind == "attachment" and not attachment_rules(name, self._scrubber)):
            return incoming
        payload = incoming.payload
        scrubbed = scrub_payload(kind, payload, self._scrubber, name=name)
        return incoming if scrubbed is payload else _written(incoming, scrubbed)

    def settle_derived(self, incoming: Incoming, found: ItemRecord) -> None:
        """Apply the rules to the events that were made of an item.

        Of what holds more than its events, spans or log records, only the events are filtered.
        """
        self._filter_records(incoming, found)
        kept: list[DerivedEvent] = []
        gone = 0
        for one in found.derived:
            arrival = replace(incoming.arrival, event_id=one.event.event_id.hex())
            event = self._settled(one.payload, "", arrival)
            verdict = None if event is None else self._rules.filters.verdict(event, arrival)
            if verdict is not None:
                gone += 1
                if found.kind not in _MORE_THAN_EVENTS:
                    _filter(found, verdict)
                continue
            payload = None if event is None else self._event_bytes(event)
            kept.append(
                one
                if payload is None
                else DerivedEvent(pipeline.process_event(payload, arrival, incoming.rules), payload)
            )
        found.derived = kept
        if gone and found.kind in _MORE_THAN_EVENTS:
            word = f"{gone} of its exceptions were filtered and became no events"
            found.detail = f"{found.detail}; {word}" if found.detail else word

    def _filter_records(self, incoming: Incoming, found: ItemRecord) -> None:
        """Take out what filters do not want of the logs, metrics, sessions, replays or spans of an item."""
        filters = self._rules.filters
        if filters.is_idle or found.kind not in _RECORDS or found.outcome is not Outcome.STORED:
            return
        kept = filter_records(filters, found.values, found.spans, incoming.arrival)
        if not kept.gone:
            return
        (verdict, _), total = kept.gone.most_common(1)[0], kept.gone.total()
        found.values, found.spans = kept.values, kept.spans
        if not kept.left:
            found.values = []
            _filter(found, verdict)
            return
        found.discards = [
            Discard(reason.value, found.category, count, field="filtered_events")
            for (reason, _), count in kept.gone.items()
        ]
        told = f"{total} of its {total + kept.left} entries were filtered ({verdict[1]})"
        found.detail = f"{found.detail}; {told}" if found.detail else told

    def conceal_item(self, incoming: Incoming) -> Incoming:
        """Return *incoming*, which cannot be read, with what can be found in its bytes covered."""
        if self._scrubber is None or incoming.item.type == "attachment":
            return incoming
        payload = incoming.payload
        return _written(incoming, cover_text(payload, self._scrubber))

    def conceal(self, body: bytes | memoryview) -> bytes | memoryview:
        """Return a *body* that is no envelope with what can be found in it covered."""
        return body if self._scrubber is None else cover_text(bytes(body), self._scrubber)

    def put_back(
        self, record: RequestRecord, header_size: int, items: Sequence[tuple[Incoming, ItemRecord]]
    ) -> None:
        """Put items that were written anew into the body of *record*, an envelope again, and say so."""
        whole = record.body
        anew = [found for incoming, found in items if incoming.body is not whole]
        end = max((found.start + found.length for _, found in items), default=header_size)
        damaged = bytes(whole[end:]).strip()
        concealed = self.conceal(damaged)
        if anew or concealed != damaged:
            _rebuild(record, header_size, items, bytes(concealed))
            record.path = record.path.partition("?")[0]  # a query can have been the body
        for found in anew:
            word = REWRITTEN if self._scrubber is not None else TRIMMED
            found.detail = f"{found.detail}; {word}" if found.detail else word

    def _settled(self, payload: bytes, kind: str, arrival: Arrival) -> JsonObject | None:
        """Return the event in *payload*, normalised but for its times; None if it is none."""
        try:
            event = orjson.loads(payload)
        except orjson.JSONDecodeError:
            return None
        if type(event) is not dict:
            return None
        spans = event.pop("spans", None)
        if kind == "transaction":
            event["type"] = "transaction"
        try:
            settle_event(event, arrival, moves=False)
        except IngestError:
            return None
        if spans is not None:
            event["spans"] = spans  # they are read as they were sent
        return event

    def _event_bytes(self, event: JsonObject) -> bytes | None:
        """Return the normalised *event* as it is to be stored, None if that is as it came."""
        if self._scrubber is None and not self._trims:
            return None
        if self._trims:
            trim_event(event)
        if self._scrubber is not None:
            self._scrubber.scrub(event, EVENT)
            _forget_derived(event)
        return orjson.dumps(limit_depth(event))


def _written(incoming: Incoming, payload: bytes | None) -> Incoming:
    """Return *incoming* with *payload* instead of its own, in a body of its own."""
    if payload is None:
        return incoming
    return replace(incoming, item=replace(incoming.item, start=0, length=len(payload)), body=payload)


def _filter(found: ItemRecord, verdict: Verdict) -> None:
    if verdict is not None:
        found.outcome = Outcome.FILTERED
        found.reason, found.detail = verdict


def _forget_derived(event: JsonObject) -> None:
    """Drop what normalising makes of other values, and keep it from inferring what was removed."""
    user = event.get("user")
    if type(user) is dict:
        user.pop("sentry_user", None)
    meta = event.get("_meta")
    noted = meta.get("user") if type(meta) is dict else None
    if (
        type(noted) is dict
        and "ip_address" in noted
        and (type(user) is not dict or not user.get("ip_address"))
    ):
        sdk = event.setdefault("sdk", {})
        if type(sdk) is dict:
            settings = sdk.get("settings")
            sdk["settings"] = {**(settings if type(settings) is dict else {}), "infer_ip": "never"}


def filter_followers(items: Sequence[ItemRecord]) -> None:
    """Filter what belongs to an event of its envelope that was filtered."""
    _filter_recording(items)
    verdicts = [
        item for item in items if item.outcome is Outcome.FILTERED and item.kind in (*EVENTS, *_CRASHES)
    ]
    if not verdicts:
        return
    for item in items:
        if item.kind in _FOLLOWS and item.outcome is Outcome.STORED:
            item.outcome, item.reason = Outcome.FILTERED, verdicts[0].reason
            item.detail = "its event was filtered"
            item.attachment = None
            item.derived, item.values = [], []


def _filter_recording(items: Sequence[ItemRecord]) -> None:
    """Filter the recording of a replay's segment that was filtered."""
    events = [item for item in items if item.kind == "replay_event"]
    if not events or any(item.outcome is not Outcome.FILTERED for item in events):
        return
    for item in items:
        if item.kind == "replay_recording" and item.outcome is Outcome.STORED:
            item.outcome, item.reason, item.detail = Outcome.FILTERED, events[0].reason, events[0].detail
            item.values = []


def _rebuild(
    record: RequestRecord, header_size: int, items: Sequence[tuple[Incoming, ItemRecord]], tail: bytes
) -> None:
    """Make the body of *record* of its envelope header, *items* as they are now and *tail*."""
    header = bytes(record.body[:header_size])
    parts = [header if header.endswith(b"\n") else header + b"\n"]
    size = len(parts[0])
    for incoming, found in items:
        line = orjson.dumps(limit_depth(incoming.item.header | {"length": incoming.item.length})) + b"\n"
        payload = bytes(incoming.view)
        found.start, found.length = size + len(line), len(payload)
        parts += [line, payload, b"\n"]
        size += len(line) + len(payload) + 1
    record.body = b"".join([*parts, tail])


class Rulings:
    """The rulings of every project that has one."""

    def __init__(self, stored: Mapping[int, JsonObject] | None = None) -> None:
        self._of: dict[int, Ruling] = {}
        self._grouping: dict[int, GroupingRules] = {}
        self._splits: dict[int, tuple[SplitRule, ...]] = {}
        for project, rules in (stored or {}).items():
            self.set(project, rules)

    def set(self, project: int, stored: JsonObject) -> None:
        """Let the rules *stored* count for *project* from now on."""
        rules = read_rules(stored)
        self._of.pop(project, None)
        self._grouping[project] = with_splits(rules.grouping(), self._splits.get(project, ()))
        if not rules.is_idle:
            try:
                self._of[project] = Ruling(rules)
            except ScrubbingError:  # of a newer version: better no rule of its own than none at all
                plain = replace(rules, scrubbing=replace(rules.scrubbing, pii_config=None))
                self._of[project] = Ruling(plain)

    def set_splits(self, project: int, splits: Sequence[SplitRule]) -> None:
        """Let *splits* be those of the issues of *project* from now on."""
        self._splits[project] = tuple(splits)
        rules = self._grouping.get(project) or grouping_rules()
        self._grouping[project] = with_splits(rules, splits)

    def grouping_of(self, project: int | None) -> GroupingRules | None:
        """Return by which rules events of *project* group, None if by those alone that are built in."""
        return self._grouping.get(project) if project is not None else None

    def of(self, project: int | None) -> Ruling | None:
        """Return the ruling of *project*, None if it has none."""
        return self._of.get(project) if project is not None else None
