"""The demo workspace: recorded traffic of real SDKs, replayed over the last day.

The requests enter where a live SDK's enter, at the spool, and walk the same path. Times are moved so that
the recordings end now, and every replay gets ids of its own, since an event with a known id is a duplicate.
"""

import base64
import logging
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
import zstandard

from vedette.digest.channel import Channel
from vedette.digest.process import Digest
from vedette.domain.json import JsonObject
from vedette.domain.times import HOUR, MINUTE, SECOND, Micros, now
from vedette.domain.workspace import Workspace
from vedette.processing.shapes import UnfitError
from vedette.processing.timestamps import read_moment
from vedette.protocol.envelope import iter_items, read_envelope_header
from vedette.store.spool import Spool, SpoolEntry
from vedette.store.writer.writer import StoreWriter

log = logging.getLogger(__name__)

_SEED = 42
_HEX_ID = re.compile(rb'"(?:event_id|trace_id|replay_id|profile_id|sid)":\s*"([0-9a-f]{32})"')
_TIME_KEYS = frozenset(("timestamp", "start_timestamp", "end_timestamp", "sent_at", "started", "received"))
_MARKER = "demo"


@dataclass(frozen=True, slots=True)
class Recording:
    """One recorded request, transport encoding undone."""

    scenario: str
    repeat: int
    t: float  # seconds since its scenario began
    project: int
    meta: JsonObject
    body: bytes


def fill_demo(workspace: Workspace, traffic: Path, *, shipped_dictionary: bytes | None = None) -> int:
    """Fill *workspace* from the recordings in *traffic* and return how many requests were replayed.

    A workspace that holds the demo already is left as it is (0); one with other data raises FileExistsError.
    """
    marker = workspace.folder / _MARKER
    if marker.exists():
        return 0
    if workspace.database.exists():
        raise FileExistsError(f"{workspace.folder} holds a workspace that is not the demo")
    projects, recordings = read_recordings(traffic)
    _make_projects(workspace, projects, shipped_dictionary)
    entries = list(replay(recordings, now()))
    spool = Spool(workspace.spool)
    spool.append(entries)
    spool.close()
    Digest(workspace, _Nobody(), shipped_dictionary=shipped_dictionary).run()
    marker.write_text("This workspace was filled by `vedette demo`.\n", encoding="utf-8")
    return len(entries)


class _Nobody(Channel):
    """A station that has nothing to say: digest drains the spool and ends."""

    def __init__(self) -> None:
        self.is_closed = True
        self.limits = {}

    def say(self, message: JsonObject) -> None:
        if "trouble" in message:
            log.error("%s", message["trouble"])


def read_recordings(traffic: Path) -> tuple[dict[int, tuple[str, str, str]], list[Recording]]:
    """Return the projects (slug, name, platform by id) and the requests that *traffic* holds."""
    text = zstandard.ZstdDecompressor().decompress(traffic.read_bytes())
    first, *lines = text.split(b"\n")
    projects = {int(number): tuple(names) for number, names in orjson.loads(first)["projects"].items()}
    recordings = []
    for line in lines:
        request = orjson.loads(line)
        body = base64.b64decode(request.pop("body"))
        fields = {name: request.pop(name) for name in ("scenario", "repeat", "t", "project")}
        recordings.append(Recording(**fields, meta=request, body=body))
    return projects, recordings


def _make_projects(
    workspace: Workspace, projects: dict[int, tuple[str, str, str]], shipped_dictionary: bytes | None
) -> None:
    writer = StoreWriter(workspace, shipped_dictionary=shipped_dictionary)
    with writer.batch():
        writer.projects.ensure_first()
        for number, (slug, name, platform) in projects.items():
            writer.projects.of(str(number), None, "user")
            writer.projects.update(number, slug=slug, name=name, platform=platform)
    writer.close()


