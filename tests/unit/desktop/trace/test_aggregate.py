from tests.support.traces import a_span
from vedette.desktop.trace.aggregate import By, Share, shares
from vedette.desktop.trace.build import build_tree

TREE = build_tree(
    [
        a_span(1, op="http.server", description="GET /", length=100, project=1),
        a_span(2, 1, op="db", description="SELECT 1", start=10, length=20, project=1),
        a_span(3, 1, op="db", description="SELECT 2", start=40, length=20, project=2),
    ],
    services={1: "shop", 2: "stock"},
)


def test_operations_are_summed_up_with_the_most_self_time_first() -> None:
    assert shares(TREE, 0, 100_000, By.OP) == [
        Share("http.server", 1, 100_000, 60_000),
        Share("db", 2, 40_000, 40_000),
    ]


def test_only_what_ran_in_the_stretch_counts() -> None:
    assert shares(TREE, 20_000, 30_000, By.OP) == [
        Share("db", 1, 10_000, 10_000),
        Share("http.server", 1, 10_000, 6_000),
    ]


def test_by_description_and_by_service() -> None:
    assert [share.name for share in shares(TREE, 0, 35_000, By.DESCRIPTION)] == ["GET /", "SELECT 1"]
    assert [(share.name, share.spans) for share in shares(TREE, 0, 100_000, By.SERVICE)] == [
        ("shop", 2),
        ("stock", 1),
    ]


def test_an_empty_stretch_has_nothing() -> None:
    assert shares(TREE, 200_000, 300_000, By.OP) == []
