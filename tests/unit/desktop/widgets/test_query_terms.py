import pytest

from vedette.desktop.widgets.query_terms import Term, split_finished, split_terms


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("is:unresolved", [Term("is:", "unresolved")]),
        ('release:"a b" boom', [Term("release:", '"a b"'), Term("", "boom")]),
        ("!level:>=warning", [Term("!level:", ">=warning")]),
        ("http://localhost:1", [Term("http:", "//localhost:1")]),
        ("is:", [Term("", "is:")]),
        ("", []),
        ('"two words" x', [Term("", '"two words"'), Term("", "x")]),
        ("tags[browser.name]:Chrome", [Term("tags[browser.name]:", "Chrome")]),
    ],
)
def test_text_is_split_into_terms(text: str, terms: list[Term]) -> None:
    assert split_terms(text) == terms


def test_joined_terms_give_the_query_again() -> None:
    text = 'is:unresolved release:"a b" boom'
    assert " ".join(map(str, split_terms(text))) == text


@pytest.mark.parametrize(
    ("text", "finished", "left"),
    [
        ("is:new", [], "is:new"),
        ("is:new ", [Term("is:", "new")], ""),
        ("boom is:new ", [Term("is:", "new")], "boom "),
        ('release:"a ', [], 'release:"a '),
        ("boom ", [], "boom "),
    ],
)
def test_a_term_is_finished_when_a_blank_follows(text: str, finished: list[Term], left: str) -> None:
    assert split_finished(text) == (finished, left)
