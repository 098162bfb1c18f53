from tests.support.traces import a_span, an_error
from vedette.desktop.theme.tokens import SPAN_CATEGORIES, TOKENS
from vedette.desktop.trace.build import build_tree
from vedette.desktop.trace.colouring import CATEGORY_TITLES, Colouring, Inks
from vedette.desktop.trace.tree import TraceTree


def test_kinds_of_work_have_the_colours_of_the_palette(order: TraceTree) -> None:
    inks = Inks(order)
    assert inks.of(0).token == "span.http"
    assert {entry.title: entry.spans for entry in inks.legend()} == {
        "HTTP": 3, "Database": 6, "Cache": 1, "Code": 1,
    }  # fmt: skip
    assert set(CATEGORY_TITLES) == set(SPAN_CATEGORIES)


def test_services_have_colours_in_order_of_appearance(order: TraceTree) -> None:
    inks = Inks(order, Colouring.SERVICE)
    entries = inks.legend()
    assert [(entry.title, entry.spans) for entry in entries] == [("shop", 10), ("payments", 1)]
    assert entries[0].ink != entries[1].ink


def test_forty_services_can_be_told_apart_by_colour_and_pattern() -> None:
    tree = build_tree([a_span(n, None if n == 1 else 1, project=n) for n in range(1, 41)])
    inks = {entry.ink for entry in Inks(tree, Colouring.SERVICE).legend()}
    assert len(inks) == 40


def test_self_time_is_coloured_by_its_share_of_the_trace() -> None:
    tree = build_tree(
        [
            a_span(1, length=1_000),
            a_span(2, 1, start=0, length=700),
            a_span(3, 1, start=700, length=80),
            a_span(4, 1, start=800, length=20),
            a_span(5, 1, start=900, length=2),
        ]
    )
    inks = Inks(tree, Colouring.SELF_TIME)
    tokens = [inks.of(tree.node_of[number]).token for number in range(1, 5)]
    assert tokens == ["diff.more.3", "diff.more.2", "diff.less.2", "span.other"]
    assert all(entry.ink.token in TOKENS for entry in inks.legend())


def test_an_error_without_its_span_has_some_colour_under_each() -> None:
    tree = build_tree([], [an_error(9)])
    for colouring in Colouring:
        assert Inks(tree, colouring).of(0).token in TOKENS
        assert Inks(tree, colouring).legend() == []
