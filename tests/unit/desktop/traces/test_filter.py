import pytest

from vedette.desktop.traces.filter import FilterError, of_segments, quoted, read_filter, with_term
from vedette.store.queries.segments import SegmentFilter
from vedette.store.queries.traces import TraceFilter

PROJECTS = {"shop": 3}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", TraceFilter()),
        ("checkout order", TraceFilter(text="checkout order")),
        ("is:error", TraceFilter(only_failed=True)),
        ("is:failed pay", TraceFilter(only_failed=True, text="pay")),
        ("duration:>200ms", TraceFilter(min_duration=200_000)),
        ("duration:>=1.5s", TraceFilter(min_duration=1_500_000)),
        ("duration:>90", TraceFilter(min_duration=90_000)),
        ("duration:>2min", TraceFilter(min_duration=120_000_000)),
        ("duration:<5ms", TraceFilter(max_duration=5_000)),
        ("duration:>=200µs duration:<=1ms", TraceFilter(min_duration=200, max_duration=1_000)),
        ("spans:>10 errors:>=1", TraceFilter(min_spans=11, min_errors=1)),
        ('"GET /cart"', TraceFilter(text="GET /cart")),
        ("http://shop/cart", TraceFilter(text="http://shop/cart")),
        ("op:http", TraceFilter(segment=SegmentFilter(op="http"))),
        ("status:aborted", TraceFilter(segment=SegmentFilter(status="aborted"))),
        ("http.status:500", TraceFilter(segment=SegmentFilter(http_status=500))),
        ("env:qa release:1.0", TraceFilter(segment=SegmentFilter(environments=("qa",), release="1.0"))),
        ('transaction:"GET /cart"', TraceFilter(segment=SegmentFilter(name="GET /cart"))),
        ("service:shop", TraceFilter(projects=(3,))),
        ("trace:4BF92F", TraceFilter(trace_id="4bf92f")),
        ('op:db span:"SELECT \\"a\\""', TraceFilter(span='SELECT "a"', span_op="db")),
    ],
)
def test_words_and_terms_become_a_filter(text: str, wanted: TraceFilter) -> None:
    assert read_filter(text, projects=PROJECTS) == wanted


def test_the_scope_is_kept() -> None:
    scope = TraceFilter(projects=(3,), run=7)
    assert read_filter("pay", scope) == TraceFilter(projects=(3,), run=7, text="pay")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("colour:red", "duration:"),
        ("is:happy", "is:error"),
        ("duration:long", "duration:>200ms"),
        ("duration:>5parsec", "duration:>200ms"),
        ("spans:many", "spans:>10"),
        ("http.status:bad", "http.status:500"),
        ("service:nowhere", "no project"),
        ("trace:xyz", "hexadecimal"),
        ("!is:error", "filter of traces"),
    ],
)
def test_what_means_nothing_is_said_with_what_would(text: str, said: str) -> None:
    with pytest.raises(FilterError, match=said):
        read_filter(text, projects=PROJECTS)


@pytest.mark.parametrize("value", ["plain", "two words", 'with "quotes"', "back\\slash", "", "a:b"])
def test_a_value_is_read_as_it_was_written(value: str) -> None:
    found = read_filter(f"span:{quoted(value)}" if value else 'span:""')
    assert found.span == value


def test_a_term_takes_the_place_of_the_one_before() -> None:
    assert with_term("pay op:http duration:>1s", "op", "db query") == 'pay duration:>1s op:"db query"'


def test_transactions_are_asked_for_the_same() -> None:
    where = read_filter("pay is:error duration:>1s op:http", TraceFilter(projects=(3,), run=7))
    assert of_segments(where) == SegmentFilter(
        projects=(3,), run=7, min_duration=1_000_000, only_failed=True, op="http", text="pay"
    )
