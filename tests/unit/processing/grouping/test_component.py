"""Parts, and what is hashed of them."""

from vedette.processing.grouping.component import Component, build, md5, part

EMPTY = "d41d8cd98f00b204e9800998ecf8427e"


def test_a_part_of_a_scalar_contributes_its_text() -> None:
    component = build("type", ("KeyError",))
    assert component == Component("type", True, None, ("KeyError",), "KeyError")


def test_an_empty_part_does_not_contribute_and_has_no_hash() -> None:
    assert not build("frame", ()).contributes
    assert build("frame", ()).hash() is None
    assert part("type", None) == part("type", "") == build("type", ())


def test_none_and_numbers_count_as_their_text() -> None:
    assert build("ns-error", (None, 3)).text == "None3"


def test_only_children_that_contribute_are_hashed_in_order_and_without_separators() -> None:
    component = build(
        "frame", (part("module", "app"), part("filename", "app.py").off("why"), part("function", "run"))
    )
    assert component.text == "apprun"
    assert component.hash() == md5("apprun")


def test_a_part_switched_off_keeps_its_values_and_says_why() -> None:
    off = part("function", "run").off("because")
    assert (off.contributes, off.hint, off.values, off.text, off.hash()) == (
        False,
        "because",
        ("run",),
        "",
        None,
    )


def test_a_part_whose_children_are_all_off_does_not_contribute() -> None:
    assert not build("frame", (part("function", "run").off(None),)).contributes


def test_equal_trees_are_equal() -> None:
    assert build("a", (part("b", "c", "hint"),)) == build("a", (part("b", "c", "hint"),))
    assert build("a", (part("b", "c", "hint"),)) != build("a", (part("b", "c"),))


def test_lone_surrogates_are_hashed_as_question_marks() -> None:
    assert md5("\ud800") == md5("?")
    assert md5("") == EMPTY
