"""What could be written at the cursor of a query, and the text once it is taken. Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from vedette.desktop.commands.fuzzy import match
from vedette.desktop.language import tr
from vedette.desktop.shell.query_bar.keys import KeyFact, Kind, ValueFact, values_known

MOST_KEYS, MOST_VALUES, MOST_RECENT = 60, 30, 5
_KEY = re.compile(r'(?:"(?P<quoted>[^"]*)"|tags\[(?P<tag>[^\]]*)\]|(?P<plain>[\w.\-]+)):', re.ASCII)
_OPERATOR = re.compile(r">=|<=|!=|>|<|=")
_PLAIN_KEY = re.compile(r"[A-Za-z_][\w.\-]*", re.ASCII)
_PLAIN_VALUE = re.compile(r'[^\s"()\[\],!<>=*\\][^\s"()\[\],*\\]*')


class Wanted(StrEnum):
    """What stands at the cursor."""

    KEY = "key"
    VALUE = "value"


@dataclass(frozen=True, slots=True)
class Context:
    """A completion replaces the text from *start* to *end*; *prefix* is what is written of it so far."""

    wanted: Wanted
    start: int
    end: int
    prefix: str
    key: str = ""
    is_negated: bool = False
    operator: str = ""
    in_list: bool = False
    term: int = 0
    """Where the term begins, its negation included."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One line. *insert* replaces the text from *start* to *end*; *ends* finishes the term."""

    section: str
    label: str
    insert: str
    start: int
    end: int
    detail: str = ""
    count: int | None = None
    ends: bool = False
    is_exact: bool = True
    """Else there are at least *count*."""


def context_at(text: str, cursor: int) -> Context:
    """Return what is being written at *cursor* of *text*."""
    term = _term_start(text, cursor)
    start = term
    while text[start:cursor].startswith(("!", "(")):
        start += 1
    negated = "!" in text[term:start]
    found = _KEY.match(text, start, cursor)
    if found is None:
        end = _word_end(text, cursor)
        return Context(Wanted.KEY, start, end, text[start:cursor].strip('"'), is_negated=negated, term=term)
    key = next(name for name in (found["quoted"], found["tag"], found["plain"]) if name is not None)
    place, operator = found.end(), ""
    if sign := _OPERATOR.match(text, place, cursor):
        place, operator = sign.end(), sign[0]
    in_list = text[place : place + 1] == "[" and place < cursor and not _is_closed(text[place:cursor])
    if in_list:
        place = _item_start(text, place + 1, cursor)
    prefix = text[place:cursor]
    return Context(
        Wanted.VALUE, place, _word_end(text, cursor, in_list=in_list, quoted=prefix.startswith('"')),
        prefix.strip('"').replace('\\"', '"'), key, negated, operator, in_list, term,
    )  # fmt: skip


def _term_start(text: str, cursor: int) -> int:
    start, is_quoted, in_list, place = 0, False, False, 0
    while place < cursor:
        sign = text[place]
        if is_quoted:
            place += sign == "\\"
            is_quoted = sign != '"'
        elif sign == '"':
            is_quoted = True
        elif sign == "[":
            in_list = True
        elif sign == "]":
            in_list = False
        elif sign.isspace() and not in_list:
            start = place + 1
        place += 1
    return min(start, cursor)


def _is_closed(listed: str) -> bool:
    return "]" in re.sub(r'"(?:[^"\\]|\\.)*"?', "", listed)


def _item_start(text: str, place: int, cursor: int) -> int:
    """Return where the item of a list begins in which *cursor* stands."""
    start, is_quoted = place, False
    for at in range(place, cursor):
        if text[at] == '"':
            is_quoted = not is_quoted
        elif text[at] == "," and not is_quoted:
            start = at + 1
    while start < cursor and text[start].isspace():
        start += 1
    return start


def _word_end(text: str, cursor: int, *, in_list: bool = False, quoted: bool = False) -> int:
    end = cursor
    stops = "," if in_list else ""
    while end < len(text):
        sign = text[end]
        if quoted:
            if sign == '"':
                return end + 1
        elif sign.isspace() or sign in ")]:" + stops:
            break
        end += 1
    return end


def is_unfinished(text: str) -> bool:
    """Return whether the last term of *text* is still in the making: a key without value, an open quote."""
    last = context_at(text, len(text))
    if last.wanted is Wanted.VALUE:
        opened = text[last.start :].startswith('"') and not _closes(text[last.start :])
        return opened or last.in_list or not last.prefix
    begun = text[last.start :]
    return (begun.startswith('"') and not _closes(begun)) or text.endswith(("!", "("))


def _closes(quoted: str) -> bool:
    bare = re.sub(r"\\.", "", quoted)
    return len(bare) > 1 and bare.endswith('"')


# ---------------------------------------------------------------- suggestions