def replay(recordings: list[Recording], at: Micros) -> Iterator[SpoolEntry]:
    """Yield the recordings as spool entries, each as often as it asks for, over the day before *at*.

    The same at any time, but for the ids' first letters and the moments: the seed is fixed.
    """
    chance = random.Random(_SEED)
    moments: dict[tuple[str, int], int] = {}
    planned = []
    for recording in recordings:
        for n in range(recording.repeat):
            key = (recording.scenario, n)
            if key not in moments:
                # Denser towards now, as a day at work is; the first replay of each is minutes old.
                ago = chance.random() ** 2 * 23 * HOUR if n else chance.random() * 20 * MINUTE
                moments[key] = at - round(ago) - 30 * SECOND
            planned.append((moments[key] + round(recording.t * SECOND), n, recording))
    planned.sort(key=lambda plan: plan[0])
    for i, (moment, n, recording) in enumerate(planned):
        body = _with_fresh_ids(_moved(recording.body, moment, recording.meta["endpoint"]), n)
        meta = {
            **recording.meta,
            "method": "POST",
            "project": str(recording.project),
            "ip": "127.0.0.1",
            "status": 200,
            "encoding": None,
        }
        # All arrive within the last minutes: an offline SDK that came home. One run, not fifty.
        yield SpoolEntry(Micros(at - (len(planned) - i) * SECOND // 2), "envelope", orjson.dumps(meta), body)


def _with_fresh_ids(body: bytes, n: int) -> bytes:
    if n == 0:
        return body
    for old in set(_HEX_ID.findall(body)):
        body = body.replace(old, b"%02x" % (n % 256) + old[2:])
    return body


def _moved(body: bytes, moment: int, endpoint: str) -> bytes:
    """Return *body* with every time in it moved so that the newest is *moment*."""
    if endpoint == "store":
        event = orjson.loads(body)
        return orjson.dumps(_shift(event, _delta([event], moment)))
    envelope = read_envelope_header(body)
    header = envelope.header
    items: list[tuple[JsonObject, Any]] = []
    for item in iter_items(body, envelope.header_size):
        payload = body[item.start : item.start + item.length]
        parsed: Any = payload
        if item.type != "attachment" and payload[:1] == b"{":
            parsed = orjson.loads(payload)
        items.append((item.header, parsed))
    delta = _delta([parsed for _, parsed in items if isinstance(parsed, dict)], moment)
    lines = [orjson.dumps(_shift(header, delta))]
    for item_header, parsed in items:
        payload = orjson.dumps(_shift(parsed, delta)) if isinstance(parsed, dict) else parsed
        lines.append(orjson.dumps({**item_header, "length": len(payload)}))
        lines.append(payload)
    return b"\n".join(lines) + b"\n"


def _delta(payloads: list[JsonObject], moment: int) -> float:
    """Return the seconds by which the newest time at the top of *payloads* lies before *moment*."""
    newest = 0.0
    for payload in payloads:
        spans = payload.get("items")
        for holder in (payload, *(spans if isinstance(spans, list) else ())):
            for key in _TIME_KEYS:
                seconds = _seconds(holder.get(key)) if isinstance(holder, dict) else None
                newest = max(newest, seconds or 0.0)
    return moment / SECOND - newest if newest else 0.0


def _seconds(value: Any) -> float | None:
    if isinstance(value, int | float) and 1_000_000_000 < value < 5_000_000_000:
        return float(value)
    if isinstance(value, str) and len(value) >= 19 and value[4:5] == "-" and value[10:11] in "T ":
        try:
            return read_moment(value) / SECOND
        except UnfitError:
            return None
    return None


def _shift(value: Any, delta: float) -> Any:
    if isinstance(value, dict):
        return {key: _shift_time(key, inner, delta) for key, inner in value.items()}
    if isinstance(value, list):
        return [_shift(inner, delta) for inner in value]
    return value


def _shift_time(key: str, value: Any, delta: float) -> Any:
    if key in _TIME_KEYS:
        seconds = _seconds(value)
        if seconds is not None:
            return seconds + delta
    return _shift(value, delta)
