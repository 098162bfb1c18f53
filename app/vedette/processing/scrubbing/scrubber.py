"""Walks a document and applies a project's rules to what they are for.

A project's documents look alike, so what rules a place has is worked out once and remembered in a tree of
places that grows with the keys met (entries of a list share one). All texts with the same rules are then
searched together for what a match needs, which in most documents is nowhere; only where it is do rules run.
"""

from bisect import bisect_right
from collections.abc import Sequence
from typing import Any

from vedette.domain.json import JsonObject, JsonValue
from vedette.processing.scrubbing.patterns import Pattern, Searchable
from vedette.processing.scrubbing.redaction import Method, Redacted, Rule, note, redact_text, removal
from vedette.processing.scrubbing.schema import Field, Form
from vedette.processing.scrubbing.selectors import Pii, Selector, Step

MOST_PLACES = 20_000
_LONGEST_KEY = 200
_UNTOUCHED = frozenset(["", "true", "false", "null", "undefined"])
_NAMES = {dict: "object", list: "array", str: "string", int: "number", float: "number", bool: "boolean"}

_Link = Any
"""Where a value stands: None for the root, else (link of its parent, key or index)."""


class _Place:
    """A kind of value at a path: the rules it has, and its children as they are met."""

    __slots__ = ("children", "field", "is_forced", "key", "path", "removes", "rules")

    def __init__(self, field: Field, path: tuple[Step, ...], rules: tuple[Rule, ...], kind: type) -> None:
        self.field = field
        self.path = path
        self.rules = rules
        self.key = next((step.key for step in reversed(path) if isinstance(step.key, str)), "")
        self.is_forced = any(
            rule.key_hits(self.key) or (rule.is_for_anything and rule.method is Method.REMOVE)
            for rule in rules
        )
        # booleans tell of nobody
        self.removes = removal(rules, self.key) if kind not in (str, bool) else None
        self.children: dict[type, dict[str | int, _Place]] = {}


