"""Splits the text of a search field into terms, so that finished ones can be shown as chips. Pure.

Only the shape of terms is known here; what they mean is the query language's business.
"""

import re
from dataclasses import dataclass

_TERM = re.compile(r'(?:[^\s"]|"(?:[^"\\]|\\.)*"?)+')
_KEYED = re.compile(r"^(!?[A-Za-z_][\w.\-\[\]]*:)(.+)$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Term:
    """One term: its key with colon (``is:``, ``!release:``), empty for plain words, and its value."""

    key: str
    value: str

    def __str__(self) -> str:
        return self.key + self.value


def split_terms(text: str) -> list[Term]:
    """Return the terms of *text* in order; quotes keep blanks together: ``release:"a b"`` is one term."""
    return [_term(found) for found in _TERM.findall(text)]


def split_finished(text: str) -> tuple[list[Term], str]:
    """Return the keyed terms that are complete, because a blank follows, and the text that is left."""
    if not text.endswith(" "):
        return [], text
    finished: list[Term] = []
    left: list[Term] = []
    for term in split_terms(text):
        (finished if term.key and not _open_quote(term.value) else left).append(term)
    if not finished:
        return [], text
    return finished, " ".join(map(str, left)) + (" " if left else "")


def _term(text: str) -> Term:
    keyed = _KEYED.match(text)
    return Term(keyed[1], keyed[2]) if keyed else Term("", text)


def _open_quote(value: str) -> bool:
    return value.replace('\\"', "").count('"') % 2 == 1
