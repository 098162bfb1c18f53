"""JSON values as a reader wants them: previews, colours by type, paths, notes on what was cut. Pure."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from vedette.desktop.language import tr
from vedette.desktop.widgets.units import count

PREVIEW = 100
Step = str | int

_NUMBER = re.compile(r"^[+-]?(0[xX][0-9a-fA-F]+|\d[\d_]*\.?\d*([eE][+-]?\d+)?)[nLjfd]?$")
_WORDS = {"none", "true", "false", "null", "undefined", "nil", "nan", "[filtered]"}
_PLAIN_KEY = re.compile(r"^[A-Za-z_$][\w$-]*$")


def is_container(value: Any) -> bool:
    """Return whether *value* can be opened."""
    return isinstance(value, Mapping) or (isinstance(value, Sequence) and not isinstance(value, str | bytes))


def children(value: Any) -> list[tuple[Step, Any]]:
    """Return the steps and values inside a container, in order; nothing for a plain value."""
    if isinstance(value, Mapping):
        return [(str(key), inner) for key, inner in value.items()]
    return list(enumerate(value)) if is_container(value) else []


def value_token(value: Any, *, reprs: bool = False) -> str:
    """Return the colour token of a value's type.

    With *reprs*, strings are read as a program's own notation, as SDKs send variables: ``"0"`` is a number,
    ``"'EUR'"`` a string, ``"<Order 7>"`` a name.
    """
    if value is None or isinstance(value, bool):
        return "code.constant"
    if isinstance(value, int | float):
        return "code.number"
    if is_container(value):
        return "code.comment"
    return _repr_token(str(value)) if reprs else "code.string"


def _repr_token(text: str) -> str:
    stripped = text.strip()
    if _NUMBER.match(stripped):
        return "code.number"
    if stripped.lower() in _WORDS:
        return "code.constant"
    if len(stripped) > 1 and stripped.lstrip("bruf")[:1] in ("'", '"') and stripped[-1] in ("'", '"'):
        return "code.string"
    return "code.name"


def preview(value: Any, limit: int = PREVIEW, *, reprs: bool = False) -> str:
    """Return one line for *value*, at most about *limit* characters: ``{items: [], currency: "EUR"}``."""
    text = "".join(_pieces(value, limit, reprs=reprs))
    return text if len(text) <= limit else text[: limit - 1] + "…"


def _pieces(value: Any, limit: int, *, reprs: bool, depth: int = 0) -> Iterator[str]:
    if isinstance(value, str):
        yield one_line(value[: limit + 1]) if reprs else json.dumps(value[: limit + 1], ensure_ascii=False)
    elif not is_container(value):
        yield "null" if value is None else json.dumps(value, ensure_ascii=False, default=str)
    elif depth > 2:
        yield "{…}" if isinstance(value, Mapping) else "[…]"
    else:
        yield from _container_pieces(value, limit, reprs=reprs, depth=depth)


def _container_pieces(value: Any, limit: int, *, reprs: bool, depth: int) -> Iterator[str]:
    named = isinstance(value, Mapping)
    yield "{" if named else "["
    spent = 1
    for at, (step, inner) in enumerate(children(value)[: limit // 3 + 1]):
        head = (", " if at else "") + (f"{one_line(str(step)[:40])}: " if named else "")
        body = "".join(_pieces(inner, limit - spent, reprs=reprs, depth=depth + 1))
        spent += len(head) + len(body)
        yield head + body
        if spent > limit:
            return
    yield "}" if named else "]"


def one_line(text: str) -> str:
    """Return *text* with a sign for every character that breaks the line or draws nothing."""
    signs = {"\n": "⏎", "\t": "⇥", "\r": ""}
    return "".join(letter if letter.isprintable() else signs.get(letter, "·") for letter in text)


def path_text(steps: Sequence[Step]) -> str:
    """Return a path as it is written in programs: ``cart.items[0].id``."""
    text = ""
    for step in steps:
        if isinstance(step, int):
            text += f"[{step}]"
        elif _PLAIN_KEY.match(step):
            text += f".{step}" if text else step
        else:
            text += f"[{json.dumps(step, ensure_ascii=False)}]"
    return text


def as_json(value: Any) -> str:
    """Return *value* as indented JSON text for the clipboard."""
    return json.dumps(value, ensure_ascii=False, indent=2, default=str)


def as_text(value: Any) -> str:
    """Return *value* as plain text for the clipboard: a string without quotes, anything else as JSON."""
    return value if isinstance(value, str) else as_json(value)


def meta_note(meta: Any, value: Any = None) -> str:
    """Return in words what an event's ``_meta`` says was done to a value, empty for nothing.

    With what is left of the *value* it is said how much that is.

    Source: Sentry's event metadata: ``{"": {"len": 12, "rem": [["!limit", "x", 0, 3]], "err": [...]}}``.
    """
    own = meta.get("") if isinstance(meta, Mapping) else None
    if not isinstance(own, Mapping):
        return ""
    notes = []
    if isinstance(own.get("len"), int):
        notes.append(_cut_note(own["len"], value))
    removed = [str(rem[0]) for rem in own.get("rem") or () if isinstance(rem, Sequence) and rem]
    rules = ", ".join(rule for rule in removed if not rule.startswith("!"))
    if rules:
        notes.append(tr("scrubbed by {rules}").format(rules=rules))
    for error in own.get("err") or ():
        why = error if isinstance(error, str) else next(iter(error), "")
        notes.append(tr("invalid: {why}").format(why=why))
    return "; ".join(notes)


def _cut_note(length: int, value: Any) -> str:
    if is_container(value):
        return tr("cut by SDK: {shown} of {count}").format(shown=count(len(value)), count=count(length))
    if isinstance(value, str):
        text = tr("cut by SDK: {shown} of {count} letters")
        return text.format(shown=count(len(value)), count=count(length))
    return tr("cut by SDK, was {count}").format(count=count(length))


def inner_meta(meta: Any, step: Step) -> Any:
    """Return the part of ``_meta`` that speaks about the child at *step*."""
    return meta.get(str(step)) if isinstance(meta, Mapping) else None


def find_paths(value: Any, text: str, limit: int = 200) -> list[tuple[Step, ...]]:
    """Return the paths whose key or plain value contains *text*, in reading order, at most *limit*."""
    wanted = text.lower()
    found: list[tuple[Step, ...]] = []
    waiting: list[tuple[tuple[Step, ...], Any]] = [((), value)]
    while waiting and len(found) < limit:
        path, here = waiting.pop()
        own = "" if is_container(here) else as_text(here).lower()
        if path and (wanted in str(path[-1]).lower() or wanted in own):
            found.append(path)
        waiting.extend(((*path, step), inner) for step, inner in reversed(children(here)))
    return found