class Scrubber:
    """A project's rules, ready for any number of documents. Not for several threads at once."""

    def __init__(self, applications: Sequence[tuple[Selector, tuple[Rule, ...]]]) -> None:
        self._applications = [(selector, rules) for selector, rules in applications if rules]
        self._uses_indexes = any(selector.uses_indexes for selector, _ in self._applications)
        self._roots: dict[Field, _Place] = {}
        self._places = 0
        self._lists: dict[tuple[int, ...], tuple[Rule, ...]] = {}

    @property
    def is_idle(self) -> bool:
        """Whether there is no rule at all."""
        return not self._applications

    def scrub(self, document: JsonObject | list[JsonValue], schema: Field) -> bool:
        """Redact *document* in place and note it in its ``_meta``; returns whether anything changed.

        A list has no ``_meta``; what was done to it is not noted.
        """
        if not self._applications:
            return False
        meta: JsonObject = {}
        changed = _Walk(self, document, meta).run(self._root(schema))
        if type(document) is dict:
            sent = document.get("_meta")
            if type(sent) is dict:
                changed = self._scrub_originals(sent, schema) or changed
                _merge(sent, meta)
            elif meta:
                document["_meta"] = meta
        return changed

    def rules_at(self, path: tuple[Step, ...]) -> tuple[Rule, ...]:
        """Return the rules for a text at *path*, outside any document."""
        return tuple(
            rule
            for selector, rules in self._applications
            if selector.matches(path, Pii.TRUE)
            for rule in rules
        )

    def _scrub_originals(self, meta: JsonObject, schema: Field) -> bool:
        """Scrub the values ``_meta`` repeats of what could not stay; returns whether any changed."""
        changed = False
        waiting: list[tuple[JsonObject, _Place]] = [(meta, self._root(schema))]
        while waiting:
            here, place = waiting.pop()
            entry = here.get("")
            if type(entry) is dict and entry.get("val") is not None and place.path:
                changed = self._scrub_original(entry, place) or changed
            for key, inner in here.items():
                if key and type(inner) is dict:
                    step: str | int = int(key) if key.isdecimal() and len(key) < 7 else key
                    waiting.append((inner, self.child(place, step, dict)))
        return changed

    def _scrub_original(self, entry: JsonObject, place: _Place) -> bool:
        value = entry["val"]
        kind = type(value)
        if kind in (dict, list):
            return _Walk(self, value, {}).run(place)
        at = self._place(place.field, (*place.path[:-1], _step(place.path[-1].key, place.field, kind)), kind)
        if kind is str:
            redacted = redact_text(value, at.key, at.rules)
            if redacted is None:
                return False
            entry["val"] = redacted.text
            return True
        if at.removes is None:
            return False
        del entry["val"]
        return True

    def _root(self, schema: Field) -> _Place:
        if self._places > MOST_PLACES:
            self._roots.clear()
            self._places = 0
        place = self._roots.get(schema)
        if place is None:
            place = self._roots[schema] = _Place(schema, (), (), dict)
        return place

    def child(self, parent: _Place, key: str | int, kind: type) -> _Place:
        """Return the place of a value of *kind* under *key* in a value at *parent*."""
        at = key if type(key) is str or self._uses_indexes else 0
        known = parent.children.get(kind)
        if known is None:
            known = parent.children[kind] = {}
        place = known.get(at)
        if place is None:
            field = parent.field.child(key)
            steps = [_step(name, other, dict) for name, other in field.alias if other is not None]
            steps.append(_step(field.alias[-1][0] if field.alias else at, field, kind))
            place = self._place(field, (*parent.path, *steps), kind)
            if not isinstance(at, str) or len(at) <= _LONGEST_KEY:
                known[at] = place
                self._places += 1
        return place

    def _place(self, field: Field, path: tuple[Step, ...], kind: type) -> _Place:
        rules: list[Rule] = []
        if not field.is_dead:
            for selector, more in self._applications:
                if selector.matches(path, field.pii):
                    rules += more
        return _Place(field, path, self._same(tuple(rules)), kind)

    def _same(self, rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
        """Return one object for equal lists of rules, so that texts can be put together by it."""
        return self._lists.setdefault(tuple(map(id, rules)), rules)


def _step(key: str | int, field: Field, kind: type) -> Step:
    name = _NAMES.get(kind, "null")
    return Step(key, field.types | {name})


class _Walk:
    """One document's way through the rules."""

    def __init__(self, scrubber: Scrubber, document: JsonValue, meta: JsonObject) -> None:
        self._scrubber = scrubber
        self._document = document
        self._meta = meta
        # texts by their rules: container, key in it, text, place, link
        self._texts: dict[int, list[tuple[Any, Any, str, _Place, _Link]]] = {}
        self._waiting: list[tuple[Any, _Place, _Link]] = []
        self._changed = False

    def run(self, root: _Place) -> bool:
        """Redact the whole document, which stands at *root*; returns whether anything changed."""
        self._waiting.append((self._document, root, None))
        while self._waiting:
            value, place, link = self._waiting.pop()
            if type(value) is dict:
                self._object(value, place, link)
            else:
                self._list(value, place, link)
        for texts in self._texts.values():
            self._search(texts)
        return self._changed

    def _object(self, record: JsonObject, place: _Place, link: _Link) -> None:
        form = place.field.form
        if form is Form.ATTRIBUTES:
            self._attributes(record, place, link)
            return
        if form is Form.VALUES and "values" not in record:
            values = self._scrubber.child(place, "values", list)
            self._object(record, self._scrubber.child(values, 0, dict), link)
            return
        children = place.children
        child = self._scrubber.child
        for key, value in record.items():
            kind = type(value)
            if value is None:
                continue
            known = children.get(kind)
            at = (known and known.get(key)) or child(place, key, kind)
            if kind is str:
                if at.rules and value not in _UNTOUCHED:
                    self._text(record, key, value, at, link)
            elif not at.field.is_dead:
                if at.removes is not None:
                    self._remove(record, key, at, link)
                elif kind is dict or kind is list:
                    self._waiting.append((value, at, (link, key)))

    def _attributes(self, record: JsonObject, place: _Place, link: _Link) -> None:
        """Take ``name: {"value": …}`` as if it were ``name: value``; anything else as it is."""
        for name, attribute in record.items():
            if type(attribute) is dict and "value" in attribute:
                value = attribute["value"]
                if value is not None:
                    at = self._scrubber.child(place, name, type(value))
                    self._value(attribute, "value", value, at, (link, name))
            elif attribute is not None:
                at = self._scrubber.child(place, name, type(attribute))
                self._value(record, name, attribute, at, link)

    def _list(self, values: list[JsonValue], place: _Place, link: _Link) -> None:
        if place.field.form is Form.VALUES:
            place = self._scrubber.child(place, "values", list)
        if _is_pairs(values):
            for index, pair in enumerate(values):
                if pair[1] is not None:
                    at = self._scrubber.child(place, pair[0], type(pair[1]))
                    self._value(pair, 1, pair[1], at, (link, index))
            return
        for index, value in enumerate(values):
            if value is not None:
                at = self._scrubber.child(place, index, type(value))
                self._value(values, index, value, at, link)

    def _value(self, holder: Any, key: str | int, value: JsonValue, at: _Place, link: _Link) -> None:
        kind = type(value)
        if kind is str:
            if at.rules and value not in _UNTOUCHED:
                self._text(holder, key, value, at, link)
        elif not at.field.is_dead:
            if at.removes is not None:
                self._remove(holder, key, at, link)
            elif kind is dict or kind is list:
                self._waiting.append((value, at, (link, key)))

    def _text(self, holder: Any, key: str | int, text: str, at: _Place, link: _Link) -> None:
        if at.is_forced:
            self._redact(holder, key, text, at, link)
        else:
            self._texts.setdefault(id(at.rules), []).append((holder, key, text, at, link))

    def _search(self, texts: list[tuple[Any, Any, str, _Place, _Link]]) -> None:
        """Redact those of *texts*, which have the same rules, in which one of them can match."""
        starts: list[int] = []
        position = 0
        for entry in texts:
            starts.append(position)
            position += len(entry[2]) + 1
        together = Searchable("\x00".join(entry[2] for entry in texts))
        for number in sorted(_candidates(texts[0][3].rules, together, starts)):
            self._redact(*texts[number])

    def _redact(self, holder: Any, key: str | int, text: str, at: _Place, link: _Link) -> None:
        stays = _file_name(text) if at.field.is_path else ""
        redacted = redact_text(text.removesuffix(stays) if stays else text, at.key, at.rules)
        if redacted is None:
            return
        holder[key] = None if redacted.text is None else redacted.text + stays
        has_length = redacted.text is not None or _has_range(redacted)
        note(self._meta, _path((link, key)), redacted.remarks, len(text) if has_length else None)
        self._changed = True

    def _remove(self, holder: Any, key: str | int, at: _Place, link: _Link) -> None:
        if at.removes is not None:
            holder[key] = None
            note(self._meta, _path((link, key)), [[at.removes.id, "x"]], None)
            self._changed = True


def _candidates(rules: Sequence[Rule], together: Searchable, starts: Sequence[int]) -> set[int]:
    """Return the numbers of the texts in *together*, beginning at *starts*, in which *rules* can match."""
    found: set[int] = set()
    asked: set[int] = set()
    for pattern in _patterns(rules):
        if id(pattern) in asked:
            continue
        asked.add(id(pattern))
        places = pattern.places(together)
        if places is None:
            return set(range(len(starts)))
        found.update(bisect_right(starts, place) - 1 for place in places)
    return found


def _patterns(rules: Sequence[Rule]) -> list[Pattern]:
    return [pattern for rule in rules for pattern in rule.patterns]


def _has_range(redacted: Redacted) -> bool:
    return any(len(remark) > 2 for remark in redacted.remarks)


def _is_pairs(values: list[JsonValue]) -> bool:
    """Whether *values* is a list of pairs of a text and something."""
    first = values[0] if values else None
    if type(first) is not list or len(first) != 2 or type(first[0]) is not str:
        return False
    return all(type(pair) is list and len(pair) == 2 and type(pair[0]) is str for pair in values)


def _file_name(text: str) -> str:
    return text[max(text.rfind("/"), text.rfind("\\")) + 1 :]


def _path(link: _Link) -> list[str]:
    steps: list[str] = []
    while link is not None:
        link, key = link
        steps.append(str(key))
    return steps[::-1]


def _merge(into: JsonObject, more: JsonObject) -> None:
    """Add the tree *more* to the ``_meta`` tree *into*."""
    waiting = [(into, more)]
    while waiting:
        here, there = waiting.pop()
        for key, value in there.items():
            if key == "":
                note(here, (), value.get("rem", ()), value.get("len"))
            else:
                inner = here.get(key)
                if type(inner) is not dict:
                    inner = here[key] = {}
                waiting.append((inner, value))
