"""The dialect of patterns that rules are written in."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vedette.processing.grouping.globs import (
    LONGEST_PATTERN,
    LONGEST_TEXT,
    PATH,
    PLAIN,
    Glob,
    GlobError,
    Style,
    compile_glob,
)

LINES = Style(newlines=True)
ANY_CASE = Style(ignores_case=True)


@pytest.mark.parametrize(
    ("pattern", "text", "style", "fits"),
    [
        ("", "", PLAIN, True),
        ("", "x", PLAIN, False),
        ("*", "", PLAIN, True),
        ("std::*", "std::panic", PLAIN, True),
        ("std::*", "xstd::panic", PLAIN, False),
        ("*.py", "a/b.py", PLAIN, True),
        ("a?c", "abc", PLAIN, True),
        ("a?c", "ac", PLAIN, False),
        ("a?c", "aéc", PLAIN, False),
        ("a??c", "aéc", PLAIN, True),
        ("[a-c]x", "bx", PLAIN, True),
        ("[!a-c]x", "bx", PLAIN, False),
        ("[^a-c]x", "dx", PLAIN, True),
        ("[]a]x", "]x", PLAIN, True),
        ("[a-]x", "-x", PLAIN, True),
        ("?[[]KSCrash*", "-[KSCrash run]", PLAIN, True),
        ("{a,b{c,d}}*", "bdx", PLAIN, True),
        ("{a,b{c,d}}*", "bx", PLAIN, False),
        ("*{abc,b}*c", "abc", PLAIN, True),
        ("a,b", "a,b", PLAIN, True),
        (r"-\[NSISEngine*", "-[NSISEngine x]", PLAIN, True),
        (r"*::\{dtor\}", "a::{dtor}", PLAIN, True),
        ("Foo", "foo", PLAIN, False),
        ("Foo", "fOO", ANY_CASE, True),
        ("[A-C]*", "bx", ANY_CASE, True),
        ("É", "é", ANY_CASE, False),
        ("unpkg/**", "unpkg/a/b", PLAIN, True),
        ("unpkg/**", "unpkg", PLAIN, False),
        ("foo*", "foo\nbar", PLAIN, False),
        ("foo*", "foo\nbar", LINES, True),
        ("*.py", "a/b.py", PATH, False),
        ("*.py", "b.PY", PATH, True),
        ("?", "/", PATH, False),
        ("**/*.py", "a/b.py", PATH, True),
        ("**/*.py", "b.py", PATH, True),
        ("**/b", "/b", PATH, True),
        ("**/b", "xb", PATH, False),
        (r"a\**\b", "a/x/b", PATH, True),
        ("a/**/b", "a/b", PATH, True),
        ("a/**/b", "a/x/y/b", PATH, True),
        ("a/**/b", "ab", PATH, False),
        ("a/**/**/b", "a/b", PATH, True),
        ("**/**/b", "b", PATH, True),
        ("/lib/**", "/lib/x/y", PATH, True),
        ("/lib/**", "/lib", PATH, False),
        ("**", "a/b", PATH, True),
        ("**/", "a/b", PATH, True),
        ("**/**", "a/b", PATH, True),
        ("**.app/Contents/**", "a.app/contents/x", PATH, True),
        ("**.app/Contents/**", "/b/a.app/contents/x", PATH, False),
        ("**https://unpkg.com/**", "https://unpkg.com/x", PATH, True),
        ("**/*newrelic*/**", "/x/anewrelicb/c", PATH, True),
        ("**/*newrelic*/**", "/x/anewrelicb", PATH, False),
        ("*a*b/c", "xaab/c", PATH, True),
        ("**/a*b", "/abc/ab", PATH, True),
        ("a*a", "a", PATH, False),
        ("[!a]b", "/b", PATH, False),
    ],
)
def test_a_pattern_is_read_as_globset_reads_it(pattern: str, text: str, style: Style, fits: bool) -> None:
    assert compile_glob(pattern, style).fits(text) is fits


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        ("[a", "without its end"),
        ("{a", "without a closing"),
        ("a}", "without an opening"),
        ("a\\", "nothing after it"),
        ("[z-a]", "goes backwards"),
        ("{a,b}" * 7, "at most 64"),
        ("{" + "a," * 64 + "b}", "at most 64"),
        ("{" * 10 + "}" * 10, "eight deep"),
        ("a" * (LONGEST_PATTERN + 1), "2,000"),
    ],
)
def test_what_is_no_pattern_is_said(pattern: str, why: str) -> None:
    with pytest.raises(GlobError, match=why):
        compile_glob(pattern)


@pytest.mark.parametrize(
    ("pattern", "style"),
    [
        ("*a" * 200 + "b", PLAIN),
        ("**/" + "*a" * 200 + "b", PATH),
        ("**/a/" * 60 + "b", PATH),
        ("*a*b" * 100, PLAIN),
        ("*?" * 200, PLAIN),
        ("a/**/" * 100 + "b", PLAIN),
    ],
)
def test_no_pattern_takes_long(pattern: str, style: Style) -> None:
    glob = compile_glob(pattern, style)
    began = time.process_time()
    for text in ("a" * LONGEST_TEXT, "a/" * LONGEST_TEXT, "ab" * LONGEST_TEXT):
        glob.fits(text)
    assert time.process_time() - began < 1


SHORT = st.text(alphabet="ab/*?[]!{},\\é\n-", max_size=8)
STYLES = st.sampled_from([PLAIN, PATH, LINES, ANY_CASE])


@settings(derandomize=True, max_examples=400, deadline=None)
@given(SHORT, SHORT, STYLES)
def test_any_text_is_a_pattern_or_refused(pattern: str, text: str, style: Style) -> None:
    try:
        glob = compile_glob(pattern, style)
    except GlobError:
        return
    quick = _quick(glob, text)
    if quick is not None and "\n" not in text and style is PLAIN:
        assert quick is glob.fits(text)
    if glob.fits(text):
        assert glob.needs in text.lower() if style.ignores_case else glob.needs in text


def _quick(glob: Glob, text: str) -> bool | None:
    if glob.exact is not None:
        return text == glob.exact
    return text.startswith(glob.prefix) if glob.prefix is not None else None


def slow(pattern: str, text: str) -> bool:
    """Stars only, tried everywhere."""
    if not pattern:
        return not text
    if pattern[0] == "*":
        return slow(pattern[1:], text) or (bool(text) and slow(pattern, text[1:]))
    return bool(text) and text[0] == pattern[0] and slow(pattern[1:], text[1:])


@settings(derandomize=True, max_examples=400, deadline=None)
@given(st.text(alphabet="ab*", max_size=7), st.text(alphabet="ab", max_size=9))
def test_stars_are_taken_wherever_they_fit(pattern: str, text: str) -> None:
    assert compile_glob(pattern).fits(text) is slow(pattern, text)


def slow_path(parts: list[str], texts: list[str]) -> bool:
    """Whole parts `**` and stars within parts, tried everywhere."""
    if not parts:
        return not texts
    if parts[0] == "**":
        if len(parts) == 1:
            return bool(texts)
        return slow_path(parts[1:], texts) or (bool(texts) and slow_path(parts, texts[1:]))
    return bool(texts) and slow(parts[0], texts[0]) and slow_path(parts[1:], texts[1:])


@settings(derandomize=True, max_examples=600, deadline=None)
@given(
    st.lists(st.sampled_from(["**", "a", "b", "a*", "*b", "*a*b", "*"]), min_size=1, max_size=5),
    st.lists(st.sampled_from(["a", "b", "ab", "aab", "c"]), min_size=1, max_size=6),
)
def test_parts_of_paths_are_found_wherever_they_lie(parts: list[str], texts: list[str]) -> None:
    expected = slow_path(parts, texts) or set(parts) == {"**"}
    assert compile_glob("/".join(parts), PATH).fits("/".join(texts)) is expected
