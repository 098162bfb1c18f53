import pytest

from vedette.desktop.commands.fuzzy import match


def best(query: str, *texts: str) -> str:
    found = [
        (hit.score, -order, text)
        for order, text in enumerate(texts)
        if (hit := match(query, text)) is not None
    ]
    return max(found)[2]


@pytest.mark.parametrize(
    ("query", "better", "worse"),
    [
        ("cl", "Copy link", "Clear"[::-1] + " local cell"),
        ("res", "Resolve", "Copy address"),
        ("gi", "Go to issues", "Merging"),
        ("pl", "Pause live", "Apply"),
        ("tog", "Toggle grouping", "Go to issues"),
        ("nr", "New run", "Unresolved"),
    ],
)
def test_word_starts_beat_letters_inside_words(query: str, better: str, worse: str) -> None:
    assert best(query, worse, better) == better


def test_a_run_of_letters_beats_scattered_ones() -> None:
    assert best("iss", "Visits", "Dismiss") == "Dismiss"


def test_a_shorter_title_wins_when_both_begin_alike() -> None:
    assert best("open", "Open in a new window on the other screen", "Open") == "Open"


def test_letters_must_come_in_order() -> None:
    assert match("ylppa", "Apply") is None
    assert match("zz", "Resolve") is None


def test_an_empty_query_fits_everything_without_marking_anything() -> None:
    hit = match("  ", "Resolve")
    assert hit is not None
    assert hit.positions == ()


def test_the_positions_are_the_letters_that_were_meant() -> None:
    hit = match("cl", "Copy link")
    assert hit is not None
    assert hit.positions == (0, 5)
    assert match("RESOLVE", "resolve").positions == tuple(range(7))  # type: ignore[union-attr]


def test_capitals_that_lower_to_two_letters_do_not_shift_positions() -> None:
    hit = match("run", "İstanbul run")
    assert hit is not None
    assert hit.positions == (9, 10, 11)