def suggest_keys(
    context: Context, facts: Iterable[KeyFact], recent: Sequence[str], text: str
) -> list[Suggestion]:
    """Return earlier queries and the keys that fit what is written, the best first in their sections."""
    found: list[tuple[float, KeyFact]] = []
    for fact in facts:
        hit = match(context.prefix, fact.key)
        if hit is not None:
            found.append((hit.score, fact))
        elif len(context.prefix) > 2 and (hit := match(context.prefix, _words(fact))) is not None:
            found.append((hit.score / 2 - 20, fact))
    if context.prefix:
        found.sort(key=lambda one: (-one[0], -(one[1].count or 0)))
    ranked = [fact for _, fact in found[:MOST_KEYS]]
    sections = list(dict.fromkeys(fact.section for fact in ranked))
    earlier = _recent(context, recent, text)
    return earlier + [
        Suggestion(
            fact.section, fact.key, f"{quoted_key(fact.key)}:", context.start, context.end,
            fact.description, fact.count, is_exact=fact.is_exact,
        )
        for section in sections
        for fact in ranked
        if fact.section == section
    ]  # fmt: skip


def _words(fact: KeyFact) -> str:
    return " ".join((*fact.aliases, fact.description))


def _recent(context: Context, recent: Sequence[str], text: str) -> list[Suggestion]:
    """Return earlier queries that begin as the whole text does."""
    typed = text.strip()
    fitting = [query for query in recent if query != typed and query.casefold().startswith(typed.casefold())]
    return [
        Suggestion(tr("Earlier"), query, query, 0, len(text), ends=True)
        for query in fitting[: MOST_RECENT if not context.prefix else 2]
    ]


def suggest_operators(context: Context, kind: Kind) -> list[Suggestion]:
    """Return what may stand between key and value, as long as nothing of either is written."""
    if context.prefix or context.operator or context.in_list:
        return []
    section, at = tr("How"), context.start
    found = []
    if kind.is_compared:
        for sign, words in (
            (">", tr("more than")), (">=", tr("at least")), ("<", tr("less than")), ("<=", tr("at most")),
        ):  # fmt: skip
            found.append(Suggestion(section, sign, sign, at, at, words))
    if kind is Kind.DATE:
        found.append(Suggestion(section, "-", "-", at, at, tr("newer than: -24h")))
        found.append(Suggestion(section, "+", "+", at, at, tr("older than: +24h")))
    if kind in (Kind.TEXT, Kind.TAG):
        found.append(Suggestion(section, "[ , ]", "[", at, at, tr("one of several")))
        found.append(Suggestion(section, "*", "*", at, at, tr("any text in this place")))
    return found


def suggest_values(
    context: Context, facts: Iterable[ValueFact], all_there_are: Sequence[str] = ()
) -> list[Suggestion]:
    """Return the values that fit, the best first, the most frequent first among equals.

    *all_there_are* are those the language names.
    """
    known = values_known(context.key)
    told = {fact.value for fact in known}
    known += [ValueFact(value) for value in all_there_are if value not in told]
    counted = {fact.value: fact for fact in facts}
    merged = [counted.pop(fact.value, fact) for fact in known]
    merged = [
        replace(fact, description=known[at].description) if not fact.description else fact
        for at, fact in enumerate(merged)
    ]
    found = []
    for fact in (*merged, *counted.values()):
        hit = match(context.prefix, fact.value)
        if hit is not None and fact.value:
            begins = fact.value.casefold().startswith(context.prefix.casefold())
            found.append((begins, hit.score if context.prefix else 0, fact))
    found.sort(key=lambda one: (not one[0], -one[1], -(one[2].count or 0)))
    section = tr("Values of {key}").format(key=context.key)
    return [
        Suggestion(
            section, fact.value, quoted_value(fact.value), context.start, context.end, fact.description,
            fact.count, ends=not context.in_list, is_exact=fact.is_exact,
        )
        for _, _, fact in found[:MOST_VALUES]
    ]  # fmt: skip


def quoted_key(key: str) -> str:
    """Return *key* as it is written before a colon."""
    return key if _PLAIN_KEY.fullmatch(key) else '"{}"'.format(key.replace('"', ""))


def quoted_value(value: str) -> str:
    """Return *value* as it is written after a colon: in quotes if it would be read as more than a word."""
    if _PLAIN_VALUE.fullmatch(value):
        return value
    return '"{}"'.format(value.replace("\\", "\\\\").replace('"', '\\"'))


def taken(text: str, suggestion: Suggestion) -> tuple[str, int]:
    """Return *text* with *suggestion* in it, and where the cursor stands then."""
    rest = text[suggestion.end :]
    insert = suggestion.insert
    if suggestion.ends and not rest.startswith((" ", ")")):
        insert += " "
    elif suggestion.ends and rest.startswith(" "):
        insert, rest = f"{insert} ", rest[1:]
    if not suggestion.ends and insert.endswith(":") and rest.startswith(":"):
        rest = rest[1:]
    return text[: suggestion.start] + insert + rest, suggestion.start + len(insert)
