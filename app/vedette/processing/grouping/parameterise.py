"""Messages without what changes from event to event: numbers, addresses, times, ids.

One pass over the text replaces each match by its kind in angle brackets, ``user 17`` → ``user <int>``. The
kinds and their order are those of edition A, its quirks included (``10s`` → ``1<duration>``): they decide
hashes, so they are not to be improved. An alternative is only tried where a text has what it cannot do
without, which leaves most texts with a handful of them.
"""

import re
from collections.abc import Iterator
from enum import IntFlag, auto
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

# What a normalised message may have at most. Beyond it a text is cut, which bounds the time it takes.
LONGEST = 8192 + 200


class Needs(IntFlag):
    """What a text must have for an alternative to be worth trying."""

    DIGIT = auto()
    AT = auto()
    ADDRESS = auto()  # ://
    DOT = auto()
    COLON = auto()
    EQUALS = auto()
    HEX = auto()  # eight hexadecimal digits in a row
    MONTH = auto()


_HAS = (
    (Needs.DIGIT, re.compile(r"\d").search),
    (Needs.HEX, re.compile(r"[0-9a-fA-F]{8}").search),
    (Needs.MONTH, re.compile(r"Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec").search),
)
_HAS_TEXT = (
    (Needs.AT, "@"),
    (Needs.ADDRESS, "://"),
    (Needs.DOT, "."),
    (Needs.COLON, ":"),
    (Needs.EQUALS, "="),
)
_ANY = re.compile(r"[\d@.:=]|[0-9a-fA-F]{8}")

# The top-level domains that count, by first letter: a tenth of the attempts of a plain list.
_DOMAINS = {
    "a": "e|l|pp|r|t|u",
    "b": "e|g|iz|r|y",
    "c": "a|at|c|f|h|l|lub|n|o|om|z",
    "d": "e|k",
    "e": "du|e|s|u",
    "f": "i|m|r",
    "g": "a|ov|q|r",
    "h": "k|r|u",
    "i": "d|e|l|n|nfo|o|r|s|t",
    "j": "obs|p",
    "k": "r|z",
    "l": "a|ink|t|v|y",
    "m": "e|obi|s|x|y",
    "n": "et|ews|g|l|o|z",
    "o": "nline|rg",
    "p": "e|h|l|ro|t",
    "r": "o|s|u",
    "s": "a|e|g|i|ite|k",
    "t": "h|ips|k|o|r|v|w",
    "u": "a|g|k|s",
    "v": "n",
    "w": "iki",
    "x": "xx|yz",
    "z": "a",
}
_DOMAIN = "|".join(
    f"{first}(?:{tails})|{first.upper()}(?:{tails.upper()})" for first, tails in _DOMAINS.items()
)

_H = r"[0-9a-fA-F]{1,4}"
_OCTET = r"(?:25[0-5]|(?:2[0-4]|1?[0-9])?[0-9])"
_V4 = rf"(?:{_OCTET}\.){{3}}{_OCTET}"
_V6 = (
    rf"(?:{_H}:){{7}}{_H}",
    rf"(?:{_H}:){{1,7}}:",
    rf"(?:{_H}:){{1,6}}:{_H}",
    rf"(?:{_H}:){{1,5}}(?::{_H}){{1,2}}",
    rf"(?:{_H}:){{1,4}}(?::{_H}){{1,3}}",
    rf"(?:{_H}:){{1,3}}(?::{_H}){{1,4}}",
    rf"(?:{_H}:){{1,2}}(?::{_H}){{1,5}}",
    rf"{_H}:(?::{_H}){{1,6}}",
    rf":(?:(?::{_H}){{1,7}}|:)",
    r"fe80:(?::[0-9a-fA-F]{0,4}){0,4}%[0-9a-zA-Z]+",
    rf"::(?:ffff(?::0{{1,4}})?:)?{_V4}",
    rf"(?:{_H}:){{1,4}}:{_V4}\b",
)

_DAY = r"(?:Sun|Mon|Tue|Wed|Thu|Fri|Sat)"
_FULL_DAY = r"(?:Sunday|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday)"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_ZONE = r"(?:UT|GMT|[ECMP](?:ST|DT)|[A-IK-Z])"
_ZONE2 = rf"(?:{_ZONE}|[-+]\d\d[0-5]\d)"
_DATED = Needs.DIGIT | Needs.MONTH
_CLOCKED = Needs.DIGIT | Needs.COLON
_BOTH = Needs.DIGIT | Needs.MONTH | Needs.COLON


class Alternative(NamedTuple):
    kind: str
    needs: Needs
    pattern: str


