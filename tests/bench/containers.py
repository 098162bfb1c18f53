"""Containers as SDKs send them: a hundred log records, metric points or streamed spans an envelope.

Texts, ids, numbers and times vary from entry to entry, so that nothing packs better than life.
"""

import random
from collections.abc import Callable
from typing import Any

import orjson

from tests.bench.filled import WORDS
from vedette.domain.times import SECOND, now

ENTRIES = 100
_LEVELS = (("info", 9), ("info", 9), ("info", 9), ("debug", 5), ("debug", 5), ("warn", 13), ("error", 17))
_SDK = {
    "sentry.environment": "bench",
    "sentry.release": "shop@1.4.2",
    "sentry.sdk.name": "sentry.python",
    "sentry.sdk.version": "2.75.0",
    "server.address": "shop-7",
}


def _attributes(**more: Any) -> dict[str, Any]:
    kinds = {str: "string", int: "integer", float: "double", bool: "boolean"}
    values = _SDK | {name.replace("__", "."): value for name, value in more.items()}
    return {name: {"value": value, "type": kinds[type(value)]} for name, value in values.items()}


def _envelope(kind: str, content_type: str, items: list[dict[str, Any]]) -> bytes:
    container = orjson.dumps({"version": 2, "items": items})
    header = {"type": kind, "item_count": len(items), "content_type": content_type, "length": len(container)}
    first = {"trace": {"trace_id": items[0]["trace_id"], "environment": "bench"}}
    return b"\n".join((orjson.dumps(first), orjson.dumps(header), container))


def log_envelopes(count: int, seed: int = 1) -> list[bytes]:
    """Return *count* envelopes of ENTRIES log records each, bodies of some ten words."""
    rng = random.Random(seed)
    return [
        _envelope(
            "log", "application/vnd.sentry.items.log+json", _each(rng, _log, f"{rng.getrandbits(128):032x}")
        )
        for _ in range(count)
    ]


def metric_envelopes(count: int, seed: int = 2) -> list[bytes]:
    """Return *count* envelopes of ENTRIES metric points each: twenty names, three attributes of their own."""
    rng = random.Random(seed)
    return [
        _envelope(
            "trace_metric",
            "application/vnd.sentry.items.trace-metric+json",
            _each(rng, _point, f"{rng.getrandbits(128):032x}"),
        )
        for _ in range(count)
    ]


def span_envelopes(count: int, seed: int = 3) -> list[bytes]:
    """Return *count* envelopes of ENTRIES streamed spans of one trace each."""
    rng = random.Random(seed)
    return [
        _envelope(
            "span",
            "application/vnd.sentry.items.span.v2+json",
            _each(rng, _span, f"{rng.getrandbits(128):032x}"),
        )
        for _ in range(count)
    ]


def _each(
    rng: random.Random, make: Callable[[random.Random, int, str], dict[str, Any]], trace: str
) -> list[dict[str, Any]]:
    return [make(rng, n, trace) for n in range(ENTRIES)]


def _moment(rng: random.Random) -> float:
    return now() / SECOND - rng.random() * 60


def _log(rng: random.Random, n: int, trace: str) -> dict[str, Any]:
    level, number = rng.choice(_LEVELS)
    words = [rng.choice(WORDS) for _ in range(7)]
    order = rng.randrange(10_000_000)
    return {
        "timestamp": _moment(rng),
        "trace_id": trace,
        "span_id": f"{rng.getrandbits(64):016x}",
        "level": level,
        "severity_number": number,
        "body": f"order {order} {' '.join(words)} in {rng.randrange(900)} ms",
        "attributes": _attributes(
            sentry__message__template="order {order} {words} in {took} ms",
            sentry__message__parameter__order=order,
            logger__name=f"shop.{words[0]}",
            code__line__number=rng.randrange(900),
            user__id=str(rng.randrange(5_000)),
        ),
    }


def _point(rng: random.Random, n: int, trace: str) -> dict[str, Any]:
    name = rng.randrange(20)
    kind = ("counter", "gauge", "distribution")[name % 3]
    point = {
        "timestamp": _moment(rng),
        "trace_id": trace,
        "name": f"shop.{WORDS[name]}",
        "type": kind,
        "value": float(rng.randrange(1, 5)) if kind == "counter" else rng.lognormvariate(3, 1),
        "attributes": _attributes(
            route=f"/{rng.choice(WORDS)}",
            status=rng.choice((200, 200, 200, 404, 500)),
            user__id=str(rng.randrange(5_000)),
        ),
    }
    return point | ({"unit": "millisecond"} if kind == "distribution" else {})


def _span(rng: random.Random, n: int, trace: str) -> dict[str, Any]:
    begin = _moment(rng)
    root = trace[:16]
    own: dict[str, Any] = {"trace_id": trace, "status": "ok", "start_timestamp": begin}
    if n == ENTRIES - 1:
        return own | {
            "span_id": root,
            "name": f"GET /{rng.choice(WORDS)}",
            "is_segment": True,
            "end_timestamp": begin + 1,
            "attributes": _attributes(sentry__op="http.server", http__request__method="GET"),
        }
    table, number = rng.choice(WORDS), rng.randrange(10_000_000)
    attributes = (
        _attributes(
            sentry__op="db",
            db__system="postgresql",
            db__query__text=f"SELECT * FROM {table} WHERE id = %s",
        ),
        _attributes(
            sentry__op="http.client",
            http__request__method="GET",
            url__full=f"https://api.example.com/{table}/{number}",
        ),
        _attributes(sentry__op="cache.get", sentry__description=f"{table}:{number}"),
        _attributes(sentry__op="function"),
    )[n % 4]
    return own | {
        "span_id": f"{rng.getrandbits(64):016x}",
        "parent_span_id": root,
        "name": table,
        "end_timestamp": begin + rng.random() / 10,
        "attributes": attributes,
    }
