"""What becomes of a value a rule has found: removed, replaced, masked or hashed, with a note of it.

A text is cut into pieces, plain and already redacted; later rules see a redacted piece as one character that
matches nothing, so no rule undoes or doubles another.
"""

import hashlib
import hmac
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from vedette.domain.json import JsonObject, JsonValue
from vedette.processing.scrubbing.patterns import ANYTHING, Looks, Pattern, Searchable

FILTERED = "[Filtered]"
_HOLE = "\x00"  # stands for a redacted piece while searching

Remark = list[JsonValue]
"""``[rule id, type]`` or ``[rule id, type, start, end]``; the range counts characters of the new text."""


class Method(StrEnum):
    """What is put in the place of a match; the protocol's spelling."""

    REMOVE = "remove"
    REPLACE = "replace"
    MASK = "mask"
    HASH = "hash"


_TYPES = {Method.REMOVE: "x", Method.REPLACE: "s", Method.MASK: "m", Method.HASH: "p"}


@dataclass(frozen=True)
class Rule:
    """One rule ready for use. ``id`` is what notes call it, ``text`` what replaces a match."""

    id: str
    patterns: tuple[Pattern, ...]
    method: Method = Method.REPLACE
    text: str = FILTERED
    key: bytes = b""  # of the hash

    @property
    def is_for_anything(self) -> bool:
        return self.patterns[0] is ANYTHING

    def key_hits(self, key: str) -> bool:
        """Return whether a value of any kind is taken because of its *key*."""
        return any(pattern.key_hits(key) for pattern in self.patterns)

    def redact(self, text: str) -> "_Piece":
        """Return what is put in the place of *text*."""
        if self.method is Method.MASK:
            put = "*" * len(text)
        elif self.method is Method.HASH:
            put = hmac.new(self.key, text.encode("utf-8", "replace"), hashlib.sha1).hexdigest().upper()
        else:
            put = self.text if self.method is Method.REPLACE else ""
        return _Piece(put, self)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of a text; *rule* is what redacted it, None for plain text."""

    text: str
    rule: Rule | None = None


@dataclass(frozen=True, slots=True)
class Redacted:
    """A text after its rules: what it is now (None: removed) and a remark for each change."""

    text: str | None
    remarks: list[Remark]


def redact_text(text: str, key: str, rules: Sequence[Rule]) -> Redacted | None:
    """Return *text*, found under *key*, after *rules* in their order; None if none of them changed it."""
    text = text.replace(_HOLE, "")
    pieces = [_Piece(text)]
    before = Searchable(text)  # what is put in the place of a match is never searched again
    for rule in rules:
        if rule.is_for_anything and rule.method is Method.REMOVE:
            return Redacted(None, [*_remarks(pieces), [rule.id, "x"]])
        for pattern in rule.patterns:
            if pattern.key_hits(key):
                if rule.method is Method.REMOVE:
                    return Redacted(None, [*_remarks(pieces), [rule.id, "x"]])
                pieces = _apply(pieces, rule, ANYTHING)
            elif pattern.may_match(before):
                pieces = _apply(pieces, rule, pattern)
    remarks = _remarks(pieces)
    return Redacted("".join(piece.text for piece in pieces), remarks) if remarks else None


def _apply(pieces: list[_Piece], rule: Rule, pattern: Pattern) -> list[_Piece]:
    if pattern.looks is Looks.KEY or all(piece.rule for piece in pieces):
        return pieces
    if len(pieces) == 1:  # nearly always
        searched = pieces[0].text
    else:
        searched = "".join(_HOLE if piece.rule else piece.text for piece in pieces)
    if not pattern.groups:
        if not pattern.expression.search(searched):
            return pieces
        return [rule.redact(searched)] if searched.strip(_HOLE) else pieces
    holes = iter([piece for piece in pieces if piece.rule])
    result: list[_Piece] = []
    reached = 0
    for match in pattern.expression.finditer(searched):
        for group in pattern.groups:
            start, end = match.span(group) if group <= pattern.expression.groups else (-1, -1)
            if start < reached or start == end:
                continue
            _keep(searched[reached:start], holes, result)
            for _ in range(searched.count(_HOLE, start, end)):
                next(holes)
            result.append(rule.redact(searched[start:end]))
            reached = end
    if not reached:
        return pieces
    _keep(searched[reached:], holes, result)
    return result


def _keep(text: str, holes: Iterator[_Piece], result: list[_Piece]) -> None:
    """Append *text* to *result*, its holes filled with the pieces they stand for."""
    for n, plain in enumerate(text.split(_HOLE)):
        if n:
            result.append(next(holes))
        if plain:
            result.append(_Piece(plain))


def _remarks(pieces: Sequence[_Piece]) -> list[Remark]:
    found: list[Remark] = []
    position = 0
    for piece in pieces:
        end = position + len(piece.text)
        if piece.rule:
            found.append([piece.rule.id, _TYPES[piece.rule.method], position, end])
        position = end
    return found


def removal(rules: Sequence[Rule], key: str) -> Rule | None:
    """Return the first of *rules* that removes a number, list or object under *key*; None if it may stay."""
    return next((rule for rule in rules if rule.is_for_anything or rule.key_hits(key)), None)


def note(meta: JsonObject, path: Sequence[str], remarks: Sequence[Remark], length: int | None) -> None:
    """Add *remarks* to the ``_meta`` tree *meta* at *path*; the first ``len`` ever noted stays."""
    for step in path:
        inner = meta.get(step)
        if type(inner) is not dict:
            inner = meta[step] = {}
        meta = inner
    entry = meta.get("")
    if type(entry) is not dict:
        entry = meta[""] = {}
    if remarks:
        listed = entry.get("rem")
        entry["rem"] = [*(listed if type(listed) is list else ()), *remarks]
    if length is not None and type(entry.get("len")) is not int:
        entry["len"] = length
