from hypothesis import given, settings

from tests.support.any_json import ANY_JSON
from vedette.desktop.issue.events.paths import MOST, PathFact, paths_of
from vedette.desktop.issue.events.read import sort_key
from vedette.desktop.issue.events.rows import parse_path, value_at


def test_paths_lead_to_plain_values_with_an_example_and_how_many_have_one() -> None:
    events = [
        {"contexts": {"os": {"name": "Linux"}}, "extra": {"a b": 1}},
        {"contexts": {"os": {"name": "X"}}},
    ]
    assert paths_of(events) == [
        PathFact("contexts.os.name", "Linux", 2),
        PathFact('extra["a b"]', "1", 1),
    ]


def test_of_long_lists_only_the_first_places_are_offered_and_no_meta() -> None:
    event = {"frames": [{"n": number} for number in range(50)], "_meta": {"x": {"": {"len": 1}}}}
    assert [fact.path for fact in paths_of([event])] == ["frames[0].n", "frames[1].n", "frames[2].n"]


def test_there_is_an_end_to_paths() -> None:
    assert len(paths_of([{str(number): 1 for number in range(MOST * 2)}])) == MOST


def test_numbers_come_before_words_and_nothing_last() -> None:
    keys = [sort_key(text) for text in ("-1", "9", "10.5", "apple", "Pear")]
    assert keys == sorted(key for key in keys if key is not None)
    assert sort_key("") is None
    assert sort_key("nan") == (1, 0.0, "nan")


@settings(derandomize=True, max_examples=60)
@given(ANY_JSON)
def test_a_path_that_is_offered_leads_back_to_its_value(value: object) -> None:
    event = {"extra": value}
    for fact in paths_of([event]):  # type: ignore[list-item]
        assert value_at(event, parse_path(fact.path)) is not None  # type: ignore[arg-type]
