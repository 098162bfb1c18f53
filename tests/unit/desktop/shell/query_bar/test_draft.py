import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vedette.desktop.shell.query_bar.draft import MOST_OFF, Draft, Off, split_parts, tokens_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("is:unresolved level:error", ["is:unresolved", "level:error"]),
        ('release:"a b" !user:x', ['release:"a b"', "!user:x"]),
        ("browser:[a, b c] x", ["browser:[a, b c]", "x"]),
        ("database is locked", ["database is locked"]),
        ("database level:error locked", ["database", "level:error", "locked"]),
        ("(a OR b) level:error", ["(a OR b)", "level:error"]),
        ("a OR b level:error", ["a OR b level:error"]),
        ("a AND level:error and b", ["a", "level:error", "b"]),
        ("NOT level:error x", ["NOT level:error", "x"]),
        ('"unclosed and more', ['"unclosed and more']),
        ("(unclosed a b", ["(unclosed a b"]),
        ("closed) b", ["closed) b"]),
        ('"a b" "c d"', ['"a b"', '"c d"']),
        ("tags[a b]:c count():>5", ["tags[a b]:c", "count():>5"]),
    ],
)
def test_a_query_is_split_at_its_top_level(text: str, expected: list[str]) -> None:
    assert [part.text for part in split_parts(text)] == expected


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("level:error", "level:"),
        ("!level:error", "!level:"),
        ('"my key":x', '"my key":'),
        ("tags[a,number]:>5", "tags[a,number]:"),
        ("words", ""),
        ("(a:b)", ""),
    ],
)
def test_a_part_knows_its_key(text: str, key: str) -> None:
    assert split_parts(text)[0].key == key


def test_a_term_switched_off_is_kept_in_its_place_and_not_applied() -> None:
    draft = Draft("a:1 b:2 c:3").toggled(1)
    assert draft.text == "a:1 c:3"
    assert [(part.text, part.is_on) for part in draft.parts] == [("a:1", True), ("b:2", False), ("c:3", True)]
    assert draft.off == (Off(1, "b:2"),)
    assert draft.toggled(1).text == "a:1 b:2 c:3"


def test_an_alternative_is_put_in_parentheses_beside_others() -> None:
    draft = Draft("a OR b").toggled(0).with_text("level:error").toggled(0)
    assert draft.text == "(a OR b) level:error"


def test_another_text_keeps_what_is_off_but_not_what_it_applies() -> None:
    draft = Draft("a:1 b:2 c:3").toggled(0).toggled(1)
    assert draft.with_text("z:1").off == (Off(0, "a:1"), Off(1, "b:2"))
    assert draft.with_text("b:2").off == (Off(0, "a:1"),)


def test_a_removed_term_is_gone_switched_on_or_off() -> None:
    draft = Draft("a:1 b:2").toggled(0)
    assert draft.removed(0).parts == Draft("b:2").parts
    assert draft.removed(1).text == ""
    assert draft.removed(1).off == (Off(0, "a:1"),)


def test_the_part_of_a_column_is_found_among_what_is_applied() -> None:
    draft = Draft("a:1 b:2 c:3").toggled(0)
    assert draft.parts[draft.part_at(0)].text == "b:2"
    assert draft.parts[draft.part_at(5)].text == "c:3"
    assert draft.parts[draft.part_at(99)].text == "c:3"
    assert Draft("").part_at(0) == -1


def test_so_many_terms_are_kept_off_and_no_more() -> None:
    assert len(Draft("", (Off(n, f"k:{n}") for n in range(200))).parts) == MOST_OFF


@settings(derandomize=True, max_examples=200)
@given(st.text(alphabet='ab:!"\\()[]<>* ORN', max_size=40))
def test_any_text_is_split_without_loss(text: str) -> None:
    joined = "".join(token.text for token in tokens_of(text))
    assert "".join(joined.split()) == "".join(text.split())
    for part in split_parts(text):
        assert text[part.start : part.start + len(part.text)] == part.text
    draft = Draft(text)
    for at in range(len(draft.parts)):
        assert draft.toggled(at).off == (Off(at, draft.parts[at].text),) or not draft.parts[at].is_on
