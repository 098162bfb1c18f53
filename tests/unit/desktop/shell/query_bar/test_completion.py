import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vedette.desktop.shell.query_bar.completion import (
    Suggestion,
    Wanted,
    context_at,
    is_unfinished,
    quoted_key,
    quoted_value,
    suggest_keys,
    suggest_operators,
    suggest_values,
    taken,
)
from vedette.desktop.shell.query_bar.draft import split_parts
from vedette.desktop.shell.query_bar.keys import KeyFact, Kind, ValueFact, with_tags


@pytest.mark.parametrize(
    ("written", "wanted", "key", "prefix"),
    [
        ("|", Wanted.KEY, "", ""),
        ("lev|", Wanted.KEY, "", "lev"),
        ("is:new lev|", Wanted.KEY, "", "lev"),
        ("le|vel", Wanted.KEY, "", "le"),
        ("level:|", Wanted.VALUE, "level", ""),
        ("level:er|", Wanted.VALUE, "level", "er"),
        ("!level:er|", Wanted.VALUE, "level", "er"),
        ("(level:er|)", Wanted.VALUE, "level", "er"),
        ("level:>er|", Wanted.VALUE, "level", "er"),
        ('release:"a b|', Wanted.VALUE, "release", "a b"),
        ('"my key":v|', Wanted.VALUE, "my key", "v"),
        ("tags[a]:v|", Wanted.VALUE, "a", "v"),
        ("browser:[a, b|", Wanted.VALUE, "browser", "b"),
        ("browser:[a, b] le|", Wanted.KEY, "", "le"),
        ("a:b |", Wanted.KEY, "", ""),
    ],
)
def test_what_is_written_at_the_cursor_is_known(written: str, wanted: Wanted, key: str, prefix: str) -> None:
    context = context_at(written.replace("|", ""), written.index("|"))
    assert (context.wanted, context.key, context.prefix) == (wanted, key, prefix)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", False),
        ("level:", True),
        ("level:error", False),
        ("level:>", True),
        ('release:"a b', True),
        ('release:"a b"', False),
        ("browser:[a, ", True),
        ("browser:[a, b", True),
        ("browser:[a, b]", False),
        ('"a phrase', True),
        ('"a phrase"', False),
        ("words", False),
        ("a !", True),
        ("(", True),
        ("level: ", False),
    ],
)
def test_a_term_in_the_making_is_not_asked_for_yet(text: str, expected: bool) -> None:
    assert is_unfinished(text) is expected


KEYS = with_tags([("release", 40, True), ("zone", 3, True), ("browser.name", 70, False)])


def keys_for(text: str, recent: tuple[str, ...] = ()) -> list[Suggestion]:
    return suggest_keys(context_at(text, len(text)), KEYS, recent, text)


def test_keys_come_in_sections_with_counts_and_tags_by_how_many_carry_them() -> None:
    found = keys_for("")
    assert found[0].label == "is"
    assert next(one for one in found if one.label == "release").count == 40
    assert [one.label for one in found if one.section == "Tags"] == ["browser.name", "zone"]


def test_keys_are_found_by_letters_and_by_what_they_mean() -> None:
    assert keys_for("rel")[0].label == "release"
    assert keys_for("sfn")[0].section == "Stack trace"
    assert "level" in [one.label for one in keys_for("severe")]
    assert keys_for("zzzz") == []


def test_earlier_queries_come_first_if_they_begin_as_what_is_written() -> None:
    found = keys_for("le", ("level:error x", "other", "le"))
    assert [one.label for one in found if one.section == "Earlier"] == ["level:error x"]
    text, cursor = taken("le", found[0])
    assert (text, cursor) == ("level:error x ", 14)


def test_values_have_counts_and_those_that_begin_so_come_first() -> None:
    context = context_at("level:er", 8)
    found = suggest_values(context, [ValueFact("error", 7), ValueFact("other", 3)])
    assert [(one.label, one.count) for one in found][:2] == [("error", 7), ("other", 3)]
    assert all(one.ends for one in found)


def test_values_the_language_knows_are_offered_before_the_store_answers() -> None:
    found = suggest_values(context_at("is:", 3), [])
    assert found[0].label == "unresolved"
    assert found[0].detail == "open"
    assert found[0].count is None


def test_operators_are_offered_while_nothing_is_written_of_the_value() -> None:
    context = context_at("n:", 2)
    assert [one.insert for one in suggest_operators(context, Kind.NUMBER)] == [">", ">=", "<", "<="]
    assert [one.insert for one in suggest_operators(context, Kind.TAG)] == ["[", "*"]
    assert suggest_operators(context, Kind.CHOICE) == []
    assert suggest_operators(context_at("n:>", 3), Kind.NUMBER) == []


@pytest.mark.parametrize(
    ("written", "insert", "ends", "expected"),
    [
        ("lev|", "level:", False, "level:|"),
        ("is:new lev| x", "level:", False, "is:new level:| x"),
        ("lev|:error", "level:", False, "level:|error"),
        ("level:er|", "error", True, "level:error |"),
        ("level:er|ror x", "error", True, "level:error |x"),
        ("(level:er|)", "error", True, "(level:error|)"),
        ("b:[x, y|", "yes", False, "b:[x, yes|"),
        ('r:"a b|"', '"a b c"', True, 'r:"a b c" |'),
    ],
)
def test_a_suggestion_replaces_what_was_begun(written: str, insert: str, ends: bool, expected: str) -> None:
    text, cursor = written.replace("|", ""), written.index("|")
    context = context_at(text, cursor)
    found, at = taken(text, Suggestion("", "", insert, context.start, context.end, ends=ends))
    assert found[:at] + "|" + found[at:] == expected


@settings(derandomize=True, max_examples=200)
@given(st.text(max_size=20).filter(str.strip))
def test_a_quoted_value_is_one_term_whatever_is_in_it(value: str) -> None:
    text = f"key:{quoted_value(value)}"
    assert [part.text for part in split_parts(text)] == [text]
    assert not is_unfinished(text)


@settings(derandomize=True, max_examples=300)
@given(st.text(alphabet='ab:!"\\()[]<>=,* .', max_size=30), st.integers(0, 30))
def test_any_text_has_a_context_and_takes_a_suggestion(text: str, cursor: int) -> None:
    cursor = min(cursor, len(text))
    context = context_at(text, cursor)
    assert 0 <= context.start <= cursor <= context.end <= len(text)
    found, at = taken(text, Suggestion("", "", "x", context.start, context.end, ends=True))
    assert found[:at].rstrip().endswith("x")
    is_unfinished(text)


def test_keys_with_odd_characters_are_quoted() -> None:
    assert quoted_key("browser.name") == "browser.name"
    assert quoted_key("my key") == '"my key"'


def test_known_keys_are_listed_once() -> None:
    facts = with_tags([("level", 3, True)])
    assert [fact.count for fact in facts if fact.key == "level"] == [3]
    assert KeyFact("level", "Event", "how severe it is", Kind.CHOICE, 3) in facts
