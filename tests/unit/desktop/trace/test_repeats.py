import pytest

from tests.support.traces import a_span
from vedette.desktop.trace.build import build_tree
from vedette.desktop.trace.repeats import repeat_of
from vedette.desktop.trace.tree import Kind, TraceTree


def a_run(op: str = "db.sql", *, count: int = 6, apart: float = 10) -> TraceTree:
    """Return a request in which *count* alike spans of 8 ms begin *apart* ms after each other."""
    return build_tree(
        [
            a_span(1, op="http.server", length=200),
            *(
                a_span(n, 1, op=op, description="SELECT a FROM t WHERE id = %s", start=n * apart, length=8)
                for n in range(2, 2 + count)
            ),
        ]
    )


def test_queries_one_after_another_are_a_repeat_of_their_segment() -> None:
    tree = a_run()
    group = tree.kind.index(Kind.GROUP)
    repeat = repeat_of(tree, group)
    assert repeat is not None
    assert (repeat.spans, repeat.total, repeat.share) == (6, 48_000, 0.24)
    assert repeat_of(tree, 0) is None
    assert repeat_of(tree, group + 1) is None


@pytest.mark.parametrize("tree", [a_run("http.client"), a_run("cache.get"), a_run(apart=0.5)])
def test_other_work_and_what_was_sent_together_are_none(tree: TraceTree) -> None:
    assert repeat_of(tree, tree.kind.index(Kind.GROUP)) is None
