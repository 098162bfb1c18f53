"""Function names without what changes from build to build: arguments, templates, hashes, versions."""

import re
from collections.abc import Callable
from functools import lru_cache

_NATIVE = frozenset(("objc", "cocoa", "swift", "native", "c"))
_JAVASCRIPT = frozenset(("javascript", "node"))

# Names of C++ templates have been met with some thousand characters. No step below takes more than a moment
# for a name of this length, whatever is in it.
_LONGEST = 16_384
_DEEPEST = 40

# Characters of a private use area: neither brackets nor blanks, and in no name a compiler makes.
_STAND_INS = (
    ("operator<<", "\ue000"),
    ("operator<", "\ue001"),
    ("operator()", "\ue002"),
    ("operator->", "\ue003"),
    ("`anonymous namespace'", "\ue004"),
)
_ARROW = "\ue005"

_LAMBDA = re.compile(r"\{lambda\(.*?\)#\d+\}|\blambda_[a-f0-9]{32}\b|\$_\d+\b")
_OTHER_LAMBDA = re.compile(r"\blambda_[a-f0-9]{32}\b|\$_\d+\b")
_LAMBDA_END = re.compile(r"\)#\d+\}")
_TRAILING_CONST = re.compile(r"(?<!\w)const\Z")
_MSVC_ANONYMOUS = re.compile(r"\?A0x[a-f0-9]{8}::")
_RUST_HASH = re.compile(r"::h[a-z0-9]{16}$")
_GLIBC = re.compile(r"@@?GLIBC_[0-9.]+$")
_DECORATED = re.compile(r"@?(.*?)@[0-9]+", re.DOTALL)
_SELF_AS = re.compile(r"[A-Z] as ")
_CLOSING = {"(": ")", "[": "]", "{": "}", "<": ">"}
_BRACKETS = {
    opening: re.compile(f"[{re.escape(opening + closing)}]") for opening, closing in _CLOSING.items()
}
_BRACKET_OR_BLANK = re.compile(r"[()\[\]{}<>\s]")


def family_of(platform: str | None) -> str:
    """Return which rules a platform follows: native, javascript or other."""
    if platform in _NATIVE:
        return "native"
    return "javascript" if platform in _JAVASCRIPT else "other"


@lru_cache(maxsize=4096)
def trim(name: str, platform: str | None) -> str:
    """Return *name* as it stays the same between builds; only native and C# names are changed."""
    if len(name) > _LONGEST:
        return name
    if platform == "csharp":
        return name.partition(" (")[0]
    return _trim_native(name, platform) if platform in _NATIVE else name


def _trim_native(name: str, platform: str | None) -> str:
    if name in ("<redacted>", "<unknown>"):
        return name
    text = name.strip()
    if text.startswith(("[", "+[", "-[")):
        return text
    text = _replace_outermost(text, "[", "]", _keep_unless_clone).rstrip()
    text = _without_trailers(text)
    for written, stand_in in _STAND_INS:
        text = text.replace(written, stand_in)
    text = text.replace(" -> ", f" {_ARROW} ")
    text = _name_lambdas(text)
    text = _MSVC_ANONYMOUS.sub("\ue004::", text)
    text = _replace_outermost(text, "(", ")", _keep_named_parentheses)
    text = _replace_outermost(text, "<", ">", _shorten_template)
    return _without_linkage(_last_word(text, name, platform))


def _without_trailers(text: str) -> str:
    while True:
        if text.endswith("&"):
            text = text[:-1].rstrip()
        elif _TRAILING_CONST.search(text, max(0, len(text) - 6)):
            text = text[: -len("const")].rstrip()
        else:
            return text


def _name_lambdas(text: str) -> str:
    """Where no lambda of gcc can end any more none is looked for, which would be to the end each time."""
    end = 0
    for found in _LAMBDA_END.finditer(text):
        end = found.end()
    return _LAMBDA.sub("lambda", text[:end]) + _OTHER_LAMBDA.sub("lambda", text[end:])


def _last_word(text: str, name: str, platform: str | None) -> str:
    words = _split_outside_brackets(text)
    if len(words) > 1 and words[-1] == "<T>":
        words[-2:] = [f"{words[-2]} <T>"]
    if not words:
        return name
    word = words[words.index(_ARROW) - 1] if _ARROW in words else words[-1]
    if word.startswith("@") and platform in ("cocoa", "swift"):
        word = "thunk for closure" if "thunk for " in text else "closure"
    word = word.replace(_ARROW, "->")
    for written, stand_in in _STAND_INS:
        word = word.replace(stand_in, written)
    return word


def _without_linkage(word: str) -> str:
    word = _GLIBC.sub("", _RUST_HASH.sub("", word))
    decorated = _DECORATED.fullmatch(word)
    return decorated[1] if decorated else word


def _keep_unless_clone(inner: str, _at: int) -> str:
    return "" if inner.startswith("clone .") else f"[{inner}]"


def _keep_named_parentheses(inner: str, _at: int) -> str:
    inner = inner.strip()
    return f"({inner})" if inner in ("anonymous namespace", "operator") else ""


def _shorten_template(inner: str, at: int, depth: int = 0) -> str:
    if inner == "lambda" or _LAMBDA.match(inner):
        return f"<{inner}>"
    if at > 0 or depth > _DEEPEST:
        return "<T>"
    inner = inner[5:] if _SELF_AS.match(inner) else inner
    nested = _replace_outermost(inner, "<", ">", lambda text, at: _shorten_template(text, at, depth + 1))
    return nested.partition(" as ")[0]


def _replace_outermost(text: str, opening: str, closing: str, replace: Callable[[str, int], str]) -> str:
    """Return *text* with each outermost bracketed part replaced; what is never closed is dropped."""
    if opening not in text:
        return text
    kept: list[str] = []
    depth = start = done = 0
    for bracket in _BRACKETS[opening].finditer(text):
        at = bracket.start()
        if depth == 0:
            kept.append(text[done:at])
        if text[at] == opening:
            if depth == 0:
                start = at
            depth += 1
        else:
            depth -= 1
            if depth == 0:
                kept.append(replace(text[start + 1 : at], start))
        done = at + 1
    if depth == 0:
        kept.append(text[done:])
    return "".join(kept)


def _split_outside_brackets(text: str) -> list[str]:
    words: list[str] = []
    awaited: list[str] = []
    start = 0
    for found in _BRACKET_OR_BLANK.finditer(text):
        at, character = found.start(), found[0]
        if character in _CLOSING:
            awaited.append(_CLOSING[character])
        elif awaited and character == awaited[-1]:
            awaited.pop()
        elif not awaited and character.isspace():
            words.append(text[start:at])
            start = at + 1
    if not awaited:
        words.append(text[start:])
    return [word for word in words if word]
