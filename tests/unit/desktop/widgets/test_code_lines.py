import pytest

from vedette.desktop.theme.highlight import Run
from vedette.desktop.widgets.code_lines import (
    CodeLine,
    Place,
    original_column,
    selected_text,
    shown_runs,
    word_at,
)


def line(text: str) -> CodeLine:
    return CodeLine(1, (Run(text, "code.name"),))


def test_tabs_reach_to_the_next_fourth_column_across_runs() -> None:
    runs = shown_runs([Run("a", "code.name"), Run("\tb\t", "code.name")])
    assert "".join(run.text for run in runs) == "a   b   "


def test_characters_that_draw_nothing_are_made_visible() -> None:
    assert shown_runs([Run("a\x00\u200bb", "code.name")])[0].text == "a··b"


@pytest.mark.parametrize(("shown", "original"), [(0, 0), (1, 1), (4, 2), (5, 3), (99, 3)])
def test_columns_are_found_again_behind_tabs(shown: int, original: int) -> None:
    assert original_column("a\tb", shown) == original


def test_a_selection_gives_the_text_as_it_was_in_either_direction() -> None:
    lines = [line("\tif x:"), line("\t\tpay()"), line("done")]
    for start, end in ((Place(0, 4), Place(2, 2)), (Place(2, 2), Place(0, 4))):
        assert selected_text(lines, start, end) == "if x:\n\t\tpay()\ndo"
    assert selected_text(lines, Place(1, 1), Place(1, 1)) == ""


def test_a_word_is_letters_digits_and_underscores() -> None:
    assert word_at("a = unit_price2(x)", 7) == (4, 15)
    assert word_at("a = b", 2) == (2, 2)
    assert word_at("", 9) == (0, 0)