_ALTERNATIVES = (
    Alternative("email", Needs.AT, r"[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-zA-Z0-9-]+(?:\.[a-zA-Z0-9-]+)*"),
    Alternative("url", Needs.ADDRESS, r"\b(?:wss?|https?|ftp)://[^\s/$.?#].\S*"),
    # Host names met have a dozen labels at most; without an end to them, `a.a.a.…` takes seconds.
    Alternative("hostname", Needs.DOT, rf"\b(?:[a-zA-Z0-9-]{{1,63}}\.){{1,32}}?(?:{_DOMAIN})\b"),
    Alternative("ip", Needs.COLON, "|".join(_V6)),
    Alternative("ip", Needs.DIGIT | Needs.DOT, rf"\b{_V4}\b"),
    Alternative("uuid", Needs.HEX, r"\b[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}\b"),
    Alternative("sha1", Needs.HEX, r"\b[0-9a-fA-F]{40}\b"),
    Alternative("md5", Needs.HEX, r"\b[0-9a-fA-F]{32}\b"),
    Alternative(
        "date",
        _BOTH,
        rf"{_DAY},\s\d{{1,2}}\s{_MONTH}\s\d{{2,4}}\s\d{{1,2}}:\d{{1,2}}(?::\d{{1,2}})?\s{_ZONE2}",
    ),
    Alternative("date", _DATED, rf"(?:{_DAY}\s)?{_MONTH}\s[0-3]\d,\s\d{{2,4}}"),
    Alternative("date", _BOTH, rf"{_FULL_DAY},\s\d\d-{_MONTH}-\d\d\s\d\d:\d\d:\d\d\s{_ZONE}"),
    Alternative("date", _CLOCKED, r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z?(?:[+-]?\d\d:\d\d)?"),
    Alternative("date", _CLOCKED, r"\d{4}-?[01]\d-?[0-3]\d\s[0-2]\d:[0-5]\d:[0-5]\d(?:\.\d+)?"),
    Alternative("date", _CLOCKED, r"\d{1,2}:\d\d(?::\d\d)?(?:[aApP][Mm])?"),
    Alternative("date", Needs.DIGIT, r"\d{4}-[01]\d-[0-3]\d"),
    Alternative("date", _CLOCKED, r"[0-2]\d:[0-5]\d:[0-5]\d"),
    Alternative(
        "date",
        _CLOCKED,
        r"\d{4}-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d(?::[0-5]\d(?:\.\d+)?)?(?:[+-][0-2]\d:[0-5]\d|Z)",
    ),
    Alternative("date", _BOTH, rf"\b(?:{_DAY}\s+)?{_MONTH}\s+\d{{1,2}}\s+\d\d:\d\d:\d\d\s+\d{{4}}"),
    Alternative(
        "date",
        _BOTH,
        rf"\b(?:{_DAY},\s+)?(?:0[1-9]|[1-2]?\d|3[01])\s+{_MONTH}\s+(?:19\d\d|[2-9]\d{{3}})\s+"
        rf"(?:2[0-3]|[01]\d):[0-5]\d(?::(?:60|[0-5]\d))?\s+{_ZONE2}",
    ),
    Alternative("date", Needs.DOT, r"datetime\.datetime\(.*?\)"),
    Alternative("duration", Needs.DIGIT, r"\b\d+ms|\d(?:\.\d+)?s\b"),
    Alternative("hex", Needs.DIGIT, r"\b0[xX][0-9a-fA-F]+\b"),
    Alternative("float", Needs.DIGIT | Needs.DOT, r"-\d+\.\d+\b|\b\d+\.\d+\b"),
    Alternative("int", Needs.DIGIT, r"-\d+\b|\b\d+\b"),
    Alternative("quoted_str", Needs.EQUALS, r"""(?<==)(?:'[^']+'|"[^"]+")"""),
    Alternative("bool", Needs.EQUALS, r"(?<==)(?:True|true|False|false)"),
)


class _Scanner(NamedTuple):
    pattern: re.Pattern[str]
    kinds: tuple[str, ...]  # by group number


def parameterise(message: str) -> str:
    """Return the first two lines of *message* that are not blank, with what varies replaced by its kind.

    A message of more lines gets ``...`` at its end. Time is bounded for any text.
    """
    text = message[:LONGEST]
    text = "\n".join(islice(_lines_with_text(text), 2))
    if text != message:
        text += "..."
    return _replace(text) if _ANY.search(text) else text


def _lines_with_text(text: str) -> Iterator[str]:
    return (line for line in text.splitlines() if not line.isspace() and line)


def _replace(text: str) -> str:
    has = Needs(0)
    for flag, search in _HAS:
        if search(text):
            has |= flag
    for flag, mark in _HAS_TEXT:
        if mark in text:
            has |= flag
    scanner = _scanner(has)
    return scanner.pattern.sub(lambda match: scanner.kinds[match.lastindex or 0], text)


@lru_cache(maxsize=256)
def _scanner(has: Needs) -> _Scanner:
    tried = [each for each in _ALTERNATIVES if each.needs & has == each.needs]
    pattern = re.compile("|".join(f"({each.pattern})" for each in tried))
    return _Scanner(pattern, ("", *(f"<{each.kind}>" for each in tried)))
