"""What was done to an event's values on the way: cut, scrubbed, replaced, and by whom. Pure.

Source: the protocol's event metadata, ``_meta`` with ``{"": {"len": 12, "rem": [["!limit", "x", 0, 3]]}}``,
and its processing errors, ``errors`` with ``type``, ``name``, ``reason`` and ``value``.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from vedette.desktop.language import mark, tr
from vedette.desktop.widgets.json_values import Step, path_text, preview
from vedette.domain.json import JsonObject, JsonValue

MOST = 500
_ERRORS = {
    "invalid_data": mark("replaced, since it could not be read"),
    "missing_attribute": mark("replaced, since something is missing"),
    "value_too_long": mark("too long, cut"),
    "past_timestamp": mark("a time too far in the past"),
    "future_timestamp": mark("a time in the future, moved to the arrival"),
    "clock_drift": mark("times corrected by the clocks' difference"),
    "too_large_for_storage": mark("too large to be kept"),
}
_ACTS = {
    "x": mark("removed by {rule}"),
    "s": mark("replaced by {rule}"),
    "m": mark("masked by {rule}"),
    "p": mark("made anonymous by {rule}"),
    "e": mark("encrypted by {rule}"),
    "a": mark("noted by {rule}"),
}


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing that was done: to which value, what, and whether the SDK had done it."""

    path: tuple[Step, ...]
    what: str
    by_sdk: bool
    value: str = ""  # what stood there before, where it is known

    @property
    def place(self) -> str:
        return path_text(self.path) or tr("event")

    @property
    def by(self) -> str:
        return tr("SDK") if self.by_sdk else tr("Vedette")


def remarks_of(event: JsonObject, payload: bytes) -> tuple[Remark, ...]:
    """Return what was done to the values of a normalised *event*; *payload* is what its SDK sent."""
    sent: Any = None
    if b'"_meta"' in payload:
        try:
            sent = orjson.loads(payload)
        except orjson.JSONDecodeError:
            sent = None
    before = sent.get("_meta") if isinstance(sent, dict) else None
    found = [*_errors(event.get("errors")), *_walk(event.get("_meta"), before, ())]
    seen: dict[tuple[tuple[Step, ...], str], Remark] = {}
    for remark in found:
        seen.setdefault((remark.path, remark.what), remark)
        if len(seen) >= MOST:
            break
    return tuple(seen.values())


def _errors(errors: JsonValue) -> Iterator[Remark]:
    for error in errors if isinstance(errors, list) else ():
        if not isinstance(error, dict):
            continue
        kind = str(error.get("type") or "")
        words = tr(_ERRORS[kind]) if kind in _ERRORS else kind.replace("_", " ")
        reason = str(error.get("reason") or "")
        path: tuple[Step, ...] = tuple(
            int(step) if step.isdigit() else step for step in str(error.get("name") or "").split(".") if step
        )
        value = preview(error["value"], 200) if error.get("value") is not None else ""
        yield Remark(path, f"{words}: {reason}" if reason else words, by_sdk=False, value=value)


def _walk(meta: Any, sent: Any, path: tuple[Step, ...]) -> Iterator[Remark]:
    waiting = [(meta, sent, path)]
    while waiting:
        here, before, at = waiting.pop()
        if not isinstance(here, Mapping):
            continue
        known = before if isinstance(before, Mapping) else {}
        own = here.get("")
        if isinstance(own, Mapping):
            by_sdk = isinstance(known.get(""), Mapping) and not _is_ours(own)
            yield from (Remark(at, words, by_sdk) for words in _words(own))
        for step, inner in reversed(list(here.items())):
            if step != "":
                place: Step = int(step) if isinstance(step, str) and step.isdigit() else step
                waiting.append((inner, known.get(step), (*at, place)))


def _is_ours(own: Mapping[str, Any]) -> bool:
    """Whether a remark is of scrubbing on ingest, which stands in the stored payload like those of an SDK."""
    rules = [str(rem[0]) for rem in own.get("rem") or () if isinstance(rem, list) and rem]
    return any(rule.startswith("@") or rule == "strip-fields" for rule in rules)


def _words(own: Mapping[str, Any]) -> Iterator[str]:
    """Return in words what one entry of ``_meta`` says."""
    length = own.get("len")
    limited = False
    for rem in own.get("rem") or ():
        if not isinstance(rem, Sequence) or isinstance(rem, str) or not rem:
            continue
        rule, act = str(rem[0]), str(rem[1]) if len(rem) > 1 else ""
        if rule.startswith("!"):
            limited = True
            yield _cut(length)
        else:
            yield tr(_ACTS.get(act, _ACTS["s"])).format(rule=rule)
    if isinstance(length, int) and not limited:
        yield _cut(length)
    for error in own.get("err") or ():
        kind = error if isinstance(error, str) else str(next(iter(error), "")) if error else ""
        yield tr(_ERRORS[kind]) if kind in _ERRORS else kind.replace("_", " ")


def _cut(length: Any) -> str:
    if isinstance(length, int):
        return tr("cut, was {count} long").format(count=f"{length:,}")
    return tr("cut")


def summary(remarks: Sequence[Remark]) -> str:
    """Return one sentence for all of them, "" for none: "SDK cut 3 values. Vedette replaced 1 value."."""
    sdk = sum(remark.by_sdk for remark in remarks)
    own = len(remarks) - sdk
    parts = []
    if sdk:
        parts.append(tr("The SDK cut or scrubbed %n value(s).", "", sdk))
    if own:
        parts.append(tr("Vedette scrubbed or changed %n value(s).", "", own))
    return " ".join(parts)
