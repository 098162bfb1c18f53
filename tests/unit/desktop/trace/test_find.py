import pytest

from tests.support.traces import a_span, an_error
from vedette.desktop.trace.build import build_tree
from vedette.desktop.trace.find import NO_MATCHES, find_spans
from vedette.desktop.trace.tree import TraceTree


@pytest.fixture
def tree() -> TraceTree:
    return build_tree(
        [
            a_span(1, op="http.server", description="GET /Orders", length=100, project=1),
            a_span(2, 1, op="db", description="SELECT * FROM orders", start=1, project=1),
            a_span(3, 2, op="db.connection", description="connect", start=2, status="internal_error"),
            a_span(0xABCDEF, 1, op="cache.get", description="rates", start=50, project=2),
        ],
        [an_error(2, title="KeyError: sku"), an_error(99, at=60, title="LostError: gone")],
        {1: "shop", 2: "Payments"},
    )


@pytest.mark.parametrize(
    ("text", "nodes"),
    [
        ("orders", [0, 1]),
        ("ORDERS", [0, 1]),
        ("db", [1, 2]),
        ("op:db", [1, 2]),
        ("op:db.", [2]),
        ("select orders", [1]),
        ("status:internal_error", [2]),
        ("service:pay", [3]),
        ("is:error", [1, 2, 4]),
        ("sku", [1]),
        ("losterror", [4]),
        ("0000000000ab", [3]),
        ("nothing like it", []),
    ],
)
def test_words_find_spans(tree: TraceTree, text: str, nodes: list[int]) -> None:
    assert list(find_spans(tree, text).nodes) == nodes


def test_nothing_asked_finds_nothing(tree: TraceTree) -> None:
    assert find_spans(tree, "   ") is NO_MATCHES


def test_next_and_previous_go_round(tree: TraceTree) -> None:
    matches = find_spans(tree, "db")
    assert [matches.after(-1), matches.after(1), matches.after(2)] == [1, 2, 1]
    assert [matches.before(2), matches.before(1)] == [1, 2]
    assert (matches.number(2), matches.number(0)) == (2, 0)


def test_without_matches_there_is_nowhere_to_go() -> None:
    assert NO_MATCHES.after(3) is None
    assert NO_MATCHES.before(3) is None


def test_a_folded_row_knows_how_many_matches_it_hides(tree: TraceTree) -> None:
    matches = find_spans(tree, "db")
    assert matches.below(tree, 0) == 2
    assert matches.below(tree, 1) == 1
    assert matches.below(tree, 2) == 0
